// orders.ts — What the page and its worker say to each other.
import type { RunResult, RunSpec } from './run.ts';

export interface Order {
  readonly id: number;
  /** `ask` ends when its interference is done: only what the terminal prints is wanted. */
  readonly kind: 'run' | 'ask';
  readonly spec: RunSpec;
}

export type Answer =
  | { readonly id: number; readonly result: RunResult }
  /** A bug of ours, or no memory is left. */
  | { readonly id: number; readonly failed: string };
