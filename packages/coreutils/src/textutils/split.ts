// split.ts — split(1): -l and -b.
import { fromBinary } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { closeFile } from '../lines.ts';
import { parseSize } from '../numbers.ts';
import { parseOptions } from '../options.ts';
import { writeAll } from '../output.ts';
import { openForWriting } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, quote, quoteIfNeeded, quoteShell, tool } from '../tool.ts';
import { readNamed, splitLines } from './filter.ts';

export const split: Program = tool(function* main(t: Tool): Task<number> {
  const args = t.args.map((arg) => (/^-\d+$/.test(arg) ? `-l${arg.slice(1)}` : arg));
  const { has, value, operands } = parseOptions(
    t,
    {
      short: 'a:b:dl:',
      long: {
        'suffix-length': 'a:',
        bytes: 'b:',
        'numeric-suffixes': 'd',
        lines: 'l:',
        'additional-suffix': 'additional:',
      },
      refused: 'CenturxN',
      refusedLong: [
        'unbuffered',
        'line-bytes',
        'number',
        'filter',
        'verbose',
        'separator',
        'elide-empty-files',
        'hex-suffixes',
      ],
    },
    args,
  );
  const [name = '-', prefix = 'x', extra] = operands;
  if (extra !== undefined) failUsage(t, `extra operand ${quote(t, extra)}`);
  const unit = has('b') ? 'bytes' : 'lines';
  const count = countOf(t, unit, value('b') ?? value('l') ?? '1000');
  const length = Number(value('a') ?? 2);
  const text = yield* readNamed(t, name);
  if (typeof text !== 'string') {
    fail(t, `cannot open ${quoteShell(name)} for reading: ${strerror(text.errno)}`);
  }
  const digits = has('d') ? '0123456789' : 'abcdefghijklmnopqrstuvwxyz';
  const after = value('additional') ?? '';
  for (const [i, piece] of cut(text, unit, count).entries()) {
    yield* writePiece(t, prefix + suffixOf(t, i, length, digits) + after, piece);
  }
  return 0;
});

function countOf(t: Tool, unit: string, given: string): number {
  const count = parseSize(given, 'b');
  if (count === undefined || count === 0) fail(t, `invalid number of ${unit}: ${quote(t, given)}`);
  return count;
}

function* writePiece(t: Tool, name: string, piece: string): Task<void> {
  const file = yield* openForWriting(t, name);
  if (typeof file === 'string') fail(t, `${quoteIfNeeded(name)}: ${strerror(file)}`);
  yield* writeAll(t.process, file, fromBinary(piece));
  closeFile(t, file);
}

function cut(text: string, unit: 'bytes' | 'lines', count: number): string[] {
  const pieces: string[] = [];
  if (unit === 'bytes') {
    for (let i = 0; i < text.length; i += count) pieces.push(text.slice(i, i + count));
  } else {
    const lines = splitLines(text);
    for (let i = 0; i < lines.length; i += count) pieces.push(lines.slice(i, i + count).join(''));
  }
  return pieces;
}

function suffixOf(t: Tool, index: number, length: number, digits: string): string {
  let suffix = '';
  let rest = index;
  for (let k = 0; k < length; k++) {
    suffix = digits.charAt(rest % digits.length) + suffix;
    rest = Math.floor(rest / digits.length);
  }
  if (rest > 0) fail(t, 'output file suffixes exhausted');
  return suffix;
}
