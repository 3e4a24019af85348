// options.ts — Reads the command line of `dmsim explore`.
import { availableParallelism } from 'node:os';

import { REQUEUE_NAMES } from '@dmsim/host';
import type { CheckOptions, Plan, Setup, StrategyName } from '@dmsim/kit';
import { ANY_NUMBER, STRATEGIES } from '@dmsim/kit';
import { JITTER } from '@dmsim/sim';

import { parseRedisUrl } from '../jobs/redis-url.ts';
import type { Workforce } from '../jobs/work.ts';
import { parseSlack } from '../options/choice-options.ts';
import type { CommandLine } from '../options/parse-options.ts';
import { parseOptions } from '../options/parse-options.ts';
import type { UserFiles } from '../plugins/load-plugins.ts';
import { readLab } from '../read-lab.ts';
import { Refusal } from '../refusal.ts';

export interface ExploreOptions {
  readonly plan: Plan;
  readonly setup: Omit<Setup, 'selectors' | 'plugins' | 'invariants'>;
  readonly userFiles: UserFiles;
  readonly workforce: Workforce;
  /** The limit in real time; null: until all runs are done. */
  readonly seconds: number | null;
  readonly out: string;
  readonly json: boolean;
  /** A file that keeps what is known, to go on with. */
  readonly resume: string | null;
  readonly expectOne: boolean;
  readonly expect: readonly string[];
  /** Arguments of the lab that look like options, which the user may have mistyped. */
  readonly strangers: readonly string[];
}

const DEFAULT_RUNS = 2000;
const DEFAULT_EXHAUSTIVE_RUNS = 100_000;
/** Runs: until the time is over. */
export const UNLIMITED = 1e12;
const MAX_JOBS = 64;

const OPTIONS = {
  strategy: { type: 'string' },
  slack: { type: 'string' },
  runs: { type: 'string' },
  seconds: { type: 'string' },
  deviations: { type: 'string' },
  seed: { type: 'string' },
  jobs: { type: 'string' },
  queue: { type: 'string' },
  requeue: { type: 'string' },
  selector: { type: 'string', multiple: true },
  target: { type: 'string', multiple: true },
  checker: { type: 'string', multiple: true },
  prioritizer: { type: 'string', multiple: true },
  invariant: { type: 'string', multiple: true },
  expect: { type: 'string', multiple: true },
  'expect-one': { type: 'boolean' },
  out: { type: 'string' },
  json: { type: 'boolean' },
  resume: { type: 'string' },
  diff: { type: 'boolean' },
} as const;

/** A search of generated schedules, when no lab is given. */
export interface ScheduleSearch extends Required<
  Pick<CheckOptions, 'seed' | 'runs' | 'strategy' | 'slack' | 'requeue'>
> {
  readonly userFiles: UserFiles;
  /** The limit in real time; null: until all runs are done. */
  readonly seconds: number | null;
  readonly out: string;
}

const SEARCH_STRATEGIES = ['random', 'pct'] as const;
const NO_OUTCOMES = 'generated schedules have no outcomes to compare';
const NO_DAEMON = 'generated schedules have no multipathd';
/** Options that mean nothing to generated schedules, and why. */
const ABOUT_LABS = {
  deviations: NO_OUTCOMES,
  jobs: NO_OUTCOMES,
  queue: NO_OUTCOMES,
  expect: NO_OUTCOMES,
  'expect-one': NO_OUTCOMES,
  json: NO_OUTCOMES,
  resume: NO_OUTCOMES,
  checker: NO_DAEMON,
  prioritizer: NO_DAEMON,
} as const;

/** Two recorded runs to hold against each other. */
export interface DiffOptions {
  /** One or two files of choices. */
  readonly files: readonly string[];
  /** Null: that beside each of them. */
  readonly lab: string | null;
  readonly userFiles: UserFiles;
}

/** The lab's arguments are what is no option of this command, and all that follows `--`. */
const parseOwn = (argv: readonly string[]): CommandLine<typeof OPTIONS> =>
  parseOptions('explore', argv, OPTIONS, { operandTakes: 'strangers' });

/** Null: --diff was not given. */
export function parseDiff(argv: readonly string[]): DiffOptions | null {
  const { values, operands } = parseOwn(argv);
  const { diff, selector, target, checker, prioritizer, invariant, ...others } = values;
  if (diff !== true) return null;
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw new Refusal(`explore: --diff runs each lab once, and takes no --${other}`);
  const files = operands.filter((file) => file.endsWith('.choices'));
  const labs = operands.filter((file) => !file.endsWith('.choices'));
  if (files.length === 0 || files.length > 2 || labs.length > 1)
    throw new Refusal('explore: --diff takes A.choices [B.choices] [LAB]');
  const userFiles = { selector, target, checker, prioritizer, invariant };
  return { files, lab: labs[0] ?? null, userFiles };
}

