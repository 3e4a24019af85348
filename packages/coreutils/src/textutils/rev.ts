// rev.ts — rev(1) and tac(1).
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { parseOptions } from '../options.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { flushIfFull, quoteShell, tool } from '../tool.ts';
import { eachLine, eachText } from './filter.ts';

export const rev: Program = tool(function* main(t: Tool): Task<number> {
  const { operands } = parseOptions(t, { refused: 'hV' });
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
  const { has, value, operands } = parseOptions(t, {
    short: 'bs:',
    long: { before: 'b', separator: 's:' },
    refused: 'r',
    refusedLong: ['regex'],
  });
  const separator = value('s') ?? '\n';
  if (separator === '') refuse(t, "-s ''");
  return yield* eachText(
    t,
    operands,
    ({ text }) => {
      for (const record of recordsOf(text, separator, has('b')).toReversed()) t.out.put(record);
      return flushIfFull(t);
    },
    { openMessage: (name, why) => `failed to open ${quoteShell(name)} for reading: ${why}` },
  );
});

/** Each record has its separator at its end, or in front of it. */
function recordsOf(text: string, separator: string, before: boolean): string[] {
  const records: string[] = [];
  let from = 0;
  for (
    let at = text.indexOf(separator);
    at >= 0;
    at = text.indexOf(separator, at + separator.length)
  ) {
    const end = before ? at : at + separator.length;
    if (end > from) records.push(text.slice(from, end));
    from = end;
  }
  if (from < text.length) records.push(text.slice(from));
  return records;
}
