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
   * a shell of its own; `interrupt`: Ctrl-C in the terminal; `question`: run by a shell whose programs take no time, while
   * all else stands still, which it does for ever.
   */
  readonly by: 'terminal' | 'apart' | 'interrupt' | 'question';
}

/** Numbers of records: when it began, and when it had ended or, typed, the terminal waited again. Null: it never did. */
export interface Deed {
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

export interface OutputPiece {
  readonly nth: number;
  readonly at: number;
  /** The lab, or a place in the list of interference. */
  readonly from: 'lab' | number;
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
  /** What became of each interference. */
  readonly done: readonly Deed[];
  /** What can be run by name. */
  readonly programs: readonly string[];
  /** Pid of the lab's shell. */
  readonly labPid: number;
  /** Virtual time at the end, ns. */
  readonly end: number;
}
