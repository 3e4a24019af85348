// shopt.ts — shopt [-squ] option …
import type { Task } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';

import { complain, printOutput } from '../messages.ts';
import { SHOPT_OPTIONS } from '../shell-options.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { internalGetopt } from './internal-getopt.ts';

export const shopt: Builtin = function* (shell, args) {
  const parsed = yield* internalGetopt(shell, args, { short: 'qsu', refused: 'op' });
  if (typeof parsed === 'number') return parsed;
  const { operands: names } = parsed;
  const letters = new Set(parsed.given.map(([key]) => key));
  if (letters.has('s') && letters.has('u')) {
    yield* complain(shell, 'shopt: cannot set and unset shell options simultaneously');
    return 1;
  }
  if (names.length === 0) {
    throw new NotSupported(shell.file, shell.line, `shopt ${args.slice(1).join(' ')}`);
  }
  let status = 0;
  for (const name of names) if ((yield* shoptOne(shell, name, letters)) !== 0) status = 1;
  return status;
};

/** Sets, unsets or shows one option. Its status is 1 if it is only asked about, and off. */
function* shoptOne(shell: Shell, name: string, letters: ReadonlySet<string>): Task<number> {
  const flag = SHOPT_OPTIONS[name];
  if (flag === undefined) {
    if (/^[a-z_0-9]{5,}$/.test(name)) {
      throw new NotSupported(shell.file, shell.line, `shopt ${name}`);
    }
    yield* complain(shell, `shopt: ${name}: invalid shell option name`);
    return 1;
  }
  if (letters.has('s') || letters.has('u')) {
    shell.flags[flag] = letters.has('s');
    return 0;
  }
  const shown = shell.flags[flag] ? 'on' : 'off';
  if (!letters.has('q')) yield* printOutput(shell, 'shopt', `${name.padEnd(15)}\t${shown}\n`);
  return shell.flags[flag] ? 0 : 1;
}
