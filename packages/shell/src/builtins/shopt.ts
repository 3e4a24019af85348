// shopt.ts — shopt [-squ] option …
import { NotSupported } from '@dmsim/sim';

import { complain, printOutput } from '../messages.ts';
import { SHOPT_OPTIONS } from '../shell-options.ts';
import type { Builtin } from './builtin.ts';

export const shopt: Builtin = function* (shell, args) {
  const letters = args
    .slice(1)
    .filter((word) => word.startsWith('-'))
    .join('');
  const names = args.slice(1).filter((word) => !word.startsWith('-'));
  if (names.length === 0 || /[^-squ]/.test(letters)) {
    throw new NotSupported(shell.file, shell.line, `shopt ${args.slice(1).join(' ')}`);
  }
  let status = 0;
  for (const name of names) {
    const flag = SHOPT_OPTIONS[name];
    if (flag === undefined) {
      if (!/^[a-z_0-9]+$/.test(name) || name.length < 5) {
        yield* complain(shell, `shopt: ${name}: invalid shell option name`);
        status = 1;
        continue;
      }
      throw new NotSupported(shell.file, shell.line, `shopt ${name}`);
    }
    if (letters.includes('s')) shell.flags[flag] = true;
    else if (letters.includes('u')) shell.flags[flag] = false;
    else {
      if (!shell.flags[flag]) status = 1;
      const shown = shell.flags[flag] ? 'on' : 'off';
      if (!letters.includes('q'))
        yield* printOutput(shell, 'shopt', `${name.padEnd(15)}\t${shown}\n`);
    }
  }
  return status;
};
