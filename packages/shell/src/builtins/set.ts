// set.ts — set [-+aefuxCE] [-+o option] [--] [parameter …]
import type { Task } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';

import { variablesText } from '../all-variables.ts';
import { complain, printOutput } from '../messages.ts';
import { changeOption, flagOfLetter, setOptions } from '../shell-options.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { invalidOption } from './usage.ts';

/** Option letters that have no effect in this shell. */
const HARMLESS = /^[hbH]$/;

export const set: Builtin = function* (shell, args) {
  if (args.length === 1) return yield* printOutput(shell, 'set', variablesText(shell));
  const words = args.slice(1);
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '+') continue;
    if (!/^[-+]./.test(word) || word === '--') {
      setPositional(shell, word, words);
      return 0;
    }
    const status = yield* setLetters(shell, word, words);
    if (status !== 0) return status;
  }
  return 0;
};

/** `--` sets the parameters to what follows, even if it is nothing; `-` ends tracing, and keeps them if nothing follows. */
function setPositional(shell: Shell, word: string, rest: readonly string[]): void {
  if (word === '-') shell.flags.xtrace = false;
  if (word === '-' && rest.length === 0) return;
  shell.positional = word === '-' || word === '--' ? rest : [word, ...rest];
}

/** Sets the options of one word, such as `-euo`; an `o` in it takes its name from `rest`. */
function* setLetters(shell: Shell, word: string, rest: string[]): Task<number> {
  const on = word.startsWith('-');
  for (const letter of word.slice(1)) {
    if (letter === 'o') {
      const status = yield* setNamed(shell, rest.shift(), on);
      if (status !== 0) return status;
    } else if (!setLetter(shell, letter, on)) {
      return yield* invalidOption(shell, 'set', `${word.charAt(0)}${letter}`);
    }
  }
  return 0;
}

function setLetter(shell: Shell, letter: string, on: boolean): boolean {
  const flag = flagOfLetter(letter);
  if (flag !== undefined) shell.flags[flag] = on;
  else if (/^[BPknptv]$/.test(letter)) {
    if (on !== (letter === 'B'))
      throw new NotSupported(shell.file, shell.line, `set ${on ? '-' : '+'}${letter}`);
  } else return HARMLESS.test(letter);
  return true;
}

function* setNamed(shell: Shell, name: string | undefined, on: boolean): Task<number> {
  if (name === undefined) return yield* printOptions(shell, on);
  if (changeOption(shell, name, on)) return 0;
  yield* complain(shell, `set: ${name}: invalid option name`);
  return 2;
}

function* printOptions(shell: Shell, table: boolean): Task<number> {
  const lines = setOptions(shell).map(([name, on]) =>
    table ? `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n` : `set ${on ? '-' : '+'}o ${name}\n`,
  );
  return yield* printOutput(shell, 'set', lines.join(''));
}
