// options.ts — Options as getopt_long(3) reads them, with its messages.
import { getopt } from '@dmsim/libc';
import type { OptionTable } from '@dmsim/libc';

import { refuse } from './refuse.ts';
import type { Tool } from './tool.ts';
import { Failure } from './tool.ts';

/**
 *   short   letters; `:` after a letter: it takes a value; `::`: the value may be glued to it
 *   long    name → what it is read as: a letter of `short` or a name of its own, with `:` or `::` likewise
 */
export interface OptionSpec {
  readonly short?: string;
  readonly long?: Readonly<Record<string, string>>;
  /** Options that the real program has and this one refuses. */
  readonly refused?: string;
  readonly refusedLong?: readonly string[];
  /** Operands end the options (`+` of getopt): for programs that run others. */
  readonly inOrder?: boolean;
  readonly usage?: string;
  /** What --help prints; without, a line with the usage. */
  readonly help?: string;
  /** Before `Try 'NAME --help'`, of diffutils: `NAME: `. */
  readonly named?: boolean;
  /** Exit status of a wrong call. */
  readonly status?: number;
}

export interface Options {
  /** In order, repeated ones too. */
  readonly given: readonly (readonly [key: string, value: string])[];
  readonly operands: readonly string[];
  readonly has: (key: string) => boolean;
  /** Of the last one given. */
  readonly value: (key: string) => string | undefined;
}

function failUsage(t: Tool, message: string, { status = 1, named = false }: OptionSpec): never {
  const hint = `${named ? `${t.name}: ` : ''}Try '${t.name} --help' for more information.`;
  throw new Failure(`${t.name}: ${message}\n${hint}\n`, status);
}

export function parseOptions(t: Tool, spec: OptionSpec, args: readonly string[] = t.args): Options {
  const { given, operands, error } = getopt(args, tableOf(spec));
  for (const [key] of given) meetSpecial(t, spec, key);
  if (error !== undefined) failUsage(t, error, spec);
  // What is given again takes the place of what was given before.
  const last = new Map(given);
  return { given, operands, has: (key) => last.has(key), value: (key) => last.get(key) };
}

const tables = new WeakMap<OptionSpec, OptionTable>();

function tableOf(spec: OptionSpec): OptionTable {
  let table = tables.get(spec);
  if (table === undefined) {
    table = makeTable(spec);
    tables.set(spec, table);
  }
  return table;
}

/** Long options that are refused count under their names with the dashes. */
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

/** Ends the program at an option that it has not, or at --help. */
function meetSpecial(t: Tool, spec: OptionSpec, key: string): void {
  if (key === '--help') printHelp(t, spec);
  if (key.startsWith('--')) refuse(t, key);
  if (spec.refused?.includes(key) === true && spec.short?.includes(key) !== true)
    refuse(t, `-${key}`);
}

function printHelp(t: Tool, spec: OptionSpec): never {
  t.out.put(spec.help ?? `Usage: ${t.name} ${spec.usage ?? '[OPTION]... [FILE]...'}\n`);
  throw new Failure('', 0);
}
