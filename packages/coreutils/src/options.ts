// options.ts — Parses options like getopt_long(3), with its messages.
import { getopt } from '@dmsim/libc';
import type { OptionTable } from '@dmsim/libc';

import { refuse } from './refuse.ts';
import type { Tool } from './tool.ts';
import { Failure } from './tool.ts';

/**
 *   short   letters; `:` after a letter: it takes a value; `::`: it takes an optional, attached value
 *   long    name → the key it is reported as: a letter of `short` or another name, with `:` or `::` as above
 */
export interface OptionSpec {
  readonly short?: string;
  readonly long?: Readonly<Record<string, string>>;
  /** Options of the real program that this one refuses. */
  readonly refused?: string;
  readonly refusedLong?: readonly string[];
  /** The first operand ends the options (`+` of getopt), for programs that run other programs. */
  readonly inOrder?: boolean;
  /** The text that --help prints. Without it, --help is refused. */
  readonly help?: string;
  /** Prints `NAME: ` before `Try 'NAME --help'`, as diffutils does. */
  readonly named?: boolean;
  /** The exit status of a usage error. */
  readonly status?: number;
}

export interface Options {
  /** All options in order, including repeated ones. */
  readonly given: readonly (readonly [key: string, value: string])[];
  readonly operands: readonly string[];
  readonly has: (key: string) => boolean;
  /** Returns the value of the last occurrence of an option. */
  readonly value: (key: string) => string | undefined;
}

function failUsage(t: Tool, message: string, { status = 1, named = false }: OptionSpec): never {
  const hint = `${named ? `${t.name}: ` : ''}Try '${t.name} --help' for more information.`;
  throw new Failure(`${t.name}: ${message}\n${hint}\n`, status);
}

const NONE: Options['given'] = [];
const hasNone = (): boolean => false;
const noValue = (): undefined => undefined;

/** Parses the options of a program. A wrong option ends the program with the message of getopt_long(3), --help with its text, and one that is refused ends the lab. */
export function parseOptions(t: Tool, spec: OptionSpec, args: readonly string[] = t.args): Options {
  // Most calls in labs have operands alone.
  if (!args.some((arg) => arg.startsWith('-'))) {
    return { given: NONE, operands: args, has: hasNone, value: noValue };
  }
  const { given, operands, error } = getopt(args, tableOf(spec));
  for (const [key] of given) meetSpecial(t, spec, key);
  if (error !== undefined) failUsage(t, error.message, spec);
  // A repeated option replaces its earlier value.
  const last = new Map(given);
  return { given, operands, has: (key) => last.has(key), value: (key) => last.get(key) };
}

/** The tables of specs, which are constants of their programs: no state of a machine is kept here. */
const tables = new WeakMap<OptionSpec, OptionTable>();

function tableOf(spec: OptionSpec): OptionTable {
  const known = tables.get(spec);
  if (known !== undefined) return known;
  const table = makeTable(spec);
  tables.set(spec, table);
  return table;
}

/** Adds the refused long options, which are reported under their names with dashes. */
function makeTable(spec: OptionSpec): OptionTable {
  const { short = '', long = {}, refused = '', refusedLong = [], inOrder = false } = spec;
  const special = [...refusedLong, 'help', 'version'].map((name) => [name, `--${name}::`] as const);
  return {
    short: short + refused,
    long: {
      ...long,
      ...Object.fromEntries(special.filter(([name]) => !Object.hasOwn(long, name))),
    },
    inOrder,
  };
}

/** Refuses an unsupported option, or prints --help; either ends the program. */
function meetSpecial(t: Tool, spec: OptionSpec, key: string): void {
  if (key === '--help') printHelp(t, spec);
  if (key.startsWith('--')) refuse(t, key);
  if (spec.refused?.includes(key) === true && spec.short?.includes(key) !== true)
    refuse(t, `-${key}`);
}

function printHelp(t: Tool, spec: OptionSpec): never {
  if (spec.help === undefined) refuse(t, '--help');
  t.out.put(spec.help);
  throw new Failure('', 0);
}
