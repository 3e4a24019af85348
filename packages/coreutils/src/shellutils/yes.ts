// yes.ts — yes(1).
import { fromBinary } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { parseOptions } from '../options.ts';
import type { Tool } from '../tool.ts';
import { breathe, tool } from '../tool.ts';

export const yes: Program = tool(function* main(t: Tool): Task<number> {
  const { operands } = parseOptions(t, {});
  const line = `${operands.length === 0 ? 'y' : operands.join(' ')}\n`;
  const block = fromBinary(line.repeat(Math.max(1, Math.floor(8192 / line.length))));
  for (;;) {
    yield* breathe(t);
    yield* t.out.write(block);
  }
});
