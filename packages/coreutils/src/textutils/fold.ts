// fold.ts — fold(1).
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { parseOptions } from '../options.ts';
import type { Tool } from '../tool.ts';
import { fail, flushIfFull, quote, tool } from '../tool.ts';
import { eachLine } from './filter.ts';

export const fold: Program = tool(function* main(t: Tool): Task<number> {
  const args = t.args.map((arg) => (/^-\d+$/.test(arg) ? `-w${arg.slice(1)}` : arg));
  const { has, value, operands } = parseOptions(
    t,
    { short: 'bsw:', long: { bytes: 'b', spaces: 's', width: 'w:' } },
    args,
  );
  const text = value('w') ?? '80';
  if (!/^[1-9]\d*$/.test(text)) {
    const why = /^0+$/.test(text) ? ': Numerical result out of range' : '';
    fail(t, `invalid number of columns: ${quote(t, text)}${why}`);
  }
  return yield* eachLine(t, operands, (line, terminated) => {
    const pieces = foldLine(line, { width: Number(text), bytes: has('b'), spaces: has('s') });
    t.out.put(pieces.join('\n') + (terminated ? '\n' : ''));
    return flushIfFull(t);
  });
});

interface Shape {
  readonly width: number;
  readonly bytes: boolean;
  readonly spaces: boolean;
}

function foldLine(line: string, { width, bytes, spaces }: Shape): string[] {
  const pieces: string[] = [];
  let piece = '';
  let column = 0;
  const advance = (at: number, c: string): number => {
    if (bytes) return at + 1;
    if (c === '\t') return at + 8 - (at % 8);
    if (c === '\b') return Math.max(0, at - 1);
    return c === '\r' ? 0 : at + 1;
  };
  const columnOf = (text: string): number => text.split('').reduce(advance, 0);
  for (const c of line) {
    if (advance(column, c) > width && piece !== '') {
      const blank = spaces ? piece.search(/[ \t][^ \t]*$/) : -1;
      const cut = blank < 0 ? piece.length : blank + 1;
      pieces.push(piece.slice(0, cut));
      piece = piece.slice(cut);
      column = columnOf(piece);
    }
    piece += c;
    column = advance(column, c);
  }
  pieces.push(piece);
  return pieces;
}
