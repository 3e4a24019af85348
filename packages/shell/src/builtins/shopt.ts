// shopt.ts — shopt [-pqsu] [-o] [option …]
import type { Task } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';

import { complain, printOutput } from '../messages.ts';
import {
  changeShopt,
  SET_OPTIONS,
  setOptions,
  shoptOption,
  shoptOptions,
  shoptValue,
} from '../shell-options.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt } from './internal-getopt.ts';

type Letters = ReadonlySet<string>;
type Setting = readonly [name: string, on: boolean];

export const shopt: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'opqsu' });
  if (typeof parsed === 'number') return parsed;
  const { operands: names } = parsed;
  const letters = new Set(parsed.given.map(([key]) => key));
  if (letters.has('s') && letters.has('u')) {
    yield* complain(shell, 'shopt: cannot set and unset shell options simultaneously');
    return 1;
  }
  if (names.length === 0) return yield* printSettings(shell, letters);
  let status = 0;
  for (const name of names) {
    const one = yield* letters.has('o')
      ? setOptionOne(shell, name, letters)
      : shoptOne(shell, name, letters);
    if (one !== 0) status = 1;
  }
  return status;
};

/** All options; with -s or -u, those that are on or off. */
function* printSettings(shell: Shell, letters: Letters): Task<number> {
  const all = letters.has('o') ? setOptions(shell) : shoptOptions(shell);
  const shown = all.filter(([, on]) => (!letters.has('s') || on) && !(letters.has('u') && on));
  if (letters.has('q')) return 0;
  return yield* printOutput(
    shell,
    'shopt',
    shown.map((setting) => settingText(setting, letters)).join(''),
  );
}

function settingText([name, on]: Setting, letters: Letters): string {
  if (!letters.has('p')) return `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`;
  return letters.has('o')
    ? `set ${on ? '-' : '+'}o ${name}\n`
    : `shopt ${on ? '-s' : '-u'} ${name}\n`;
}

/** Sets, unsets or shows one option. Its status is 1 if it is only asked about, and off. */
function* shoptOne(shell: Shell, name: string, letters: Letters): Task<number> {
  const option = shoptOption(name);
  if (option === undefined) {
    yield* complain(shell, `shopt: ${name}: invalid shell option name`);
    return 1;
  }
  const wanted = letters.has('s');
  if (wanted || letters.has('u')) {
    changeShopt(shell, name, wanted);
    return 0;
  }
  return yield* show(shell, [name, shoptValue(shell, option)], letters);
}

/** `shopt -o`: an option of `set -o`. */
function* setOptionOne(shell: Shell, name: string, letters: Letters): Task<number> {
  const setting = setOptions(shell).find(([known]) => known === name);
  if (setting === undefined) {
    yield* complain(shell, `shopt: ${name}: invalid option name`);
    return letters.has('s') || letters.has('u') ? 0 : 1;
  }
  const wanted = letters.has('s');
  if (!wanted && !letters.has('u')) return yield* show(shell, setting, letters);
  const flag = SET_OPTIONS[name]?.flag;
  if (flag !== undefined) shell.flags[flag] = wanted;
  else if (wanted !== setting[1])
    throw new NotSupported(shell.file, shell.line, `shopt ${wanted ? '-so' : '-uo'} ${name}`);
  return 0;
}

function* show(shell: Shell, setting: Setting, letters: Letters): Task<number> {
  if (!letters.has('q')) yield* printOutput(shell, 'shopt', settingText(setting, letters));
  return setting[1] ? 0 : 1;
}
