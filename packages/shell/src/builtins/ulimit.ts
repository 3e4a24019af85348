// ulimit.ts — ulimit -n: how many files a process may have open, which nothing here comes near.
import { NotSupported } from '@dmsim/sim';

import { printOutput } from '../messages.ts';
import type { Builtin } from './builtin.ts';

/** The soft and the hard limit of Linux, which all other limits are refused for. */
const OPEN_FILES: Readonly<Record<string, string>> = { '-n': '1024', '-Sn': '1024', '-Hn': '4096' };

export const ulimit: Builtin = function* (shell, args) {
  const shown = args.length === 2 ? OPEN_FILES[args[1] ?? ''] : undefined;
  if (shown === undefined) throw new NotSupported(shell.file, shell.line, args.join(' '));
  return yield* printOutput(shell, 'ulimit', `${shown}\n`);
};
