// schedules.ts — Whole schedules. The arrays have a least length: a few commands alone find little.
import * as fc from 'fast-check';

import type { Schedule, SuspendFlags } from '../schedule.ts';
import { anyCommand, anyFlags, noflushOnly } from './commands.ts';
import { anyTable, multipathTable } from './tables.ts';
import type { QueueMode } from './tables.ts';

export interface ScheduleOptions {
  /** @defaultValue 30 */
  readonly minCommands?: number;
  /** @defaultValue 40 */
  readonly maxCommands?: number;
  /** @defaultValue any combination */
  readonly flags?: fc.Arbitrary<SuspendFlags>;
}

const NEARLY_NEVER = 1_000_000;
const LENGTH = { minCommands: 30, maxCommands: 40 };

/** Anything may happen. */
export function anySchedule(options: ScheduleOptions = {}): fc.Arbitrary<Schedule> {
  const { flags = anyFlags } = options;
  return fc.oneof(
    { weight: 3, arbitrary: scheduleOf('bio', { ...options, flags, promise: false }) },
    { weight: 1, arbitrary: scheduleOf('rq', { ...options, flags, promise: false }) },
  );
}

/**
 * Schedules in which no write may fail: multipath with queue_if_no_path always, all suspends noflush, none given up.
 * With other `flags` it is the property that is to be refuted.
 */
export function queueingSchedule(options: ScheduleOptions = {}): fc.Arbitrary<Schedule> {
  const { flags = noflushOnly } = options;
  return fc.oneof(
    { weight: 3, arbitrary: scheduleOf('bio', { ...options, flags, promise: true }) },
    { weight: 1, arbitrary: scheduleOf('rq', { ...options, flags, promise: true }) },
  );
}

interface Kind extends ScheduleOptions {
  readonly flags: fc.Arbitrary<SuspendFlags>;
  readonly promise: boolean;
}

function scheduleOf(
  mode: QueueMode,
  { promise, flags, minCommands = LENGTH.minCommands, maxCommands = LENGTH.maxCommands }: Kind,
): fc.Arbitrary<Schedule> {
  const queue = promise ? fc.constant(true) : fc.integer({ min: 0, max: 3 }).map((n) => n < 3);
  const table = promise ? multipathTable(mode, queue) : anyTable(mode, queue);
  const command = anyCommand({ table, flags, mayGiveUp: !promise });
  const length = { minLength: minCommands, maxLength: maxCommands, size: 'max' } as const;
  // An array does not shrink below its least length, but each of its commands shrinks to none.
  const commandOrNone = fc.option(command, { freq: NEARLY_NEVER });
  return fc
    .tuple(fc.nat({ max: 3 }), table, fc.array(commandOrNone, length))
    .map(([stacked, first, commands]) => ({
      stacked: stacked === 3,
      table: first,
      commands: commands.filter((each) => each !== null),
    }));
}
