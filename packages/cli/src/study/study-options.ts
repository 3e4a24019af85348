// study-options.ts — Options that compare and sweep share: what is varied, seeds, jobs, files.
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';

import { selectorNames } from '@dmsim/host';
import type { Study, StudyFile, Variable } from '@dmsim/study';
import { namesFile, parseVary, unreadVariables } from '@dmsim/study';

import { parseRedisUrl } from '../jobs/redis-url.ts';
import type { Workforce } from '../jobs/work.ts';
import type { UserSource } from '../plugins/load-plugins.ts';
import { importUserCode, userSources } from '../plugins/load-plugins.ts';
import { readLab } from '../read-lab.ts';
import { Refusal } from '../refusal.ts';
import { unmeasuredOf } from './measures.ts';

export const STUDY_OPTIONS = {
  lab: { type: 'string' },
  workload: { type: 'string' },
  fault: { type: 'string' },
  selector: { type: 'string' },
  target: { type: 'string', multiple: true },
  checker: { type: 'string', multiple: true },
  prioritizer: { type: 'string', multiple: true },
  invariant: { type: 'string', multiple: true },
  vary: { type: 'string', multiple: true },
  seeds: { type: 'string' },
  jobs: { type: 'string' },
  queue: { type: 'string' },
  'no-invariants': { type: 'boolean' },
} as const;

export interface StudyValues {
  readonly lab?: string | undefined;
  readonly workload?: string | undefined;
  readonly fault?: string | undefined;
  readonly selector?: string | undefined;
  readonly target?: string[] | undefined;
  readonly checker?: string[] | undefined;
  readonly prioritizer?: string[] | undefined;
  readonly invariant?: string[] | undefined;
  readonly vary?: string[] | undefined;
  readonly seeds?: string | undefined;
  readonly jobs?: string | undefined;
  readonly queue?: string | undefined;
  readonly 'no-invariants'?: boolean | undefined;
}

export interface StudyPlan {
  readonly study: Study;
  readonly variables: readonly Variable[];
  /** The sources of the user's code. */
  readonly sources: readonly UserSource[];
  readonly seeds: number;
  readonly workforce: Workforce;
  /** Thrown for the first run without a figure; null: further runs may have some. */
  readonly unmeasured: Refusal | null;
}

const MAX_SEEDS = 10_000;
const MAX_JOBS = 256;
const MAX_RUNS = 1_000_000;

/** The lab may stand without --lab, as it does for run and explore. Throws a `Refusal` for an operand too many. */
export function withLab<T extends StudyValues>(
  command: string,
  { values, operands }: { readonly values: T; readonly operands: readonly string[] },
): T {
  const [first, second] = operands;
  const extra = values.lab === undefined ? second : first;
  if (extra !== undefined)
    throw new Refusal(`${command}: what is '${extra}' for? It takes one lab, and no arguments`);
  return { ...values, lab: values.lab ?? first };
}

/** `command` begins the messages. Files are read, the user's code loaded and variables looked for before anything runs. */
export async function planStudy(
  command: string,
  values: StudyValues,
  defaults: { readonly seeds: number },
): Promise<StudyPlan> {
  const seeds = parseNumber(command, 'seeds', values.seeds ?? String(defaults.seeds), MAX_SEEDS);
  const workforce = workforceOf(command, values);
  const varied = (values.vary ?? []).map((text) => variableOf(command, text));
  const study = studyOf(command, values, varied);
  const portable = workforce.queue !== null;
  const words = selectorWords(command, values.selector);
  const { target, checker, prioritizer, invariant } = values;
  if (invariant !== undefined && values['no-invariants'] === true)
    throw new Refusal(
      `${command}: --invariant needs the invariants to be watched: leave out --no-invariants`,
    );
  const files = { selector: words.filter(isFile), target, checker, prioritizer, invariant };
  const sources = await userSources(files, { portable });
  const variable = await selectorVariable(command, words, sources);
  const variables = [...(variable === null ? [] : [variable]), ...varied];
  refuseRepeated(command, variables);
  refuseUnread(command, study, variables);
  const runs = variables.reduce((product, { values: { length } }) => product * length, seeds);
  if (runs > MAX_RUNS) throw new Refusal(`${command}: ${runs} runs are more than ${MAX_RUNS}`);
  const unmeasured = unmeasuredOf(command, study, variables);
  return { study, variables, sources, seeds, workforce, unmeasured };
}

