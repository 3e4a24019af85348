// parse-options.ts — The options of a command line, by node:util; what is wrong with one is told in a line.
import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';

import { Asked } from './asked.ts';
import { Refusal } from './refusal.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ options: T; allowPositionals: true }>
>['values'];

export interface CommandLine<T extends Options> {
  readonly values: Parsed<T>;
  readonly operands: readonly string[];
}

export interface ParseOptions {
  /** The first operand ends the options: what follows is for whatever the operand names. @defaultValue false */
  readonly operandEnds?: boolean;
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
  { operandEnds = false }: ParseOptions = {},
): CommandLine<T> {
  const end = operandEnds ? firstOperand(argv, options) : argv.length;
  try {
    const { values, positionals } = parseArgs({
      args: argv.slice(0, end),
      allowPositionals: true,
      options: { ...options, ...ALWAYS },
    });
    const { help, version } = values as { help?: boolean; version?: boolean };
    if (help === true) throw new Asked('help');
    if (version === true) throw new Asked('version');
    return { values, operands: [...positionals, ...argv.slice(end)] };
  } catch (error) {
    if (error instanceof Asked) throw error;
    throw new Refusal(`${command}: ${firstSentence(error)} (try 'dmsim ${command} --help')`);
  }
}

/** Where the operands begin; a `--` before them counts as an option. */
function firstOperand(argv: readonly string[], options: Options): number {
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? '';
    if (word === '--') return i + 1;
    if (word === '-' || !word.startsWith('-')) return i;
    if (takesNext(word, options)) i++;
  }
  return argv.length;
}

/** The long options of a command among the words that are not its own: whoever wrote them there may have meant the command. */
export function optionsAmong(words: readonly string[], options: Options): string[] {
  const end = words.indexOf('--');
  return words
    .slice(0, end < 0 ? words.length : end)
    .map((word) => word.replace(/=.*/s, ''))
    .filter(
      (word) => word.startsWith('--') && Object.hasOwn({ ...options, ...ALWAYS }, word.slice(2)),
    );
}

function takesNext(word: string, options: Options): boolean {
  const option = word.startsWith('--')
    ? options[word.slice(2)]
    : Object.values(options).find(({ short }) => short !== undefined && word === `-${short}`);
  return option?.type === 'string';
}

function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [line = message] = message.split('\n');
  const [, dashed] = /^Option '([^']*)' argument is ambiguous/.exec(line) ?? [];
  if (dashed !== undefined) return `${dashed} needs a value, and what follows looks like an option`;
  return (line.split('. ')[0] ?? line).replace(/\.$/, '');
}
