// run-options.ts — Reads the options of `dmsim run`.
import type { MachineOptions } from '@dmsim/host';
import { REQUEUE_NAMES } from '@dmsim/host';

import type { Bounds } from '../options/bounds.ts';
import { BOUND_OPTIONS, parseBounds } from '../options/bounds.ts';
import { parseChoice } from '../options/choice-options.ts';
import { quote } from '../options/command-text.ts';
import type { CommandLine } from '../options/parse-options.ts';
import { optionsAmong, parseOptions } from '../options/parse-options.ts';
import type { ReplayedRun } from '../options/replay-option.ts';
import { readReplay } from '../options/replay-option.ts';
import type { UserFiles } from '../plugins/load-plugins.ts';
import { Refusal } from '../refusal.ts';

export interface RunOptions {
  /** `-` is standard input. */
  readonly lab: string;
  /** Its `$0`. */
  readonly name: string;
  /** The argument of -c: the lab's text, whose name is `lab` then. */
  readonly text: string | null;
  readonly args: readonly string[];
  /** Options of dmsim that stand after the lab. */
  readonly misplaced: readonly string[];
  readonly machine: MachineOptions;
  readonly replayed: ReplayedRun | null;
  /** Variables of the lab's environment (`--set`). */
  readonly variables: Readonly<Record<string, string>>;
  readonly bounds: Bounds;
  readonly userFiles: UserFiles;
  readonly trace: string | null;
  readonly log: string | null;
  readonly stopOnBroken: boolean;
  readonly quiet: boolean;
  /** The command line that does the same again. */
  readonly again: string;
}

const RUN_OPTIONS = {
  seed: { type: 'string' },
  order: { type: 'string' },
  slack: { type: 'string' },
  replay: { type: 'string' },
  requeue: { type: 'string' },
  set: { type: 'string', multiple: true },
  selector: { type: 'string', multiple: true },
  target: { type: 'string', multiple: true },
  checker: { type: 'string', multiple: true },
  prioritizer: { type: 'string', multiple: true },
  invariant: { type: 'string', multiple: true },
  trace: { type: 'string' },
  log: { type: 'string' },
  'stop-on-broken': { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
  command: { type: 'string', short: 'c' },
  ...BOUND_OPTIONS,
} as const;

type Values = ReturnType<typeof parseValues>['values'];

const parseValues = (argv: readonly string[]): CommandLine<typeof RUN_OPTIONS> =>
  // The words after the lab's name are arguments of the lab.
  parseOptions('run', argv, RUN_OPTIONS, { operandTakes: 'everything' });

export function parseRunOptions(argv: readonly string[]): RunOptions {
  const { values, operands } = parseValues(argv);
  const { trace = null, log = null, quiet = false } = values;
  const { lab, args, text, script } = labOf(values.command ?? null, operands);
  if (trace !== null && trace === log)
    throw new Refusal(`run: --trace and --log both write ${trace}`);
  return {
    ...replayable(values, { lab, args }),
    lab,
    text,
    misplaced: optionsAmong(args, RUN_OPTIONS),
    variables: Object.fromEntries((values.set ?? []).map(parseVariable)),
    bounds: parseBounds('run', values),
    userFiles: values,
    trace,
    log,
    stopOnBroken: values['stop-on-broken'] === true,
    quiet,
    again: ['dmsim run', ...chosen(values), ...script, ...args.map(quote)].join(' '),
  };
}

interface LabWords extends Pick<RunOptions, 'lab' | 'args' | 'text'> {
  /** The word that names the lab on a command line. */
  readonly script: readonly string[];
}

/** As `bash FILE ARGS` and `bash -c TEXT NAME ARGS` take their words. */
function labOf(text: string | null, [lab, ...args]: readonly string[]): LabWords {
  if (text === null) {
    if (lab === undefined) throw new Refusal("run: no lab given (try 'dmsim run --help')");
    return { lab, args, text, script: [quote(lab)] };
  }
  if (lab === undefined) return { lab: 'bash', args, text, script: ['-c', quote(text)] };
  return { lab, args, text, script: ['-c', quote(text), quote(lab)] };
}

const SET_BY_REPLAY = ['seed', 'order', 'slack', 'requeue'] as const;

/** What a recorded run sets itself. Throws a `Refusal` for an option that says otherwise. */
function replayable(
  values: Values,
  { lab, args }: Pick<RunOptions, 'lab' | 'args'>,
): Pick<RunOptions, 'name' | 'args' | 'machine' | 'replayed'> {
  if (values.replay === undefined)
    return { name: lab, args, machine: parseMachine(values), replayed: null };
  const set = SET_BY_REPLAY.find((option) => values[option] !== undefined);
  if (set !== undefined) throw new Refusal(`run: --replay sets --${set} itself: leave that out`);
  const replayed = readReplay(values.replay);
  const { name, machine } = replayed;
  return { name, args: replayed.args, machine, replayed };
}

/** May be given several times. */
const REPEATED = [
  'set',
  'selector',
  'target',
  'checker',
  'prioritizer',
  'invariant',
  'limit',
] as const;

/** The options that make a run what it is. */
function chosen(values: Values): string[] {
  const { seed = '1', order = 'fifo', slack, replay, requeue } = values;
  const words = replay === undefined ? ['--seed', seed, '--order', order] : ['--replay', replay];
  if (slack !== undefined) words.push('--slack', slack);
  if (requeue !== undefined) words.push('--requeue', requeue);
  for (const name of REPEATED) {
    for (const word of values[name] ?? []) words.push(`--${name}`, word);
  }
  return words.map(quote);
}

function parseMachine(values: Values): MachineOptions {
  const seed = parseSeed(values.seed ?? '1');
  const choice = parseChoice(values.order ?? 'fifo', { seed, slack: values.slack });
  const requeue = REQUEUE_NAMES.find((name) => name === (values.requeue ?? 'deferred-head'));
  if (requeue === undefined) {
    throw new Refusal(`run: --requeue takes ${REQUEUE_NAMES.join(', ')}, not '${values.requeue}'`);
  }
  return { seed, requeue, ...choice };
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed > 0x7fffffff) {
    throw new Refusal(`run: --seed takes a number from 0 to 2147483647, not '${text}'`);
  }
  return seed;
}

function parseVariable(text: string): [name: string, value: string] {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new Refusal(`run: --set takes NAME=VALUE, not '${text}'`);
  return [name, value];
}
