// judge.ts — Runs the property search with its default settings on a copy of the simulator that has a bug in it.
import type { OrderStrategy } from '@dmsim/kit';
import { anyGuest, anySchedule, search } from '@dmsim/kit';

export interface JudgeOptions {
  /** A virtual machine on the map does the I/O. @defaultValue false */
  readonly guest?: boolean;
  /** As `ScheduleOptions` has them. @defaultValue false */
  readonly overlay?: boolean;
  readonly discards?: boolean;
  readonly requeue: 'deferred-head' | 'pushback';
  readonly runs: number;
  readonly seed: number;
  readonly strategy: OrderStrategy;
  readonly slack: number;
}

export interface Verdict {
  /** All that were made, those of shrinking included. */
  readonly runs: number;
  /** Null: nothing was found. */
  readonly found: {
    readonly reason: string;
    /** Runs until the first that failed. */
    readonly after: number;
    /** The number of commands of the smallest schedule. */
    readonly commands: number;
    /** Choices other than fifo's that it needs. */
    readonly choices: number;
  } | null;
}

export function judge({
  guest = false,
  overlay = false,
  discards = false,
  ...options
}: JudgeOptions): Verdict {
  const schedules = anySchedule(guest ? { guest: anyGuest(), overlay, discards } : {});
  const { failure, runs } = search(schedules, options);
  if (failure === null) return { runs, found: null };
  const { reason, foundAfter: after, schedule, choices } = failure;
  return {
    runs,
    found: { reason, after, commands: schedule.commands.length, choices: choices.length },
  };
}
