// nl.ts — nl(1), without logical pages.
import { compileRegex } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { parseOptions } from '../options.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { failUsage, flushIfFull, quote, tool } from '../tool.ts';
import { eachLine } from './filter.ts';

function chooser(t: Tool, style: string): (line: string) => boolean {
  if (style === 'a') return () => true;
  if (style === 't') return (line) => line !== '';
  if (style === 'n') return () => false;
  if (!style.startsWith('p'))
    return failUsage(t, `invalid body numbering style: ${quote(t, style)}`);
  const regex = compileRegex(style.slice(1), { extended: false });
  return (line) => regex.test(line);
}

export const nl: Program = tool(function* main(t: Tool): Task<number> {
  const { value, operands } = parseOptions(t, {
    short: 'b:i:n:s:v:w:',
    long: {
      'body-numbering': 'b:',
      'line-increment': 'i:',
      'number-format': 'n:',
      'number-separator': 's:',
      'starting-line-number': 'v:',
      'number-width': 'w:',
    },
    refused: 'dfhlp',
    refusedLong: [
      'section-delimiter',
      'footer-numbering',
      'header-numbering',
      'join-blank-lines',
      'no-renumber',
    ],
  });
  const numbered = chooser(t, value('b') ?? 't');
  const width = Number(value('w') ?? 6);
  const separator = value('s') ?? '\t';
  const format = value('n') ?? 'rn';
  const step = Number(value('i') ?? 1);
  let number = Number(value('v') ?? 1);
  return yield* eachLine(t, operands, (line) => {
    if (/^(?:\\:){1,3}$/.test(line)) refuse(t, 'logical pages');
    if (numbered(line)) {
      const digits = String(number);
      const shown =
        format === 'ln'
          ? digits.padEnd(width)
          : digits.padStart(width, format === 'rz' ? '0' : ' ');
      t.out.put(`${shown}${separator}${line}\n`);
      number += step;
    } else t.out.put(`${' '.repeat(width + separator.length)}${line}\n`);
    return flushIfFull(t);
  });
});
