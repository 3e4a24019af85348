// comm.ts — comm(1): compares two sorted files, in three columns.
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { LineReader, openInput } from '../lines.ts';
import type { Options } from '../options.ts';
import { parseOptions } from '../options.ts';
import type { Tool } from '../tool.ts';
import {
  Failure,
  fail,
  failUsage,
  flushIfFull,
  quote,
  quoteIfNeeded,
  tool,
  warn,
} from '../tool.ts';

interface Side {
  readonly reader: LineReader;
  readonly name: string;
  readonly number: 1 | 2;
  line: string | undefined;
  /** The line before `line`; at the end of the file, the last two lines stay in `before` and `earlier`. */
  before: string | undefined;
  earlier: string | undefined;
  unordered: boolean;
}

interface Check {
  readonly order: 'check' | 'nocheck' | 'usual';
  /** Without --check-order, the order is checked only after a line had no partner. */
  seenUnpaired: boolean;
}

function* main(t: Tool): Task<number> {
  const { given, has, operands } = parseOptions(t, {
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
  const delimiter = delimiterOf(t, given);
  const end = has('z') ? '\0' : '\n';
  const a = yield* openSide(t, first, 1, end);
  const b = yield* openSide(t, second, 2, end);
  const columns = createColumns(delimiter, has);
  const check: Check = { order: orderOf(given), seenUnpaired: false };
  while (a.line !== undefined || b.line !== undefined) {
    const order = compare(a.line, b.line);
    putLine(t, columns[COLUMN_BY_ORDER[order + 1] ?? 0], order <= 0 ? a.line : b.line, end);
    if (order !== 0) check.seenUnpaired = true;
    if (order <= 0) yield* advance(t, a, check);
    if (order >= 0) yield* advance(t, b, check);
    yield* flushIfFull(t);
  }
  const totals = columns.map(({ total }) => total);
  if (has('total')) t.out.put(`${totals.join(delimiter)}${delimiter}total${end}`);
  if (!a.unordered && !b.unordered) return 0;
  yield* warn(t, 'input is not in sorted order');
  return 1;
}

/** The last of both options counts. */
export function orderOf(given: Options['given']): 'check' | 'nocheck' | 'usual' {
  const asked = given.findLast(([key]) => key === 'check' || key === 'nocheck')?.[0] ?? 'usual';
  return asked as 'check' | 'nocheck' | 'usual';
}

/** An empty --output-delimiter is a NUL, as for the real comm. */
function delimiterOf(t: Tool, given: Options['given']): string {
  const texts = given.filter(([key]) => key === 'delimiter').map(([, text]) => text);
  if (new Set(texts).size > 1) fail(t, 'multiple output delimiters specified');
  return texts[0] === '' ? '\0' : (texts[0] ?? '\t');
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

function putLine(t: Tool, column: Column | undefined, line: string | undefined, end: string): void {
  if (column === undefined) return;
  column.total++;
  if (!column.hidden) t.out.put(`${column.before}${line ?? ''}${end}`);
}

/** Compares two lines: -1, 0 or 1. Undefined, for a file that has ended, comes last. */
function compare(a: string | undefined, b: string | undefined): number {
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function* openSide(t: Tool, name: string, number: 1 | 2, delimiter: string): Task<Side> {
  const file = yield* openInput(t, name);
  if (typeof file === 'string') fail(t, `${quoteIfNeeded(name)}: ${strerror(file)}`);
  const reader = new LineReader(t, file, { delimiter });
  const line = yield* readLine(t, reader, name);
  return { reader, name, number, line, before: undefined, earlier: undefined, unordered: false };
}

function* readLine(t: Tool, reader: LineReader, name: string): Task<string | undefined> {
  const line = yield* reader.next();
  if (reader.error !== undefined) fail(t, `${quoteIfNeeded(name)}: ${strerror(reader.error)}`);
  return line;
}

/** At the end of a file, its last two lines are compared again, since only now a line may have had no partner. */
function* advance(t: Tool, side: Side, check: Check): Task<void> {
  side.earlier = side.before;
  side.before = side.line;
  side.line = yield* readLine(t, side.reader, side.name);
  if (check.order === 'nocheck' || side.unordered) return;
  if (check.order === 'usual' && !check.seenUnpaired) return;
  const [old, next] =
    side.line === undefined ? [side.earlier, side.before] : [side.before, side.line];
  if (old === undefined || next === undefined || next >= old) return;
  side.unordered = true;
  const message = `file ${side.number} is not in sorted order`;
  if (check.order === 'check') throw new Failure(`${t.name}: ${message}\n`, 1);
  yield* warn(t, message);
}

export const comm: Program = tool(main);
