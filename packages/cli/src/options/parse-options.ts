// parse-options.ts — Parses the options of a command line with node:util. An error is reported in one line.
import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';

import { Refusal } from '../refusal.ts';
import { Asked } from './asked.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ options: T; allowPositionals: true }>
>['values'];

export interface CommandLine<T extends Options> {
  readonly values: Parsed<T>;
  readonly operands: readonly string[];
}

export interface ParseOptions {
  /**
   * Which words after the first operand, a lab, belong to it. `nothing`: options may stand anywhere. `strangers`: what is no
   * option of the command, and all that follows `--`. `everything`: it ends the options, as a script does on bash's command line.
   * @defaultValue 'nothing'
   */
  readonly operandTakes?: 'nothing' | 'strangers' | 'everything';
}

const ALWAYS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const;

/** Throws a `Refusal` that begins with the command's name, or `Asked` when there is `--help` or `--version`. */
export function parseOptions<T extends Options>(
  command: string,
  argv: readonly string[],
  options: T,
  { operandTakes = 'nothing' }: ParseOptions = {},
): CommandLine<T> {
  const { own, taken } = divide(argv, options, operandTakes);
  try {
    const { values, positionals } = parseArgs({
      args: own,
      allowPositionals: true,
      options: { ...options, ...ALWAYS },
    });
    const { help, version } = values as { help?: boolean; version?: boolean };
    if (help === true) throw new Asked('help');
    if (version === true) throw new Asked('version');
    return { values, operands: [...positionals, ...taken] };
  } catch (error) {
    if (error instanceof Asked) throw error;
    throw new Refusal(`${command}: ${firstSentence(error)} (try 'dmsim ${command} --help')`);
  }
}

interface Divided {
  /** For `parseArgs`. */
  readonly own: string[];
  /** The operands that it must not look at. */
  readonly taken: readonly string[];
}

function divide(
  argv: readonly string[],
  options: Options,
  operandTakes: NonNullable<ParseOptions['operandTakes']>,
): Divided {
  if (operandTakes === 'nothing') return { own: [...argv], taken: [] };
  const first = firstOperand(argv, options);
  const own = argv.slice(0, first);
  const rest = argv.slice(first);
  if (operandTakes === 'everything' || own.at(-1) === '--') return { own, taken: rest };
  const taken: string[] = [];
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] ?? '';
    if (word === '--') return { own, taken: [...taken, ...rest.slice(i + 1)] };
    const isOwn = optionOf(word, options) !== undefined;
    (isOwn ? own : taken).push(word);
    if (takesNext(word, options) && i + 1 < rest.length) own.push(rest[++i] ?? '');
  }
  return { own, taken };
}

/** Returns the index of the first operand; a `--` before it counts as an option. */
function firstOperand(argv: readonly string[], options: Options): number {
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? '';
    if (word === '--') return i + 1;
    if (word === '-' || !word.startsWith('-')) return i;
    if (takesNext(word, options)) i++;
  }
  return argv.length;
}

/** The command's own long options among the lab's words: the user may have meant them for the command. */
export function optionsAmong(words: readonly string[], options: Options): string[] {
  const end = words.indexOf('--');
  return words
    .slice(0, end < 0 ? words.length : end)
    .filter((word) => word.startsWith('--') && optionOf(word, options) !== undefined)
    .map((word) => word.replace(/=.*/s, ''));
}

/** `--seed`, `--seed=3` or `-h`. */
function optionOf(word: string, options: Options): Options[string] | undefined {
  const known: Options = { ...options, ...ALWAYS };
  if (!word.startsWith('--'))
    return Object.values(known).find(({ short }) => short !== undefined && word === `-${short}`);
  const name = word.slice(2).replace(/=.*/s, '');
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

/** Whether the value of an option is the next word. */
const takesNext = (word: string, options: Options): boolean =>
  optionOf(word, options)?.type === 'string' && !/^--.*=/s.test(word);

function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [line = message] = message.split('\n');
  const [, dashed] = /^Option '([^']*)' argument is ambiguous/.exec(line) ?? [];
  if (dashed !== undefined) return `${dashed} needs a value, and what follows looks like an option`;
  return (line.split('. ')[0] ?? line).replace(/\.$/, '');
}
