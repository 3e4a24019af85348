// getopt.ts — getopt(1) of util-linux: parses the options of a script, and prints them for `eval set --`.
import type { OptionTable } from '@dmsim/libc';
import { getopt as parse } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { complain, Failure, tool } from '../tool.ts';

const OWN: OptionTable = {
  short: 'ao:l:n:qQs:TuhV',
  long: {
    alternative: 'a',
    options: 'o:',
    longoptions: 'l:',
    longopts: 'l:',
    name: 'n:',
    quiet: 'q',
    'quiet-output': 'Q',
    shell: 's:',
    test: 'T',
    unquoted: 'u',
    help: 'h',
    version: 'V',
  },
  inOrder: true,
};

interface Call {
  readonly short: string;
  readonly long: readonly string[];
  readonly name: string;
  readonly quiet: boolean;
  readonly silent: boolean;
  readonly quoted: boolean;
  readonly words: readonly string[];
}

/** Ends with 1 if the options of the script are wrong, with 2 if getopt's own are, with 4 for -T. */
function* main(t: Tool): Task<number> {
  const call = readCall(t);
  if (call === null) return 4;
  const errors: string[] = [];
  const { given, operands } = parse(call.words, {
    short: call.short.replace(/^[-+]/, ''),
    long: Object.fromEntries(call.long.map((name) => [name.replace(/:+$/, ''), `--${name}`])),
    inOrder: call.short.startsWith('+'),
    onError: ({ message }) => errors.push(message),
  });
  if (!call.quiet) for (const error of errors) yield* complain(t, `${call.name}: ${error}\n`);
  if (!call.silent)
    t.out.put(
      `${textOf(call, given)} --${operands.map((word) => ` ${quoteFor(call, word)}`).join('')}\n`,
    );
  return errors.length > 0 ? 1 : 0;
}

function textOf(call: Call, given: readonly (readonly [key: string, value: string])[]): string {
  return given
    .map(([key, value]) => {
      const name = key.startsWith('--') ? key : `-${key}`;
      return ` ${name}${takesValue(call, key) ? ` ${quoteFor(call, value)}` : ''}`;
    })
    .join('');
}

const takesValue = ({ short, long }: Call, key: string): boolean =>
  key.startsWith('--')
    ? long.some((name) => name.startsWith(`${key.slice(2)}:`))
    : short[short.indexOf(key) + 1] === ':';

const quoteFor = ({ quoted }: Call, word: string): string =>
  quoted ? `'${word.replaceAll("'", String.raw`'\''`)}'` : word;

/** Reads getopt's own arguments; null for -T. Without an option, the first argument is the string of option letters. */
function readCall(t: Tool): Call | null {
  const [first] = t.args;
  if (first === undefined) throw usage(t, 'missing optstring argument');
  if (!first.startsWith('-'))
    return { ...PLAIN, short: first, words: afterDashes(t.args.slice(1)), name: t.name };
  const { given, operands, error } = parse(t.args, OWN);
  if (error !== undefined) throw usage(t, error.message);
  const last = new Map(given);
  refuseOthers(t, last);
  if (last.has('T')) return null;
  const [optstring, ...rest] = operands;
  const short = last.get('o') ?? optstring;
  if (short === undefined) throw usage(t, 'missing optstring argument');
  if (short.startsWith('-')) refuse(t, `-o ${short}`);
  const long = given.filter(([key]) => key === 'l').flatMap(([, names]) => names.split(/[,\s]+/));
  return {
    short,
    long: long.filter((name) => name !== ''),
    name: last.get('n') ?? t.name,
    quiet: last.has('q'),
    silent: last.has('Q'),
    quoted: !last.has('u'),
    words: last.has('o') ? operands : afterDashes(rest),
  };
}

function refuseOthers(t: Tool, given: ReadonlyMap<string, string>): void {
  for (const key of ['a', 'h', 'V']) if (given.has(key)) refuse(t, `-${key}`);
  const shell = given.get('s');
  if (shell !== undefined && !/^(?:ba)?sh$/.test(shell)) refuse(t, `-s ${shell}`);
}

const PLAIN = { long: [], quiet: false, silent: false, quoted: false };

const afterDashes = (words: readonly string[]): readonly string[] =>
  words[0] === '--' ? words.slice(1) : words;

const usage = (t: Tool, message: string): Failure =>
  new Failure(`${t.name}: ${message}\nTry '${t.name} --help' for more information.\n`, 2);

export const getoptProgram: Program = tool(main);
