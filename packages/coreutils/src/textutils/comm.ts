// comm.ts — comm(1): compares two sorted files, in three columns.
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { LineReader, openInput } from '../lines.ts';
import { parseOptions } from '../options.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, flushIfFull, quote, quoteIfNeeded, tool, warn } from '../tool.ts';

interface Side {
  readonly reader: LineReader;
  readonly number: 1 | 2;
  line: string | undefined;
  unordered: boolean;
}

function* main(t: Tool): Task<number> {
  const { has, value, operands } = parseOptions(t, {
    short: '123z',
    long: {
      'check-order': 'check',
      'nocheck-order': 'nocheck',
      'output-delimiter': 'delimiter:',
      'zero-terminated': 'z',
      total: 'total',
    },
  });
  const [first, second] = twoFiles(t, operands);
  const a = yield* openSide(t, first, 1);
  const b = yield* openSide(t, second, 2);
  const delimiter = value('delimiter') ?? '\t';
  const columns = createColumns(delimiter, has);
  while (a.line !== undefined || b.line !== undefined) {
    const order = compare(a.line, b.line);
    putLine(t, columns[COLUMN_BY_ORDER[order + 1] ?? 0], order <= 0 ? a.line : b.line);
    if (order <= 0) yield* advance(t, a, !has('nocheck'));
    if (order >= 0) yield* advance(t, b, !has('nocheck'));
    yield* flushIfFull(t);
  }
  const totals = columns.map(({ total }) => total);
  if (has('total')) t.out.put(`${totals.join(delimiter)}${delimiter}total\n`);
  if (!a.unordered && !b.unordered) return 0;
  yield* warn(t, 'input is not in sorted order');
  return 1;
}

function twoFiles(t: Tool, operands: readonly string[]): readonly [string, string] {
  const [first, second, extra] = operands;
  if (first === undefined) failUsage(t, 'missing operand');
  if (second === undefined) failUsage(t, `missing operand after ${quote(t, first)}`);
  if (extra !== undefined) failUsage(t, `extra operand ${quote(t, extra)}`);
  return [first, second];
}

/** The index of the column for an order of -1, 0, 1: only in the first file, in both, only in the second. */
const COLUMN_BY_ORDER = [0, 2, 1];

interface Column {
  /** -1, -2 or -3 left it out. */
  readonly hidden: boolean;
  /** The delimiters of the columns before it that are shown. */
  readonly before: string;
  total: number;
}

function createColumns(delimiter: string, has: (key: string) => boolean): Column[] {
  let before = '';
  return ['1', '2', '3'].map((key) => {
    const column = { hidden: has(key), before, total: 0 };
    if (!column.hidden) before += delimiter;
    return column;
  });
}

function putLine(t: Tool, column: Column | undefined, line = ''): void {
  if (column === undefined) return;
  column.total++;
  if (!column.hidden) t.out.put(`${column.before}${line}\n`);
}

/** Compares two lines: -1, 0 or 1. Undefined, for a file that has ended, comes last. */
function compare(a: string | undefined, b: string | undefined): number {
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function* openSide(t: Tool, name: string, number: 1 | 2): Task<Side> {
  const file = yield* openInput(t, name);
  if (typeof file === 'string') fail(t, `${quoteIfNeeded(name)}: ${strerror(file)}`);
  const reader = new LineReader(t, file);
  return { reader, number, line: yield* reader.next(), unordered: false };
}

function* advance(t: Tool, side: Side, check: boolean): Task<void> {
  const before = side.line;
  side.line = yield* side.reader.next();
  if (!check || side.unordered || side.line === undefined || before === undefined) return;
  if (side.line >= before) return;
  side.unordered = true;
  yield* warn(t, `file ${side.number} is not in sorted order`);
}

export const comm: Program = tool(main);
