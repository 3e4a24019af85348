// check.ts — Runs schedules under many orders until an invariant breaks, and makes what breaks it small.
import type { TargetType } from '@dmsim/dm';
import type { MachineOptions, UserSelector } from '@dmsim/host';
import { TargetBroken } from '@dmsim/host';
import type { Invariant } from '@dmsim/observe';
import { InvariantThrew } from '@dmsim/observe';
import type { Deviation, Nanos } from '@dmsim/sim';
import { millis, narrating } from '@dmsim/sim';
import * as fc from 'fast-check';

import type { Kinds } from '../check-options.ts';
import {
  aFunction,
  arbitrary,
  checkArgument,
  checkOptions,
  invariant,
  listOf,
  nanoseconds,
  oneOf,
  pathOfFailure,
  said,
  userSelector,
  userTarget,
  wholeNumber,
} from '../check-options.ts';
import { BadSchedule } from '../check-schedule.ts';
import { tellChoices } from '../explore/tell-choices.ts';
import { printLab } from '../print-lab.ts';
import type { ScheduleResult } from '../run-schedule.ts';
import { runSchedule } from '../run-schedule.ts';
import type { Schedule } from '../schedule.ts';
import type { Order, OrderStrategy } from './order.ts';
import { anyOrder, chooserOf } from './order.ts';

export interface CheckOptions {
  /** Schedules, each in one order. @defaultValue 1000 */
  readonly runs?: number;
  /** Decides all schedules and orders; a 32-bit integer. @defaultValue 1 */
  readonly seed?: number;
  /** The path of an earlier failure: the search begins with the run on which it was found. */
  readonly path?: string;
  /** @defaultValue 'random' */
  readonly strategy?: OrderStrategy;
  /** In ns. An event that is due within it may go first. @defaultValue 1 ms */
  readonly slack?: Nanos;
  /** Invariants beside those that always hold. */
  readonly invariants?: readonly Invariant[];
  /** @defaultValue 'deferred-head' */
  readonly requeue?: MachineOptions['requeue'];
  /** A path selector of yours, which tables then name. */
  readonly selectors?: readonly UserSelector[];
  /** Target types of yours, which tables of the type `target` name. */
  readonly targets?: readonly TargetType[];
  /** Says in a sentence what is wrong with a run; null: nothing. @defaultValue `soundness` */
  readonly judge?: (result: ScheduleResult) => string | null;
}

export interface Failure {
  /** Says what is wrong with the smallest run. */
  readonly reason: string;
  readonly schedule: Schedule;
  readonly order: Order;
  /** The choices other than fifo's that it needs, in words. */
  readonly choices: readonly string[];
  /** `check` with these begins with the run on which it was found, and makes it small in the same way. */
  readonly seed: number;
  readonly path: string;
  /** A second run of the same schedule and order fails as well. If not, something outside the run decides. */
  readonly repeats: boolean;
  /** Run on which it was found first, from 1. */
  readonly foundAfter: number;
}

export interface SearchResult {
  /** Runs made, those of shrinking included. */
  readonly runs: number;
  /** Commands of all of them. */
  readonly commands: number;
  readonly failure: Failure | null;
}

export const CHECK_OPTIONS: Kinds<CheckOptions> = {
  runs: wholeNumber(1),
  seed: wholeNumber(-0x80000000, 0xffffffff),
  path: pathOfFailure,
  strategy: oneOf('fifo', 'random', 'pct'),
  slack: nanoseconds,
  invariants: listOf(invariant),
  requeue: oneOf('deferred-head', 'pushback', 'none'),
  selectors: listOf(userSelector),
  targets: listOf(userTarget),
  judge: aFunction,
};

class Refuted extends Error {
  override readonly name = 'Refuted';
}

/** Thrown when the fault is in how `check` is called: nothing was found. */
class Misused extends TypeError {
  override readonly name = 'TypeError';
}

/** Every invariant holds, and everything comes to an end once all is put right. */
export function soundness({ violations, outcome, waiting }: ScheduleResult): string | null {
  const [first] = violations;
  if (first !== undefined) return `${first.invariant}: ${first.message}`;
  switch (outcome) {
    case 'idle':
    case 'stopped':
      return null;
    case 'hung':
      return `hung: ${waiting.join('; ')}`;
    case 'limit':
      return 'limit: events go on and on, and nothing comes of them';
  }
}

