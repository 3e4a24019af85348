// getopts.ts — getopts letters name [argument …]
//
// Each call reads one letter and leaves its place in OPTIND, which the script may set, and in the shell; getopt of the C library
// reads whole command lines, so this is an algorithm of its own, as in bash (builtins/getopt.c: sh_getopt).
import type { Task } from '@dmsim/sim';

import { complain, printError } from '../messages.ts';
import { getParameter, trySetVariable } from '../parameters.ts';
import type { Shell } from '../shell.ts';
import { createVariable, isName } from '../variables.ts';
import type { Builtin } from './builtin.ts';
import { printUsage } from './usage.ts';

interface Result {
  readonly option: string;
  readonly value: string | undefined;
  readonly status: number;
}

export const getopts: Builtin = function* (shell, args) {
  const [, letters, name, ...own] = args;
  if (letters === undefined || name === undefined) {
    return yield* printUsage(shell, 'getopts');
  }
  const words = args.length > 3 ? own : shell.positional;
  const result = yield* next(shell, letters, words);
  const variable = createVariable(result.value);
  if (result.value === undefined) shell.variables.delete('OPTARG');
  else shell.variables.set('OPTARG', variable);
  if (!isName(name)) {
    yield* complain(shell, `getopts: \`${name}': not a valid identifier`);
    return 1;
  }
  return (yield* trySetVariable(shell, name, result.option)) ? result.status : 1;
};

const END: Result = { option: '?', value: undefined, status: 1 };

function* next(shell: Shell, letters: string, words: readonly string[]): Task<Result> {
  const place = placeOf(shell, words);
  if (place === undefined) return END;
  const { index, word, at } = place;
  const letter = word.charAt(at);
  const last = at + 1 >= word.length;
  const silent = letters.startsWith(':');
  const colons = colonsAfter(letters, letter);
  if (colons !== ':') {
    setIndex(shell, last ? index + 1 : index, last ? 0 : at + 1);
    if (colons === '') return { option: letter, value: undefined, status: 0 };
    return yield* problem(shell, silent, { letter, option: '?', text: 'illegal option' });
  }
  const value = last ? words[index] : word.slice(at + 1);
  setIndex(shell, last && value !== undefined ? index + 2 : index + 1, 0);
  if (value !== undefined) return { option: letter, value, status: 0 };
  const option = silent ? ':' : '?';
  return yield* problem(shell, silent, { letter, option, text: 'option requires an argument' });
}

interface Place {
  /** The number of the word, from 1. */
  readonly index: number;
  readonly word: string;
  /** The index of the next letter in the word. */
  readonly at: number;
}

/** The place of the next letter; undefined at the end of the options, after which a `--` is skipped. */
function placeOf(shell: Shell, words: readonly string[]): Place | undefined {
  const index = Math.max(Number(getParameter(shell, 'OPTIND') ?? 1) || 1, 1);
  const word = words[index - 1];
  if (word === undefined) setIndex(shell, words.length + 1, 0);
  if (word === '--') setIndex(shell, index + 1, 0);
  if (word === undefined || word === '--' || !/^-./.test(word)) return undefined;
  // OPTIND counts words, so the position within a word of several letters is kept separately.
  const at = shell.optionIndex > 0 && shell.optionIndex < word.length ? shell.optionIndex : 1;
  return { index, word, at };
}

/** The kind of an option in `a:bc`: a colon if it takes a value, an empty string if not; undefined for other letters. */
function colonsAfter(letters: string, letter: string): ':' | '' | undefined {
  const own = letters.replace(/^:/, '');
  const place = letter === ':' ? -1 : own.indexOf(letter);
  if (place < 0) return undefined;
  return own.charAt(place + 1) === ':' ? ':' : '';
}

interface Problem {
  readonly letter: string;
  readonly option: string;
  readonly text: string;
}

function* problem(shell: Shell, silent: boolean, { letter, option, text }: Problem): Task<Result> {
  if (silent) return { option, value: letter, status: 0 };
  if (getParameter(shell, 'OPTERR') !== '0') {
    yield* printError(shell, `${shell.zero}: ${text} -- ${letter}\n`);
  }
  return { option, value: undefined, status: 0 };
}

function setIndex(shell: Shell, index: number, place: number): void {
  const variable = shell.variables.get('OPTIND') ?? createVariable();
  variable.value = String(index);
  shell.variables.set('OPTIND', variable);
  shell.optionIndex = place;
}
