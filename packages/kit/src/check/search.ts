// search.ts — Runs schedules under many orders until one fails, and makes that one small.
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
import type { ScheduleResult } from '../run-schedule.ts';
import { runSchedule } from '../run-schedule.ts';
import type { Schedule } from '../schedule.ts';
import type { Order, OrderStrategy } from './order.ts';
import { anyOrder, chooserOf } from './order.ts';
import { fewerUnderOtherOrders, startTries } from './other-orders.ts';

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

/** Runs of one search, and what they tell. */
interface Attempts {
  runs: number;
  commands: number;
  /** The run that failed first, from 1; 0: none has. */
  foundAfter: number;
  /** Throws what is wrong with the run, and leaves its choices in `order`. */
  readonly attempt: (schedule: Schedule, order: Order) => void;
}

function startAttempts(options: CheckOptions): Attempts {
  const { strategy = 'random', judge = soundness } = options;
  const all: Attempts = { runs: 0, commands: 0, foundAfter: 0, attempt };
  function attempt(schedule: Schedule, order: Order): void {
    all.runs++;
    const before = all.foundAfter;
    // Until it is known that nothing was found: a crash is a find, too.
    if (before === 0) all.foundAfter = all.runs;
    const chooser = chooserOf(order, strategy);
    try {
      const result = runSchedule(schedule, { ...machineOptions(options), chooser });
      all.commands += schedule.commands.length;
      const found = verdictOf(judge, result);
      if (found !== null) throw new Refuted(found);
    } catch (error) {
      // An order shrinks by what it chose when it failed last. One value serves many smaller schedules: those that pass leave it alone.
      order.choices = chooser.choices;
      throw error;
    }
    all.foundAfter = before;
  }
  return all;
}

/** Like `check`, but returns what it found. The same options find the same, in any process. Throws a `BadSchedule` for one that is written wrongly. */
export function search(
  schedules: fc.Arbitrary<Schedule>,
  options: CheckOptions = {},
): SearchResult {
  checkOptions('check', options, CHECK_OPTIONS);
  checkArgument('check: schedules', schedules, arbitrary);
  const { runs = 1000, seed = 1, path } = options;
  const attempts = startAttempts(options);
  const property = fc.property(schedules, anyOrder, attempts.attempt);
  const details = fc.check(property, {
    numRuns: runs,
    seed,
    ...(path === undefined ? {} : { path }),
  });
  const failed = failedRun(details);
  const failure =
    failed === null
      ? null
      : {
          ...failureOf(smallest(failed, schedules, attempts, options), options),
          seed: details.seed,
          // How it shrinks depends on the choices of each run: only the runs can lead to it again.
          path: (details.counterexamplePath ?? '').split(':', 1).join(''),
          foundAfter: attempts.foundAfter,
        };
  return { runs: attempts.runs, commands: attempts.commands, failure };
}

type Example = [schedule: Schedule, order: Order];

interface Failed {
  readonly example: Example;
  readonly error: unknown;
}

/** Throws what says that the fault is in how `check` is called. */
function failedRun({
  counterexample,
  errorInstance: error,
}: fc.RunDetails<Example>): Failed | null {
  if (counterexample === null) return null;
  if (error instanceof BadSchedule || error instanceof Misused) throw error;
  return { example: counterexample, error };
}

/** fast-check stops when nothing smaller fails under the choices at hand. Where other choices do it, it goes on from there. */
function smallest(
  failed: Failed,
  schedules: fc.Arbitrary<Schedule>,
  { attempt }: Attempts,
  { strategy = 'random' }: CheckOptions,
): Failed {
  if (strategy === 'fifo') return failed;
  const property = fc.property(schedules, anyOrder, attempt);
  let known = failed;
  const tries = startTries((schedule, order) => {
    // A filter of the user's has its say here, too.
    if (!schedules.canShrinkWithoutContext(schedule)) return false;
    try {
      attempt(schedule, order);
      return false;
    } catch (error) {
      return kindOfReason(error) === kindOfReason(failed.error);
    }
  });
  for (;;) {
    const fewer = fewerUnderOtherOrders(known.example[0], tries);
    if (fewer === null) return known;
    const next = failedRun(fc.check(property, { seed: 0, numRuns: 1, examples: [fewer] }));
    if (next === null) return known;
    known = next;
  }
}

/** The invariant, or what else a reason begins with. */
const kindOfReason = (error: unknown): string => reasonOf(error).split(':', 1).join('');

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

function failureOf(
  { example: [schedule, order], error }: Failed,
  options: CheckOptions,
): Omit<Failure, 'seed' | 'path' | 'foundAfter'> {
  const { strategy = 'random', judge = soundness } = options;
  const deviations: Deviation[] = [];
  const chooser = narrating(chooserOf(order, strategy), deviations);
  let repeats = true;
  try {
    repeats = judge(runSchedule(schedule, { ...machineOptions(options), chooser })) !== null;
  } catch {
    // A broken assertion is what was found; the choices up to it are known.
  }
  const choices = tellChoices(deviations);
  return { reason: reasonOf(error), schedule, order, choices, repeats };
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
