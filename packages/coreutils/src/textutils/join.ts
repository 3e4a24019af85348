// join.ts — join(1): joins the lines of two sorted files that share a field.
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
import { orderOf } from './comm.ts';

type Number12 = 1 | 2;

/** A field of -o: its file, 1 or 2, and its place, counted from 0. File 0 means the shared field. */
interface Field {
  readonly file: 0 | Number12;
  readonly index: number;
}

interface Line {
  readonly text: string;
  readonly fields: readonly string[];
  readonly key: string;
  /** The place of the shared field. */
  readonly at: number;
}

interface Side {
  readonly number: Number12;
  readonly name: string;
  readonly index: number;
  readonly reader: LineReader;
  line: Line | undefined;
  lineNumber: number;
  unordered: boolean;
}

interface Look {
  readonly separator: string | undefined;
  readonly ignoreCase: boolean;
  readonly order: 'check' | 'nocheck' | 'usual';
  readonly unpaired: ReadonlySet<Number12>;
  readonly paired: boolean;
  readonly format: readonly Field[] | undefined;
  readonly empty: string;
  /** Without --check-order, the order is checked only after a line had no partner. */
  seenUnpaired: boolean;
}

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, {
    short: 'a:e:ij:o:t:v:1:2:z',
    long: { 'ignore-case': 'i', 'check-order': 'check', 'nocheck-order': 'nocheck' },
    refused: 'z',
    refusedLong: ['header', 'zero-terminated'],
  });
  const look = lookOf(t, options);
  const [first, second, extra] = options.operands;
  if (first === undefined) failUsage(t, 'missing operand');
  if (second === undefined) failUsage(t, `missing operand after ${quote(t, first)}`);
  if (extra !== undefined) failUsage(t, `extra operand ${quote(t, extra)}`);
  const index = (number: Number12): number =>
    fieldNumber(t, options.value(String(number)) ?? options.value('j') ?? '1');
  const a = yield* openSide(t, look, { number: 1, name: first, index: index(1) });
  const b = yield* openSide(t, look, { number: 2, name: second, index: index(2) });
  while (a.line !== undefined && b.line !== undefined) yield* step(t, look, a, b);
  yield* drain(t, look, a);
  yield* drain(t, look, b);
  if (!a.unordered && !b.unordered) return 0;
  yield* warn(t, 'input is not in sorted order');
  return 1;
}

/** Takes the lesser of two lines, or all lines of both files with the same field. */
function* step(t: Tool, look: Look, a: Side, b: Side): Task<void> {
  const order = compare(look, (a.line as Line).key, (b.line as Line).key);
  if (order !== 0) {
    const side = order < 0 ? a : b;
    if (look.unpaired.has(side.number)) yield* putUnpaired(t, look, side);
    yield* advance(t, look, side);
    // Only the lines that are read from here on are checked.
    look.seenUnpaired = true;
    return;
  }
  const [left, right] = [yield* group(t, look, a), yield* group(t, look, b)];
  if (!look.paired) return;
  for (const one of left) {
    for (const other of right) {
      put(t, look, one, other);
      yield* flushIfFull(t);
    }
  }
}

function* group(t: Tool, look: Look, side: Side): Task<Line[]> {
  const { key } = side.line as Line;
  const lines: Line[] = [];
  while (side.line !== undefined && compare(look, side.line.key, key) === 0) {
    lines.push(side.line);
    yield* advance(t, look, side);
  }
  return lines;
}

function* drain(t: Tool, look: Look, side: Side): Task<void> {
  while (side.line !== undefined) {
    if (look.unpaired.has(side.number)) yield* putUnpaired(t, look, side);
    yield* advance(t, look, side);
  }
}

function* putUnpaired(t: Tool, look: Look, { number, line }: Side): Task<void> {
  put(t, look, number === 1 ? line : undefined, number === 2 ? line : undefined);
  yield* flushIfFull(t);
}

