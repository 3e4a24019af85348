// head.ts — head(1).
import { toBinary } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import type { OpenFile, Program } from '@dmsim/vfs';

import { readBytes, readWhole } from '../lines.ts';
import { parseOptions } from '../options.ts';
import type { Tool } from '../tool.ts';
import { flushIfFull, tool } from '../tool.ts';
import type { Amount } from './amount.ts';
import { AMOUNT_OPTIONS, amountOf } from './amount.ts';
import { headersOf, showEach } from './titled-files.ts';

/** Rewrites the old form `head -5` to `-n 5`. */
function modern(t: Tool): string[] {
  const [first = '', ...rest] = t.args;
  const match = /^-(\d+)([bkmcqvz]*)l?$/.exec(first);
  if (match === null) return [...t.args];
  const [, number = '', flags = ''] = match;
  const scale = /[bkm]/.exec(flags)?.[0];
  const quiet = flags
    .split('')
    .filter((f) => 'qvz'.includes(f))
    .map((f) => `-${f}`);
  const unit = /[cbkm]/.test(flags) ? '-c' : '-n';
  const suffix = scale === undefined ? '' : scale === 'b' ? 'b' : scale.toUpperCase();
  return [unit, number + suffix, ...quiet, ...rest];
}

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, AMOUNT_OPTIONS, modern(t));
  const amount = amountOf(t, options);
  const headers = headersOf(options.given);
  return yield* showEach(t, options.operands, headers, (file) => headOf(t, file, amount));
}

function* headOf(t: Tool, file: OpenFile, amount: Amount): Task<Errno | undefined> {
  if (amount.sign === '-') return yield* allBut(t, file, amount);
  return amount.unit === 'bytes'
    ? yield* headBytes(t, file, amount.count)
    : yield* headLines(t, file, amount);
}

const BUFFER = 8192;

function* headBytes(t: Tool, file: OpenFile, count: number): Task<Errno | undefined> {
  for (let left = count; left > 0;) {
    const bytes = yield* readBytes(t, file, Math.min(left, BUFFER));
    if (typeof bytes === 'string') return bytes;
    if (bytes.length === 0) break;
    left -= bytes.length;
    t.out.put(toBinary(bytes));
    yield* flushIfFull(t);
  }
  return undefined;
}

/** Prints the first lines. In a seekable file it then seeks back behind them, for the next reader. */
function* headLines(
  t: Tool,
  file: OpenFile,
  { count, delimiter }: Amount,
): Task<Errno | undefined> {
  for (let left = count; left > 0;) {
    const bytes = yield* readBytes(t, file, BUFFER);
    if (typeof bytes === 'string') return bytes;
    if (bytes.length === 0) break;
    const text = toBinary(bytes);
    let end = 0;
    while (left > 0) {
      const at = text.indexOf(delimiter, end);
      if (at < 0) break;
      end = at + 1;
      left--;
    }
    t.out.put(left > 0 ? text : text.slice(0, end));
    if (left === 0 && end < text.length) file.seek(end - text.length, 'current');
    yield* flushIfFull(t);
  }
  return undefined;
}

function* allBut(
  t: Tool,
  file: OpenFile,
  { unit, count, delimiter }: Amount,
): Task<Errno | undefined> {
  const text = yield* readWhole(t, file);
  if (typeof text !== 'string') return text.errno;
  if (unit === 'bytes') t.out.put(text.slice(0, Math.max(0, text.length - count)));
  else t.out.put(text.slice(0, startOfLastLines(text, count, delimiter)));
  return undefined;
}

/** Returns the start of the last `count` lines. A last line without a newline counts. */
export function startOfLastLines(text: string, count: number, delimiter: string): number {
  if (count === 0) return text.length;
  let at = text.endsWith(delimiter) ? text.length - 1 : text.length;
  for (let left = count; left > 0; left--) {
    if (at <= 0) return 0;
    at = text.lastIndexOf(delimiter, at - 1);
    if (at < 0) return 0;
  }
  return at + 1;
}

export const head: Program = tool(main);
