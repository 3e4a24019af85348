// touch.ts — touch(1): creates missing files. Options that set times are refused, since files have no times here.
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';
import { isMemoryFile } from '@dmsim/vfs';

import { closeFile } from '../lines.ts';
import { parseOptions } from '../options.ts';
import { lookup, openPath } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { failUsage, quoteShell, tool, warn } from '../tool.ts';

export const touch: Program = tool(function* main(t: Tool): Task<number> {
  const { has, operands } = parseOptions(t, {
    short: 'acfhm',
    long: { 'no-create': 'c', 'no-dereference': 'h' },
    refused: 'drt',
    refusedLong: ['date', 'reference', 'time'],
  });
  if (operands.length === 0) failUsage(t, 'missing file operand');
  let status = 0;
  for (const name of operands) {
    const node = lookup(t, name);
    if (has('c') && (node === 'ENOENT' || typeof node !== 'string')) continue;
    // One that is there is opened for writing, too, which those notice who watch it.
    if (typeof node !== 'string' && !isMemoryFile(node)) continue;
    const file = yield* openPath(t, name, { read: false, write: true, create: true });
    if (typeof file === 'string') {
      status = 1;
      const why = file === 'EISDIR' ? 'ENOENT' : file;
      yield* warn(t, `cannot touch ${quoteShell(name)}: ${strerror(why)}`);
    } else closeFile(t, file);
  }
  return status;
});
