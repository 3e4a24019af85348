// tail.ts — tail(1), without -f.
import type { Errno, Task } from '@dmsim/sim';
import type { OpenFile, Program } from '@dmsim/vfs';

import { startOfLastLines } from './head.ts';
import { readWhole } from './lines.ts';
import { parseSize } from './numbers.ts';
import type { OptionSpec } from './options.ts';
import { parseOptions } from './options.ts';
import { headersOf, showEach } from './titled-files.ts';
import type { Tool } from './tool.ts';
import { fail, quote, tool } from './tool.ts';

const SPEC: OptionSpec = {
  short: 'c:n:qvz',
  long: {
    bytes: 'c:',
    lines: 'n:',
    quiet: 'q',
    silent: 'q',
    verbose: 'v',
    'zero-terminated': 'z',
  },
  refused: 'fFs',
  refusedLong: ['follow', 'retry', 'pid', 'sleep-interval', 'max-unchanged-stats'],
};

interface Amount {
  readonly unit: 'lines' | 'bytes';
  readonly count: number;
  /** `+N`: print from line or byte N on. */
  readonly fromStart: boolean;
  readonly delimiter: string;
}

/** Rewrites the old forms `tail -5`, `tail +5` and `tail -5c`. */
function modern(t: Tool): string[] {
  const [first = '', ...rest] = t.args;
  const match = /^([-+])(\d+)([cl]?)$/.exec(first);
  if (match === null || (match[1] === '+' && rest.length > 1)) return [...t.args];
  const sign = match[1] === '+' ? '+' : '';
  return [match[3] === 'c' ? '-c' : '-n', sign + (match[2] ?? ''), ...rest];
}

function* main(t: Tool): Task<number> {
  const { given, has, operands } = parseOptions(t, SPEC, modern(t));
  const delimiter = has('z') ? '\0' : '\n';
  let amount: Amount = { unit: 'lines', count: 10, fromStart: false, delimiter };
  for (const [key, value] of given) {
    if (key === 'c' || key === 'n') amount = { ...parseAmount(t, key, value), delimiter };
  }
  return yield* showEach(t, operands, headersOf(given), (file) => tailOf(t, file, amount));
}

function parseAmount(t: Tool, key: string, value: string): Omit<Amount, 'delimiter'> {
  const unit = key === 'c' ? 'bytes' : 'lines';
  const count = parseSize(value.replace(/^[-+]/, ''), 'b');
  if (count === undefined) fail(t, `invalid number of ${unit}: ${quote(t, value)}`);
  return { unit, count, fromStart: value.startsWith('+') };
}

function* tailOf(t: Tool, file: OpenFile, amount: Amount): Task<Errno | undefined> {
  const text = yield* readWhole(t, file);
  if (typeof text !== 'string') return text.errno;
  t.out.put(text.slice(startOf(text, amount)));
  return undefined;
}

function startOf(text: string, { unit, count, fromStart, delimiter }: Amount): number {
  if (unit === 'bytes')
    return fromStart ? Math.max(0, count - 1) : Math.max(0, text.length - count);
  if (!fromStart) return startOfLastLines(text, count, delimiter);
  let at = 0;
  for (let line = 1; line < count; line++) {
    const end = text.indexOf(delimiter, at);
    if (end < 0) return text.length;
    at = end + 1;
  }
  return at;
}

export const tail: Program = tool(main);
