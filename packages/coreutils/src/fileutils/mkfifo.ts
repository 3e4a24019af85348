// mkfifo.ts — mkfifo(1): makes named pipes.
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';
import { createFifo } from '@dmsim/vfs';

import { parseOptions } from '../options.ts';
import { resolve } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, quoteShell, tool, warn } from '../tool.ts';
import { changeMode } from './mode.ts';

const PERMISSIONS = 0o777;

export const mkfifo: Program = tool(function* main(t: Tool): Task<number> {
  const { value, operands } = parseOptions(t, {
    short: 'm:',
    long: { mode: 'm:' },
    refused: 'Z',
    refusedLong: ['context'],
  });
  if (operands.length === 0) failUsage(t, 'missing operand');
  const mode = fifoMode(t, value('m'));
  let status = 0;
  for (const name of operands) {
    const found = resolve(t, name, { follow: false });
    const error =
      typeof found === 'string'
        ? found
        : found.node === undefined
          ? found.parent.link(found.name, createFifo(mode))
          : 'EEXIST';
    if (error === undefined) continue;
    status = 1;
    yield* warn(t, `cannot create fifo ${quoteShell(name)}: ${strerror(error)}`);
  }
  return status;
});

/** The mode that `-m` gives. */
export function fifoMode(t: Tool, given: string | undefined): number {
  const { umask } = t.process;
  const mode =
    given === undefined ? 0o666 & ~umask : changeMode(given, 0o666, { isDirectory: false, umask });
  if (mode === undefined) fail(t, 'invalid mode');
  if (mode > PERMISSIONS) fail(t, 'mode must specify only file permission bits');
  return mode;
}
