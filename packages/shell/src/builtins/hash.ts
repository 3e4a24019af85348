// hash.ts — hash [-r] [name …]: where the shell remembers programs to be.
import { NotSupported } from '@dmsim/sim';

import { complain, printOutput } from '../messages.ts';
import { findProgram } from '../run/programs.ts';
import type { Builtin } from './builtin.ts';

export const hash: Builtin = function* (shell, args) {
  const [, ...words] = args;
  if (words[0] === '-r') {
    shell.hashed.clear();
    words.shift();
  } else if (words.length === 0) {
    if (shell.hashed.size === 0)
      return yield* printOutput(shell, 'hash', 'hash: hash table empty\n');
    throw new NotSupported(shell.file, shell.line, 'hash without a name');
  }
  let status = 0;
  for (const name of words) {
    if (name.startsWith('-')) throw new NotSupported(shell.file, shell.line, `hash ${name}`);
    const found = findProgram(shell, name);
    if (found.kind === 'program') shell.hashed.set(name, found.path);
    else {
      yield* complain(shell, `hash: ${name}: not found`);
      status = 1;
    }
  }
  return status;
};