function put(t: Tool, look: Look, a: Line | undefined, b: Line | undefined): void {
  const { format, empty, separator = ' ' } = look;
  const key = (a ?? b)?.key ?? '';
  const filled = (field: string | undefined): string =>
    field === undefined || field === '' ? empty : field;
  const words =
    format === undefined
      ? [key, ...others(a), ...others(b)]
      : format.map(({ file, index }) => (file === 0 ? key : (file === 1 ? a : b)?.fields[index]));
  t.out.put(`${words.map(filled).join(separator)}\n`);
}

/** All fields except the shared one. */
const others = (line: Line | undefined): readonly string[] =>
  line === undefined ? [] : line.fields.toSpliced(line.at, 1);

function compare({ ignoreCase }: Look, a: string, b: string): number {
  const [x, y] = ignoreCase ? [a.toUpperCase(), b.toUpperCase()] : [a, b];
  return x < y ? -1 : x > y ? 1 : 0;
}

interface Place {
  readonly number: Number12;
  readonly name: string;
  readonly index: number;
}

function* openSide(t: Tool, look: Look, { number, name, index }: Place): Task<Side> {
  const file = yield* openInput(t, name);
  if (typeof file === 'string') fail(t, `${quoteIfNeeded(name)}: ${strerror(file)}`);
  const reader = new LineReader(t, file);
  const side: Side = {
    number,
    name,
    index,
    reader,
    line: undefined,
    lineNumber: 0,
    unordered: false,
  };
  yield* advance(t, look, side);
  return side;
}

function* advance(t: Tool, look: Look, side: Side): Task<void> {
  const before = side.line;
  const text = yield* side.reader.next();
  if (side.reader.error !== undefined) fail(t, `read error: ${strerror(side.reader.error)}`);
  side.lineNumber++;
  if (text === undefined) {
    side.line = undefined;
    return;
  }
  const fields = fieldsOf(text, look.separator);
  side.line = { text, fields, key: fields[side.index] ?? '', at: side.index };
  if (before === undefined || look.order === 'nocheck' || side.unordered) return;
  if (look.order === 'usual' && !look.seenUnpaired) return;
  if (compare(look, before.key, side.line.key) <= 0) return;
  side.unordered = true;
  const message = `${side.name}:${side.lineNumber}: is not sorted: ${text}`;
  if (look.order === 'check') throw new Failure(`${t.name}: ${message}\n`, 1);
  yield* warn(t, message);
}

function fieldsOf(text: string, separator: string | undefined): string[] {
  if (separator !== undefined) return separator === '' ? [text] : text.split(separator);
  const trimmed = text.replace(/^[ \t]+/, '');
  return trimmed === '' ? [] : trimmed.split(/[ \t]+/);
}

function lookOf(t: Tool, { given, has, value }: Options): Look {
  const fileOf = (word: string): Number12 => {
    if (word === '1') return 1;
    return word === '2' ? 2 : fail(t, `invalid file number: ${quote(t, word)}`);
  };
  const files = given.filter(([key]) => key === 'a' || key === 'v').map(([, word]) => fileOf(word));
  const separator = value('t');
  if (separator !== undefined && separator.length > 1 && separator !== '\\0')
    fail(t, `multi-character tab ${quote(t, separator)}`);
  const format = value('o');
  return {
    separator,
    ignoreCase: has('i'),
    order: orderOf(given),
    unpaired: new Set(files),
    paired: !has('v'),
    format:
      format === undefined ? undefined : format.split(/[ \t,]+/).map((word) => fieldOf(t, word)),
    empty: value('e') ?? '',
    seenUnpaired: false,
  };
}

/** Parses a field of -o: `0`, `1.2`. */
function fieldOf(t: Tool, word: string): Field {
  if (word === '0') return { file: 0, index: 0 };
  const [, file, index = ''] = /^([12])\.(.*)$/.exec(word) ?? [];
  if (file === undefined) fail(t, `invalid field specifier: ${quote(t, word)}`);
  return { file: file === '1' ? 1 : 2, index: fieldNumber(t, index) };
}

function fieldNumber(t: Tool, word: string): number {
  if (!/^\d+$/.test(word) || Number(word) === 0) fail(t, `invalid field number: ${quote(t, word)}`);
  return Number(word) - 1;
}

export const join: Program = tool(main);
