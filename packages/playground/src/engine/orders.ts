// orders.ts — What the page and its worker say to each other.
import type { RunResult, RunSpec } from './run.ts';

export interface Order {
  readonly id: number;
  /**
   * `ask` ends when its interference is done: only what that prints is wanted. `timeline`: only the run as a file for
   * ui.perfetto.dev.
   */
  readonly kind: 'run' | 'ask' | 'timeline';
  readonly spec: RunSpec;
}

export type Answer =
  | { readonly id: number; readonly result: RunResult }
  | { readonly id: number; readonly timeline: string }
  /** A bug of ours, or no memory is left. */
  | { readonly id: number; readonly failed: string };
