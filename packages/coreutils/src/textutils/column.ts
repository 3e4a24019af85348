// column.ts — column(1) of util-linux: `-t` makes a table.
import { strerror } from '@dmsim/sim';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { flushIfFull, tool, warn } from '../tool.ts';
import { readNamed } from './filter.ts';

const SPEC: OptionSpec = {
  short: 'to:s:',
  long: { table: 't', 'output-separator': 'o:', separator: 's:' },
  refused: 'JC:c:dE:eF:H:hi:l:LN:n:O:p:R:r:T:VW:x',
  refusedLong: (
    'columns fillrows input-separator json keep-empty-lines output-width table-columns table-columns-limit ' +
    'table-column table-empty-lines table-header-repeat table-hide table-maxout table-name table-noextreme ' +
    'table-noheadings table-order table-right table-truncate table-wrap tree tree-id tree-parent'
  ).split(' '),
};

export const column: Program = tool(function* main(t: Tool): Task<number> {
  const { has, value, operands } = parseOptions(t, SPEC);
  if (!has('t')) refuse(t, 'column without -t');
  const separator = value('s');
  const rows: string[][] = [];
  let read = 0;
  const names = operands.length === 0 ? [undefined] : operands;
  for (const name of names) {
    const text = yield* readNamed(t, name === '-' ? './-' : (name ?? '-'));
    if (typeof text !== 'string') yield* warn(t, `${name}: ${strerror(text.errno)}`);
    else {
      for (const row of rowsOf(text, separator)) rows.push(row);
      read++;
    }
  }
  yield* putTable(t, rows, value('o') ?? '  ');
  return read === 0 ? 1 : 0;
});

/** The cells of lines that are not blank. Blanks run together; separators that are asked for do not. */
const rowsOf = (text: string, separators: string | undefined): string[][] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) =>
      separators === undefined ? line.trim().split(/[ \t]+/) : cut(line, separators),
    );

function cut(line: string, separators: string): string[] {
  const cells = [''];
  for (const c of line)
    if (separators.includes(c)) cells.push('');
    else cells[cells.length - 1] += c;
  return cells;
}

/** All cells but those of the last column are as wide as their column. */
function* putTable(t: Tool, rows: readonly string[][], between: string): Task<void> {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  const count = widths.length;
  for (const row of rows) {
    const cells = widths.map((width, i) => (row[i] ?? '').padEnd(i === count - 1 ? 0 : width));
    t.out.put(`${cells.join(between)}\n`);
    yield* flushIfFull(t);
  }
}