/** Like `check`, but returns what it found. The same options find the same, in any process. Throws a `BadSchedule` for one that is written wrongly. */
export function search(
  schedules: fc.Arbitrary<Schedule>,
  options: CheckOptions = {},
): SearchResult {
  checkOptions('check', options, CHECK_OPTIONS);
  checkArgument('check: schedules', schedules, arbitrary);
  const { runs = 1000, seed = 1, path, judge = soundness } = options;
  let count = 0;
  let commands = 0;
  let foundAfter = 0;
  const property = fc.property(schedules, anyOrder, (schedule, order) => {
    count++;
    const before = foundAfter;
    // Until it is known that nothing was found: a crash is a find, too.
    if (before === 0) foundAfter = count;
    const chooser = chooserOf(order, options.strategy ?? 'random');
    try {
      const result = runSchedule(schedule, { ...machineOptions(options), chooser });
      commands += schedule.commands.length;
      const found = verdictOf(judge, result);
      if (found !== null) throw new Refuted(found);
    } catch (error) {
      // An order shrinks by what it chose when it failed last. One value serves many smaller schedules: those that pass leave it alone.
      order.choices = chooser.choices;
      throw error;
    }
    foundAfter = before;
  });
  const details = fc.check(property, {
    numRuns: runs,
    seed,
    ...(path === undefined ? {} : { path }),
  });
  if (details.counterexample === null) return { runs: count, commands, failure: null };
  const { errorInstance } = details;
  if (errorInstance instanceof BadSchedule || errorInstance instanceof Misused) throw errorInstance;
  const [schedule, order] = details.counterexample;
  return {
    runs: count,
    commands,
    failure: {
      reason: reasonOf(errorInstance),
      schedule,
      order,
      ...runAgain(schedule, order, options),
      seed: details.seed,
      // How it shrinks depends on the choices of each run: only the runs can lead to it again.
      path: details.counterexamplePath.split(':', 1).join(''),
      foundAfter,
    },
  };
}

/** Throws a `Misused` for an answer that is no verdict: `undefined` or a promise would count as a find. */
function verdictOf(
  judge: NonNullable<CheckOptions['judge']>,
  result: ScheduleResult,
): string | null {
  const found: unknown = judge(result);
  if (found === null || typeof found === 'string') return found;
  throw new Misused(`check: judge is to answer a text or null, not ${said(found)}`);
}

const machineOptions = ({
  slack = millis(1),
  requeue = 'deferred-head',
  invariants = [],
  selectors = [],
  targets = [],
}: CheckOptions): Parameters<typeof runSchedule>[1] => ({
  slack,
  requeue,
  invariants,
  selectors,
  targets: targets.map((type) => ({ type, file: `the target ${type.name}` })),
});

function runAgain(
  schedule: Schedule,
  order: Order,
  options: CheckOptions,
): Pick<Failure, 'choices' | 'repeats'> {
  const { strategy = 'random', judge = soundness } = options;
  const deviations: Deviation[] = [];
  const chooser = narrating(chooserOf(order, strategy), deviations);
  let repeats = true;
  try {
    repeats = judge(runSchedule(schedule, { ...machineOptions(options), chooser })) !== null;
  } catch {
    // A broken assertion is what was found; the choices up to it are known.
  }
  return { choices: tellChoices(deviations), repeats };
}

/** An error that is no verdict is a crash: mostly a broken assertion of the simulator or of a selector. */
function reasonOf(error: unknown): string {
  if (error instanceof Refuted) return error.message;
  if (error instanceof InvariantThrew || error instanceof TargetBroken) {
    const stack = error.cause instanceof Error ? (error.cause.stack ?? '') : '';
    return `${error.message}\n${stack}`.trimEnd();
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * Thrown by `check`. Its message is for people, `failure` for programs; Node.js would print that after the message, and push
 * the lab out of sight, if it were enumerable.
 */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
  declare readonly failure: Failure;

  constructor(failure: Failure) {
    super(failureText(failure));
    Object.defineProperty(this, 'failure', { value: failure });
  }
}

/** Throws `CheckFailed` when an invariant breaks or a run does not end. */
export function check(schedules: fc.Arbitrary<Schedule>, options: CheckOptions = {}): void {
  const { failure } = search(schedules, options);
  if (failure !== null) throw new CheckFailed(failure);
}

const UNREPEATED = [
  'A second run of the same schedule and the same choices did not fail. Something outside the run decides: an invariant, a judge,',
  'a selector or a target uses Date, Math.random, or a variable that keeps its value from one run to the next.',
];

const usesTargets = ({ table, commands }: Schedule): boolean =>
  table.type === 'target' ||
  commands.some((command) => 'table' in command && command.table.type === 'target');

/** The message of `CheckFailed`, several lines: what broke, the choices that lead there, `seed` and `path`, and the schedule as a lab. */
export function failureText(failure: Failure): string {
  const { reason, schedule, choices, repeats, seed, path } = failure;
  const order =
    choices.length === 0
      ? ['It happens in the usual order (fifo).']
      : ['It takes these choices:', ...choices.map((choice) => `  ${choice}`)];
  return [
    reason,
    ...(repeats ? [] : UNREPEATED),
    ...order,
    `Again: the same call of check with seed: ${seed}, path: '${path}'`,
    usesTargets(schedule)
      ? 'As a lab, for `dmsim run --target FILE`:'
      : 'As a lab, for `dmsim explore` and for Linux:',
    printLab(schedule, reason.split('\n')[0] ?? reason),
  ].join('\n');
}
