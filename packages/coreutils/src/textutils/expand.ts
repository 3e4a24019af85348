// expand.ts — expand(1): replaces tabs by blanks.
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { parseOptions } from '../options.ts';
import type { Tool } from '../tool.ts';
import { fail, flushIfFull, quote, tool } from '../tool.ts';
import { eachLine } from './filter.ts';

export const expand: Program = tool(function* main(t: Tool): Task<number> {
  const { has, value, operands } = parseOptions(t, {
    short: 'it:',
    long: { initial: 'i', tabs: 't:' },
    refused: '0123456789',
  });
  const stops = (value('t') ?? '8').split(/[ ,]+/).map((word) => stopOf(t, word));
  return yield* eachLine(t, operands, (line, terminated) => {
    t.out.put(expanded(line, stops, has('i')) + (terminated ? '\n' : ''));
    return flushIfFull(t);
  });
});

function stopOf(t: Tool, word: string): number {
  if (!/^\d+$/.test(word))
    fail(t, `tab size contains invalid character(s): ${quote(t, word.replace(/^\d+/, ''))}`);
  if (Number(word) === 0) fail(t, 'tab size cannot be 0');
  return Number(word);
}

/** A single stop is a distance. Several are columns, and a tab behind the last one becomes one blank. */
function expanded(line: string, stops: readonly number[], initialOnly: boolean): string {
  const [every = 8] = stops;
  let text = '';
  let leading = true;
  for (const char of line) {
    if (char !== ' ' && char !== '\t') leading = false;
    if (char !== '\t' || (initialOnly && !leading)) {
      text += char;
      continue;
    }
    const next =
      stops.length === 1
        ? (Math.floor(text.length / every) + 1) * every
        : (stops.find((stop) => stop > text.length) ?? text.length + 1);
    text = text.padEnd(next);
  }
  return text;
}
