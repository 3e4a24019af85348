// umask.ts — umask without a mode prints the mask, which is always 0022.
import { NotSupported } from '@dmsim/sim';

import { printOutput } from '../messages.ts';
import type { Builtin } from './builtin.ts';

export const umask: Builtin = function* (shell, args) {
  const [, mode] = args;
  if (mode === '-S') return yield* printOutput(shell, 'umask', 'u=rwx,g=rx,o=rx\n');
  if (mode === '-p') return yield* printOutput(shell, 'umask', 'umask 0022\n');
  if (mode === undefined) return yield* printOutput(shell, 'umask', '0022\n');
  if (/^0*22$/.test(mode)) return 0;
  throw new NotSupported(shell.file, shell.line, `umask ${mode}`);
};