function workforceOf(command: string, { jobs, queue: url }: StudyValues): Workforce {
  const queue = url ?? null;
  const most = String(availableParallelism());
  const threads = parseNumber(command, 'jobs', jobs ?? most, MAX_JOBS);
  if (queue !== null) parseRedisUrl(queue);
  return { threads, queue };
}

function studyOf(
  command: string,
  { lab, workload, fault, 'no-invariants': unwatched }: StudyValues,
  varied: readonly Variable[],
): Study {
  if (lab === undefined)
    throw new Refusal(`${command}: no lab given (try 'dmsim ${command} --help')`);
  if (fault !== undefined && workload === undefined)
    throw new Refusal(`${command}: --fault needs a --workload that it disturbs`);
  const values = new Set(varied.flatMap((variable) => variable.values));
  return {
    lab: fileOf(lab),
    workload: workload === undefined ? null : fileOf(workload),
    fault: fault === undefined ? null : fileOf(fault),
    files: [...values].filter(namesFile).map(fileOf),
    checkInvariants: unwatched !== true,
  };
}

export function parseNumber(command: string, name: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most)
    throw new Refusal(`${command}: --${name} takes a number from 1 to ${most}, not '${text}'`);
  return value;
}

const fileOf = (path: string): StudyFile => ({ name: path, text: readLab(path) });

function variableOf(command: string, text: string): Variable {
  const variable = parseVary(text);
  if (typeof variable === 'string') throw new Refusal(`${command}: --vary: ${variable}`);
  return variable;
}

function selectorWords(command: string, list: string | undefined): readonly string[] {
  const words = list?.split(',') ?? [];
  if (words.includes('')) throw new Refusal(`${command}: --selector: an empty name in '${list}'`);
  return words;
}

/** Words with a dot or a slash are files: each stands for the selectors that it exports. Others are names. Null: none are varied. */
async function selectorVariable(
  command: string,
  words: readonly string[],
  sources: readonly UserSource[],
): Promise<Variable | null> {
  const { selectors } = await importUserCode(sources);
  if (words.length === 0) return null;
  const names = words.flatMap((word) =>
    isFile(word)
      ? selectors.filter(({ file }) => file === word).map(({ type }) => type.name)
      : [word],
  );
  const twice = repeated(names);
  if (twice !== undefined) throw new Refusal(`${command}: --selector: ${twice} is given twice`);
  const there = selectorNames(selectors);
  const unknown = names.find((name) => !there.includes(name));
  if (unknown !== undefined) {
    throw new Refusal(
      `${command}: --selector: ${unknown} is neither a file nor one of ${there.join(', ')}`,
    );
  }
  return { name: 'selector', values: names };
}

const isFile = (word: string): boolean => basename(word) !== word || word.includes('.');

const repeated = (names: readonly string[]): string | undefined =>
  names.find((name, i) => names.indexOf(name) !== i);

function refuseRepeated(command: string, variables: readonly Variable[]): void {
  const names = variables.map(({ name }) => name);
  const twice = repeated(names);
  if (twice !== undefined) throw new Refusal(`${command}: ${twice} is varied twice`);
}

function refuseUnread(command: string, study: Study, variables: readonly Variable[]): void {
  const { lab, workload, fault } = study;
  const files = [lab, workload, fault].filter((file) => file !== null);
  const [unread] = unreadVariables(
    variables,
    files.map(({ text }) => text),
  );
  if (unread === undefined) return;
  const names = files.map(({ name }) => name).join(', ');
  throw new Refusal(`${command}: ${unread} is varied, but nothing reads $${unread} in ${names}`);
}
