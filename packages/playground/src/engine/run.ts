// run.ts — What a run is asked to do, and what it leaves: plain values, as they go between the page and its worker.
import type { LabOutcome } from '@dmsim/host';
import type { Recording, Violation } from '@dmsim/observe';

/** What the lab is called in its own messages. */
export const LAB_NAME = 'lab.sh';

export type RequeueName = 'deferred-head' | 'pushback' | 'none';

/** All that decides what a run does: the same of these, the same run. */
export interface RunSpec {
  readonly lab: string;
  readonly seed: number;
  readonly order: 'fifo' | 'random';
  readonly requeue: RequeueName;
  /** What someone does to the machine while the lab runs, in order of `nth`. */
  readonly interference: readonly Interference[];
}

export interface Interference {
  /** It happens once so many records have been written; later than the lab's end, it happens at the end. */
  readonly nth: number;
  /** Commands for a shell; for `interrupt`, nothing. */
  readonly text: string;
  /**
   * `terminal`: typed into the one shell that reads what is typed, once it has done what was typed before; `apart`: run by
   * a shell of its own; `interrupt`: Ctrl-C in the terminal.
   */
  readonly by: 'terminal' | 'apart' | 'interrupt';
}

export interface OutputPiece {
  readonly nth: number;
  readonly at: number;
  readonly from: 'lab' | 'terminal';
  readonly fd: 1 | 2;
  readonly text: string;
}

export interface LogPiece {
  readonly nth: number;
  readonly at: number;
  readonly text: string;
}

export interface RunResult {
  readonly recording: Recording;
  readonly output: readonly OutputPiece[];
  /** The kernel's log. */
  readonly log: readonly LogPiece[];
  readonly outcome: LabOutcome;
  readonly violations: readonly Violation[];
  /** By interference: the number of records when the terminal had done it and waited again; null if it never did. */
  readonly doneAt: readonly (number | null)[];
  /** Pid of the lab's shell. */
  readonly labPid: number;
  /** Virtual time at the end, ns. */
  readonly end: number;
}
