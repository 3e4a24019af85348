// schedules.ts — Whole schedules. The arrays have a least length: a few commands alone find little.
import * as fc from 'fast-check';

import type { OwnSelector, Schedule, SuspendFlags, Table } from '../schedule.ts';
import { anyCommand, anyFlags, noflushOnly, waitingSuspend } from './commands.ts';
import { outage } from './outages.ts';
import { smallerSchedules } from './shrink-schedule.ts';
import { anyTable, multipathTable } from './tables.ts';
import type { QueueMode } from './tables.ts';

export interface ScheduleOptions {
  /** @defaultValue 30 */
  readonly minCommands?: number;
  /** @defaultValue 40 */
  readonly maxCommands?: number;
  /** @defaultValue any combination */
  readonly flags?: fc.Arbitrary<SuspendFlags>;
  /**
   * How many of 25 places have a whole outage in place of a command: all paths at once, one controller, a path that flaps or is
   * plugged in again. @defaultValue 0
   */
  readonly outages?: number;
  /** All multipath tables have it. @defaultValue those of Linux */
  readonly ownSelector?: OwnSelector;
}

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
  {
    promise,
    flags,
    ownSelector,
    outages = 0,
    minCommands = LENGTH.minCommands,
    maxCommands = LENGTH.maxCommands,
  }: Kind,
): fc.Arbitrary<Schedule> {
  const queue = promise ? fc.constant(true) : fc.integer({ min: 0, max: 3 }).map((n) => n < 3);
  const tableOf = promise ? multipathTable : anyTable;
  const table: fc.Arbitrary<Table> = tableOf(mode, queue, ownSelector);
  const choice = { table, flags, mayGiveUp: !promise };
  const command = anyCommand(choice);
  const some = fc.oneof(
    { weight: 24 - outages, arbitrary: command.map((one) => [one]) },
    { weight: 1, arbitrary: waitingSuspend(choice) },
    { weight: outages, arbitrary: outage },
  );
  const length = { minLength: minCommands, maxLength: maxCommands, size: 'max' } as const;
  const generated = fc
    .tuple(fc.nat({ max: 3 }), table, fc.array(some, length))
    .map(([stacked, first, commands]) => ({
      stacked: stacked === 3,
      table: first,
      commands: commands.flat(),
    }));
  return new ShrinkingSchedule(generated);
}

/** Generates as `inner` does, but shrinks whole commands before anything else, below the least length, too. */
class ShrinkingSchedule extends fc.Arbitrary<Schedule> {
  readonly #inner: fc.Arbitrary<Schedule>;

  constructor(inner: fc.Arbitrary<Schedule>) {
    super();
    this.#inner = inner;
  }

  generate(random: fc.Random, biasFactor: number | undefined): fc.Value<Schedule> {
    return new fc.Value(this.#inner.generate(random, biasFactor).value, undefined);
  }

  canShrinkWithoutContext(value: unknown): value is Schedule {
    return typeof value === 'object' && value !== null && 'commands' in value;
  }

  shrink(schedule: Schedule): fc.Stream<fc.Value<Schedule>> {
    return fc.stream(smallerSchedules(schedule)).map((smaller) => new fc.Value(smaller, undefined));
  }
}
