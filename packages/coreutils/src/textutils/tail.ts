// tail.ts — tail(1), without -f.
import type { Errno, Task } from '@dmsim/sim';
import type { OpenFile, Program } from '@dmsim/vfs';

import { readWhole } from '../lines.ts';
import type { OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import type { Tool } from '../tool.ts';
import { tool } from '../tool.ts';
import type { Amount } from './amount.ts';
import { AMOUNT_OPTIONS, amountOf } from './amount.ts';
import { startOfLastLines } from './head.ts';
import { headersOf, showEach } from './titled-files.ts';

const SPEC: OptionSpec = {
  ...AMOUNT_OPTIONS,
  refused: 'fFs',
  refusedLong: ['follow', 'retry', 'pid', 'sleep-interval', 'max-unchanged-stats'],
};

/** Rewrites the old forms `tail -5`, `tail +5` and `tail -5c`. */
function modern(t: Tool): string[] {
  const [first = '', ...rest] = t.args;
  const match = /^([-+])(\d+)([cl]?)$/.exec(first);
  if (match === null || (match[1] === '+' && rest.length > 1)) return [...t.args];
  const sign = match[1] === '+' ? '+' : '';
  return [match[3] === 'c' ? '-c' : '-n', sign + (match[2] ?? ''), ...rest];
}

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, SPEC, modern(t));
  const amount = amountOf(t, options);
  const headers = headersOf(options.given);
  return yield* showEach(t, options.operands, headers, (file) => tailOf(t, file, amount));
}

/** How much tail reads at once. */
const BLOCK = 8192;

function* tailOf(t: Tool, file: OpenFile, amount: Amount): Task<Errno | undefined> {
  const skipped = amount.unit === 'bytes' && skipBytes(file, amount);
  const text = yield* readWhole(t, file, BLOCK);
  if (typeof text !== 'string') return text.errno;
  t.out.put(skipped ? text : text.slice(startOf(text, amount)));
  return undefined;
}

/** Goes near what is wanted, if the file has positions. True if what is wanted begins there. */
function skipBytes(file: OpenFile, { count, sign }: Amount): boolean {
  if (sign === '+') return typeof file.seek(Math.max(0, count - 1), 'current') === 'number';
  const here = file.seek(0, 'current');
  if (typeof here === 'string') return false;
  const end = file.seek(0, 'end');
  file.seek(typeof end === 'string' ? here : Math.max(here, end - count), 'set');
  return false;
}

function startOf(text: string, { unit, count, sign, delimiter }: Amount): number {
  const fromStart = sign === '+';
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
