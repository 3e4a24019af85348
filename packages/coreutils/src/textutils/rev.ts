// rev.ts — rev(1) and tac(1).
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { parseOptions } from '../options.ts';
import type { Tool } from '../tool.ts';
import { flushIfFull, quoteShell, tool } from '../tool.ts';
import { eachLine, eachText, splitLines } from './filter.ts';

export const rev: Program = tool(function* main(t: Tool): Task<number> {
  const { operands } = parseOptions(t, {});
  return yield* eachLine(
    t,
    operands,
    (line, terminated) => {
      t.out.put(line.split('').toReversed().join('') + (terminated ? '\n' : ''));
      return flushIfFull(t);
    },
    { openMessage: (name, why) => `cannot open ${name}: ${why}` },
  );
});

export const tac: Program = tool(function* main(t: Tool): Task<number> {
  const { operands } = parseOptions(t, {
    refused: 'brs',
    refusedLong: ['before', 'regex', 'separator'],
  });
  return yield* eachText(
    t,
    operands,
    ({ text }) => {
      for (const line of splitLines(text).toReversed()) t.out.put(line);
      return flushIfFull(t);
    },
    { openMessage: (name, why) => `failed to open ${quoteShell(name)} for reading: ${why}` },
  );
});
