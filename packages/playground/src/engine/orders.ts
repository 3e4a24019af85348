// orders.ts — The messages between the page and its worker.
import type { Progress, RunResult, RunSpec } from './run.ts';

export interface Order {
  readonly id: number;
  /**
   * `ask` ends when its interference is done, since only its output is wanted. `timeline` wants only the file for
   * ui.perfetto.dev.
   */
  readonly kind: 'run' | 'ask' | 'timeline';
  readonly spec: RunSpec;
}

/** How far a run has come, about twice a second. */
export interface UnderWay {
  readonly id: number;
  readonly progress: Progress;
}

export type Answer =
  | { readonly id: number; readonly result: RunResult }
  | { readonly id: number; readonly timeline: string }
  /** The run called a program that this worker was started without. */
  | { readonly id: number; readonly wants: 'further programs' }
  /** A bug of dmsim, or a lack of memory. */
  | { readonly id: number; readonly failed: string };

/** A worker's first message: the name of the file with the further programs, beside its own. */
export interface Started {
  readonly furtherFile: string;
}
