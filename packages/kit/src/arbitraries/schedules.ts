// schedules.ts — Whole schedules. The arrays have a least length: a few commands alone find little.
import * as fc from 'fast-check';

import type { Kinds } from '../check-options.ts';
import { arbitrary, checkOptions, wholeNumber, yesOrNo } from '../check-options.ts';
import { anOwnSelector, anOwnTable } from '../check-schedule.ts';
import type {
  GuestSetup,
  OwnSelector,
  OwnTable,
  Schedule,
  SuspendFlags,
  Table,
} from '../schedule.ts';
import { PATHS } from '../schedule.ts';
import { anyCommand, anyFlags, noflushOnly, waitingSuspend } from './commands.ts';
import { hangThenFail, outage, transition } from './outages.ts';
import { smallerSchedules } from './shrink-schedule.ts';
import { anyTable, multipathTable, ownTable, replacementTable } from './tables.ts';
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
  /** The same of paths that hang, and then fail or answer late. @defaultValue 0 */
  readonly hangs?: number;
  /** The same of an array that moves its port groups (ALUA). @defaultValue 0 */
  readonly transitions?: number;
  /** Each path has a latency of its own. @defaultValue false: all have that of a disk */
  readonly latencies?: boolean;
  /** A virtual machine stands on the map, and its guest does the I/O: `anyGuest()`. @defaultValue none */
  readonly guest?: fc.Arbitrary<GuestSetup>;
  /**
   * Its disk is a qcow2 image that holds what it has written, and the map is the image below; jobs commit to the map and stream
   * from it. @defaultValue false: the map itself
   */
  readonly overlay?: boolean;
  /** Its guest discards, which reaches the map. @defaultValue false */
  readonly discards?: boolean;
  /** All multipath tables have it. @defaultValue those of Linux */
  readonly ownSelector?: OwnSelector;
  /**
   * The first table is of this target type of yours, on any of the paths, and so are most tables that take its place: the others are
   * linear or striped. @defaultValue tables of Linux's targets
   */
  readonly ownTarget?: OwnTable;
}

/** Of 25 places one is kept for a suspend that waits. */
const MOST_TROUBLE = 24;

const OPTIONS: Kinds<ScheduleOptions> = {
  minCommands: wholeNumber(0),
  maxCommands: wholeNumber(0),
  flags: arbitrary,
  outages: wholeNumber(0, MOST_TROUBLE),
  hangs: wholeNumber(0, MOST_TROUBLE),
  transitions: wholeNumber(0, MOST_TROUBLE),
  latencies: yesOrNo,
  guest: arbitrary,
  overlay: yesOrNo,
  discards: yesOrNo,
  ownSelector: anOwnSelector,
  ownTarget: anOwnTable,
};

function checkScheduleOptions(of: string, options: ScheduleOptions): void {
  checkOptions(of, options, OPTIONS);
  if (options.guest === undefined) refuseDiskOfNoGuest(of, options);
  const { outages = 0, hangs = 0, transitions = 0 } = options;
  if (options.ownTarget !== undefined && of === 'queueingSchedule')
    throw new TypeError('queueingSchedule: its tables queue, so all are multipath: no ownTarget');
  if (outages + hangs + transitions > MOST_TROUBLE) {
    throw new TypeError(
      `${of}: outages, hangs and transitions are to be ${MOST_TROUBLE} at most, together`,
    );
  }
  const { minCommands = LENGTH.minCommands, maxCommands = LENGTH.maxCommands } = options;
  if (minCommands > maxCommands) {
    throw new TypeError(
      `${of}: minCommands, ${minCommands}, is more than maxCommands, ${maxCommands}`,
    );
  }
}

function refuseDiskOfNoGuest(of: string, { overlay, discards }: ScheduleOptions): void {
  const [name] = [overlay === true ? 'overlay' : [], discards === true ? 'discards' : []].flat();
  if (name !== undefined)
    throw new TypeError(`${of}: ${name} is about the disk of a guest, and there is no guest`);
}

const LENGTH = { minCommands: 30, maxCommands: 40 };

/** Anything may happen. */
export function anySchedule(options: ScheduleOptions = {}): fc.Arbitrary<Schedule> {
  checkScheduleOptions('anySchedule', options);
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
  checkScheduleOptions('queueingSchedule', options);
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

interface Tables {
  readonly first: fc.Arbitrary<Table>;
  /** Those that take its place. */
  readonly later: fc.Arbitrary<Table>;
}

function tablesOf(
  mode: QueueMode,
  { promise, ownSelector, ownTarget }: Pick<Kind, 'promise' | 'ownSelector' | 'ownTarget'>,
): Tables {
  if (ownTarget !== undefined)
    return { first: ownTable(ownTarget), later: replacementTable(ownTarget) };
  const queue = promise ? fc.constant(true) : fc.integer({ min: 0, max: 3 }).map((n) => n < 3);
  const tableOf = promise ? multipathTable : anyTable;
  const table: fc.Arbitrary<Table> = tableOf(mode, queue, ownSelector);
  return { first: table, later: table };
}

function scheduleOf(
  mode: QueueMode,
  {
    flags,
    outages = 0,
    hangs = 0,
    transitions = 0,
    latencies = false,
    guest,
    overlay,
    discards,
    minCommands = LENGTH.minCommands,
    maxCommands = LENGTH.maxCommands,
    ...ofTables
  }: Kind,
): fc.Arbitrary<Schedule> {
  const tables = tablesOf(mode, ofTables);
  const choice = {
    table: tables.later,
    flags,
    mayGiveUp: !ofTables.promise,
    hasGuest: guest !== undefined,
    overlay,
    discards,
  };
  const command = anyCommand(choice);
  const some = fc.oneof(
    { weight: 24 - outages - hangs - transitions, arbitrary: command.map((one) => [one]) },
    { weight: 1, arbitrary: waitingSuspend(choice) },
    { weight: outages, arbitrary: outage },
    { weight: hangs, arbitrary: hangThenFail },
    { weight: transitions, arbitrary: transition },
  );
  const length = { minLength: minCommands, maxLength: maxCommands, size: 'max' } as const;
  const generated = fc
    .tuple(fc.nat({ max: 3 }), tables.first, fc.array(some, length), latencies ? ofEachPath : USUAL)
    .map(([stacked, table, commands, perPath]): Schedule => {
      const usual = { stacked: stacked === 3, table, commands: commands.flat() };
      const ofPaths = perPath === null ? {} : { latencies: perPath };
      return Object.assign(usual, ofPaths, transitions > 0 ? { portGroups: true } : {});
    });
  return new ShrinkingSchedule(
    guest === undefined ? generated : withGuest(generated, guest, { overlay, discards }),
  );
}

const withGuest = (
  schedules: fc.Arbitrary<Schedule>,
  guests: fc.Arbitrary<GuestSetup>,
  { overlay, discards }: Readonly<Record<'overlay' | 'discards', boolean | undefined>>,
): fc.Arbitrary<Schedule> =>
  fc.tuple(schedules, guests).map(([schedule, guest]) =>
    Object.assign({}, schedule, {
      guest: Object.assign(
        {},
        guest,
        overlay === true ? { overlay } : {},
        discards === true ? { discard: discards } : {},
      ),
    }),
  );

const USUAL = fc.constant(null);

/** In µs: from at once to what makes a path the last one of all. */
const ofEachPath = fc.array(fc.constantFrom(0, 100, 500, 1000, 5000), {
  minLength: PATHS,
  maxLength: PATHS,
});

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
