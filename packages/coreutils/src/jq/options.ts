// options.ts — The command line of jq(1).
import { textOf as decode } from '@dmsim/libc';

import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import type { Style } from './print.ts';
import { JsonError, readJson } from './read-json.ts';
import type { JqValue } from './value.ts';

export interface JqOptions {
  readonly filter: string;
  /** -f: `filter` is the name of a file that holds it. */
  readonly fromFile: boolean;
  readonly files: readonly string[];
  readonly variables: ReadonlyMap<string, JqValue>;
  readonly noInput: boolean;
  readonly slurp: boolean;
  readonly raw: boolean;
  readonly rawOutput: boolean;
  readonly join: boolean;
  readonly exitStatus: boolean;
  readonly style: Style;
}

const LONG: Readonly<Record<string, string>> = {
  '--slurp': 's',
  '--raw-input': 'R',
  '--raw-output': 'r',
  '--join-output': 'j',
  '--ascii-output': 'a',
  '--compact-output': 'c',
  '--monochrome-output': 'M',
  '--null-input': 'n',
  '--exit-status': 'e',
  '--sort-keys': 'S',
  '--from-file': 'f',
};

/** Options of jq that are not simulated. */
const REFUSED: ReadonlySet<string> = new Set(
  '--color-output --seq --stream --unbuffered --slurpfile --rawfile --help --version --debug-dump-disasm'.split(
    ' ',
  ),
);

const LETTERS = 'sRrjacMneSf';

const HINT =
  'Use jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://stedolan.github.io/jq\n';

interface Reading {
  readonly t: Tool;
  readonly words: string[];
  readonly letters: Set<string>;
  readonly operands: string[];
  readonly positional: JqValue[];
  readonly named: Map<string, JqValue>;
  /** How operands after the filter are read: --args and --jsonargs change it. */
  rest: 'files' | 'args' | 'jsonargs';
  indent: string;
}

export function readOptions(t: Tool): JqOptions | { readonly usage: string } {
  const reading: Reading = {
    t,
    words: t.args.map(decode),
    letters: new Set(),
    operands: [],
    positional: [],
    named: new Map(),
    rest: 'files',
    indent: '  ',
  };
  for (let word = reading.words.shift(); word !== undefined; word = reading.words.shift()) {
    if (!word.startsWith('-') || word === '-') {
      readOperand(reading, word);
      continue;
    }
    const problem = readOption(reading, word);
    if (problem !== null) return { usage: problem };
  }
  const { operands, letters, positional, named } = reading;
  const [filter, ...files] = operands;
  if (filter === undefined) refuse(t, 'jq without a filter');
  const has = (letter: string): boolean => letters.has(letter);
  const args: JqValue = new Map<string, JqValue>([
    ['positional', positional],
    ['named', new Map(named)],
  ]);
  return {
    filter,
    fromFile: has('f'),
    files,
    variables: new Map<string, JqValue>([...named, ['ARGS', args], ['__prog_args', positional]]),
    noInput: has('n'),
    slurp: has('s'),
    raw: has('R'),
    rawOutput: has('r'),
    join: has('j'),
    exitStatus: has('e'),
    style: { indent: has('c') ? null : reading.indent, sortKeys: has('S'), ascii: has('a') },
  };
}

function readOperand(reading: Reading, word: string): void {
  const { operands, positional, rest } = reading;
  if (operands.length === 0 || rest === 'files') operands.push(word);
  else positional.push(rest === 'args' ? word : jsonOf(reading, word));
}

function jsonOf({ t }: Reading, word: string): JqValue {
  try {
    const [value, more] = readJson(word);
    if (value !== undefined && more === undefined) return value;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
  }
  return refuse(t, `the JSON ${word}`);
}

/** Returns what jq says of an option that it does not know; null if all is well. */
function readOption(reading: Reading, word: string): string | null {
  const { t, letters, words } = reading;
  switch (word) {
    case '--tab':
      reading.indent = '\t';
      return null;
    case '--indent': {
      const width = Number(words.shift() ?? NaN);
      if (!(width >= 0 && width <= 7)) refuse(t, '--indent');
      if (width === 0) letters.add('c');
      reading.indent = ' '.repeat(width);
      return null;
    }
    case '--args':
    case '--jsonargs':
      reading.rest = word === '--args' ? 'args' : 'jsonargs';
      return null;
    case '--arg':
    case '--argjson':
      readArgument(reading, word);
      return null;
    default:
      return readLetters(reading, word);
  }
}

function readArgument(reading: Reading, word: string): void {
  const { t, words, named } = reading;
  const [name, value] = words.splice(0, 2);
  if (name === undefined || value === undefined) refuse(t, `${word} without a name and a value`);
  named.set(name, word === '--arg' ? value : jsonOf(reading, value));
}

function readLetters({ t, letters }: Reading, word: string): string | null {
  const long = LONG[word];
  const given = long ?? (word.startsWith('--') ? '' : word.slice(1));
  if (given === '' && REFUSED.has(word)) refuse(t, word);
  if (given === '') return `jq: Unknown option ${word}\n${HINT}`;
  for (const letter of given) {
    if (!LETTERS.includes(letter)) {
      if ('CVhL'.includes(letter)) refuse(t, word);
      return `jq: Unknown arguments\n${HINT}`;
    }
    letters.add(letter);
  }
  return null;
}
