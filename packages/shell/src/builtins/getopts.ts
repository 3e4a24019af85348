// getopts.ts — getopts letters name [argument …]
import type { Task } from '@dmsim/sim';

import { printError } from '../messages.ts';
import { getParameter, trySetVariable } from '../parameters.ts';
import type { Shell } from '../shell.ts';
import { createVariable } from '../variables.ts';
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
  return (yield* trySetVariable(shell, name, result.option)) ? result.status : 1;
};

const END: Result = { option: '?', value: undefined, status: 1 };

function* next(shell: Shell, letters: string, words: readonly string[]): Task<Result> {
  const index = Math.max(Number(getParameter(shell, 'OPTIND') ?? 1) || 1, 1);
  const word = words[index - 1];
  if (word === undefined || !/^-./.test(word)) return END;
  if (word === '--') {
    setIndex(shell, index + 1, 0);
    return END;
  }
  // OPTIND counts words, so the position within a word of several letters is kept separately.
  const at = shell.optionIndex > 0 && shell.optionIndex < word.length ? shell.optionIndex : 1;
  const letter = word.charAt(at);
  const last = at + 1 >= word.length;
  const place = letter === ':' ? -1 : letters.replace(/^:/, '').indexOf(letter);
  const silent = letters.startsWith(':');
  if (place < 0) {
    setIndex(shell, last ? index + 1 : index, last ? 0 : at + 1);
    return yield* problem(shell, silent, { letter, option: '?', text: 'illegal option' });
  }
  if (letters.replace(/^:/, '').charAt(place + 1) !== ':') {
    setIndex(shell, last ? index + 1 : index, last ? 0 : at + 1);
    return { option: letter, value: undefined, status: 0 };
  }
  const value = last ? words[index] : word.slice(at + 1);
  setIndex(shell, last && value !== undefined ? index + 2 : index + 1, 0);
  if (value !== undefined) return { option: letter, value, status: 0 };
  const option = silent ? ':' : '?';
  return yield* problem(shell, silent, { letter, option, text: 'option requires an argument' });
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