/** Null: there is a lab. */
export function parseScheduleSearch(argv: readonly string[]): ScheduleSearch | null {
  const { values, operands } = parseOwn(argv);
  if (operands.length > 0) return null;
  for (const [option, why] of Object.entries(ABOUT_LABS))
    if (values[option as keyof typeof ABOUT_LABS] !== undefined)
      throw new Refusal(`explore: --${option} needs a lab: ${why}`);
  const strategy = oneOf('strategy', SEARCH_STRATEGIES, values.strategy ?? 'random');
  const seconds = values.seconds === undefined ? null : count('seconds', values.seconds, 1e6);
  return {
    strategy,
    seed: number('seed', values.seed ?? '1', 0x7fffffff),
    runs: runsOf(strategy, { runs: values.runs, seconds }),
    slack: choiceOf(strategy, values.slack).slack,
    requeue: oneOf('requeue', REQUEUE_NAMES, values.requeue ?? 'deferred-head'),
    userFiles: {
      selector: values.selector,
      target: values.target,
      invariant: values.invariant,
    },
    seconds,
    out: values.out ?? '.',
  };
}

export function parseExplore(argv: readonly string[]): ExploreOptions {
  const { values, operands } = parseOwn(argv);
  const [lab = '', ...args] = operands;
  const strategy = oneOf('strategy', STRATEGIES, values.strategy ?? 'random');
  const requeue = oneOf('requeue', REQUEUE_NAMES, values.requeue ?? 'deferred-head');
  const seconds = values.seconds === undefined ? null : count('seconds', values.seconds, 1e6);
  return {
    plan: {
      strategy,
      seed: number('seed', values.seed ?? '1', 0x7fffffff),
      runs: runsOf(strategy, { runs: values.runs, seconds }),
      maxDeviations: deviationsOf(strategy, values.deviations),
    },
    setup: {
      lab: { name: lab, text: readLab(lab), args },
      ...choiceOf(strategy, values.slack),
      requeue,
    },
    userFiles: values,
    workforce: workforceOf(values),
    seconds,
    out: values.out ?? '.',
    json: values.json === true,
    resume: values.resume ?? null,
    expectOne: values['expect-one'] === true,
    expect: values.expect ?? [],
    strangers: argv.includes('--') ? [] : args.filter((word) => word.startsWith('--')),
  };
}

const USUAL_DEVIATIONS = 2;

function deviationsOf(strategy: StrategyName, word: string | undefined): number {
  if (word === undefined) return USUAL_DEVIATIONS;
  if (strategy !== 'exhaustive') {
    throw new Refusal(
      `explore: --deviations goes with --strategy exhaustive: ${strategy} bounds none`,
    );
  }
  return word === 'all' ? ANY_NUMBER : number('deviations', word, 1000);
}

function workforceOf({
  jobs = String(availableParallelism()),
  queue = null,
}: {
  readonly jobs?: string | undefined;
  readonly queue?: string | null | undefined;
}): Workforce {
  if (queue !== null) parseRedisUrl(queue);
  return { threads: count('jobs', jobs, MAX_JOBS), queue };
}

function runsOf(
  strategy: StrategyName,
  { runs, seconds }: { readonly runs: string | undefined; readonly seconds: number | null },
): number {
  if (runs !== undefined) return count('runs', runs, 1e9);
  if (seconds !== null) return UNLIMITED;
  return strategy === 'exhaustive' ? DEFAULT_EXHAUSTIVE_RUNS : DEFAULT_RUNS;
}

/** All orders of exact times are many already; the others jitter as a machine does. */
function choiceOf(
  strategy: StrategyName,
  slack: string | undefined,
): Pick<Setup, 'slack' | 'variesCosts'> {
  const usual = strategy === 'exhaustive' ? { slack: 0, variesCosts: false } : JITTER;
  return slack === undefined ? usual : { ...usual, slack: parseSlack('explore', slack) };
}

function oneOf<T extends string>(option: string, names: readonly T[], word: string): T {
  const found = names.find((name) => name === word);
  if (found === undefined) {
    throw new Refusal(`explore: --${option} takes ${names.join(', ')}, not '${word}'`);
  }
  return found;
}

/** Parses a number above zero: without a run, every expectation would be met. */
const count = (option: string, text: string, max: number): number => number(option, text, max, 1);

function number(option: string, text: string, max: number, min = 0): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new Refusal(`explore: --${option} takes a number from ${min} to ${max}, not '${text}'`);
  }
  return value;
}
