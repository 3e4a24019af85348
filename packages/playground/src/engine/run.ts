// run.ts — The input and the result of a run, as plain values, which the page and its worker exchange.
import type { LabOutcome } from '@dmsim/host';
import type { Recording, Violation } from '@dmsim/observe';

/** The name of the lab in its own messages. */
export const LAB_NAME = 'lab.sh';

export type RequeueName = 'deferred-head' | 'pushback' | 'none';

/** Everything that determines a run: equal values give equal runs. */
export interface RunSpec {
  readonly lab: string;
  readonly seed: number;
  readonly order: 'fifo' | 'random';
  readonly requeue: RequeueName;
  /** The deeds done by hand while the lab runs, in order of `nth`. */
  readonly interference: readonly Interference[];
}

export interface Interference {
  /** The deed happens once this many records have been written, or at the lab's end if that comes first. */
  readonly nth: number;
  /** The commands for a shell; empty for `interrupt`. */
  readonly text: string;
  /**
   * `terminal`: the one shell of the terminal runs them, after the lines typed before. `apart`: a shell of their own runs
   * them. `interrupt`: Ctrl-C in the terminal. `question`: a shell runs them whose programs take no time, while everything
   * else stands still for good.
   */
  readonly by: 'terminal' | 'apart' | 'interrupt' | 'question';
}

/** When a deed began and ended, as numbers of records; a typed line ends when the terminal waits again. Null if it never did. */
export interface Deed {
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

export interface OutputPiece {
  readonly nth: number;
  readonly at: number;
  /** The source: the lab, or a place in the list of interference. */
  readonly from: 'lab' | number;
  readonly fd: 1 | 2;
  readonly text: string;
}

export interface LogPiece {
  readonly nth: number;
  readonly at: number;
  readonly text: string;
}

/** How far a run has come. */
export interface Progress {
  /** The virtual time, in ns. */
  readonly now: number;
  /** Records of the trace, and the most that the page keeps. */
  readonly records: number;
  readonly maxRecords: number;
}

export interface RunResult {
  readonly recording: Recording;
  readonly output: readonly OutputPiece[];
  /** The kernel's log. */
  readonly log: readonly LogPiece[];
  readonly outcome: LabOutcome;
  readonly violations: readonly Violation[];
  /** When each deed began and ended. */
  readonly done: readonly Deed[];
  /** The names of all programs. */
  readonly programs: readonly string[];
  /** The pid of the lab's shell. */
  readonly labPid: number;
  /** The virtual time at the end, in ns. */
  readonly end: number;
}
