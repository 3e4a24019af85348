// mutant.ts — What is run on a copy of the simulator that was loaded with a mistake in it, and what comes of it.
import { anySchedule } from '@dmsim/kit';

import type { Requeue } from './check-property.ts';
import { checkProperty, soundness } from './check-property.ts';

export interface MutantReport {
  readonly runs: number;
  /** Null: nothing was found. */
  readonly reason: string | null;
  /** Of the smallest schedule. */
  readonly commands: number;
}

/** @public Called by name in the process of `runMutant`. */
export function judgeMutant(requeue: Requeue, runs: number): MutantReport {
  const schedules = anySchedule();
  const { failure, runs: done } = checkProperty({ schedules, requeue, runs, judge: soundness });
  if (failure === null) return { runs: done, reason: null, commands: 0 };
  return { runs: done, reason: failure.reason, commands: failure.schedule.commands.length };
}
