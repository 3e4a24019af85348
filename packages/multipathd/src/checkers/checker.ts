// checker.ts — The interface of a path checker. Mirrors libmultipath/checkers.h: struct checker_class.
import type { Nanos, Process, Task } from '@dmsim/sim';

import type { MultipathHost } from '../host.ts';
import type { PathState } from '../path.ts';

/** The result of a check: a state, and a message. Logs read `DEV - NAME checker MESSAGE`. */
export interface CheckResult {
  readonly state: PathState;
  readonly message: string;
}

/** A path as a checker sees it. */
export interface CheckContext {
  readonly host: MultipathHost;
  readonly process: Process;
  /** `sda` */
  readonly dev: string;
  /** Seconds that a command may take. */
  readonly timeout: number;
}

export interface PathChecker {
  readonly name: string;
  /** Not null: the checker runs in a thread of its own, so that a check that hangs blocks nobody. */
  readonly asynchronous: AsynchronousCheck | null;
  readonly check: (context: CheckContext) => Task<CheckResult>;
}

export interface AsynchronousCheck {
  /** The result after `checker_timeout` seconds. */
  readonly onTimeout: CheckResult;
  /** A check that has timed out does not hold up the next one, unless so many checks hang already. */
  readonly mostStalled: number;
  /** How long it takes now, in ns, where it is known beforehand that the path is up; null where it is not. */
  readonly timeIfUp: (context: CheckContext) => Nanos | null;
}

/** The checker of a path: which, and what it is about. */
export interface CheckerState {
  readonly name: string;
  /** Null: there is no such checker, so the path is never checked. */
  readonly type: PathChecker | null;
  /** Seconds. */
  timeout: number;
  /** The administrator failed the path by hand. */
  disabled: boolean;
  message: string;
  /** A check that has not come back. */
  running: RunningCheck | null;
  /** Checks that timed out and were given up; most of them have not come back. */
  stalled: readonly RunningCheck[];
}

export interface RunningCheck {
  readonly startedAt: number;
  readonly process: Process;
  result: CheckResult | null;
  timedOut: boolean;
  /** No other check is started before this one comes back. */
  isAwaited: boolean;
}

export const UP = 'reports path is up';
export const DOWN = 'reports path is down';
export const GHOST = 'reports path is ghost';

export const up: CheckResult = { state: 'up', message: UP };
export const down: CheckResult = { state: 'down', message: DOWN };
