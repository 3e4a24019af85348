// wc.ts — wc(1).
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { OpenFile, Program } from '@dmsim/vfs';
import { isMemoryFile } from '@dmsim/vfs';

import { closeFile, openInput, readBytes } from '../lines.ts';
import type { Options, OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { lookup, openedNode } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { quote, quoteIfNeeded, tool, warn } from '../tool.ts';

const SPEC: OptionSpec = {
  short: 'clLmw',
  long: { bytes: 'c', chars: 'm', lines: 'l', words: 'w', 'max-line-length': 'L' },
  refusedLong: ['debug', 'files0-from', 'total'],
};

interface Counts {
  lines: number;
  words: number;
  chars: number;
  bytes: number;
  longest: number;
}

const zero = (): Counts => ({ lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 });

function* main(t: Tool): Task<number> {
  const options = parseOptions(t, SPEC);
  const { operands } = options;
  const shown = columnsOf(options);
  const names = operands.length === 0 ? [''] : operands;
  const width = columnWidth(t, names, shown.length);
  const total = zero();
  const read = counterOf(shown);
  const linesAlone = shown.every((key) => key === 'lines' || key === 'bytes');
  let status = 0;
  const put = (counts: Counts, name: string): void => {
    const columns = shown.map((key) => String(counts[key]).padStart(width)).join(' ');
    t.out.put(`${columns}${name === '' ? '' : ` ${name}`}\n`);
  };
  for (const name of names) {
    const file = yield* openInput(t, name === '' ? '-' : name);
    const counts = zero();
    const error = typeof file === 'string' ? file : yield* read(t, file, counts);
    if (error !== undefined) {
      status = 1;
      // The fast way of counting lines adds them up at the end only.
      if (linesAlone) counts.lines = 0;
      yield* warn(
        t,
        `${name === '' ? quote(t, 'standard input') : quoteIfNeeded(name)}: ${strerror(error)}`,
      );
    }
    if (typeof file === 'string') continue;
    closeFile(t, file);
    put(counts, name);
    addTo(total, counts);
  }
  if (names.length > 1) put(total, 'total');
  return status;
}

const COLUMNS: readonly (readonly [key: string, count: keyof Counts])[] = [
  ['l', 'lines'],
  ['w', 'words'],
  ['m', 'chars'],
  ['c', 'bytes'],
  ['L', 'longest'],
];

/** The columns that options ask for, always in this order; lines, words and bytes without any. */
function columnsOf({ has, given }: Options): (keyof Counts)[] {
  const wanted = (key: string): boolean => (given.length === 0 ? 'lwc'.includes(key) : has(key));
  return COLUMNS.filter(([key]) => wanted(key)).map(([, count]) => count);
}

function addTo(total: Counts, counts: Counts): void {
  for (const key of ['lines', 'words', 'chars', 'bytes'] as const) total[key] += counts[key];
  total.longest = Math.max(total.longest, counts.longest);
}

/** The width of the sum of all sizes; at least 7 if one is not a regular file, and 1 for a single number. */
function columnWidth(t: Tool, names: readonly string[], columns: number): number {
  if (names.length === 1 && columns === 1) return 1;
  let sum = 0;
  let least = 1;
  for (const name of names) {
    const node = name === '' || name === '-' ? openedNode(t, 0) : lookup(t, name);
    if (typeof node === 'string') continue;
    if (node.kind === 'file') sum += node.size();
    else least = 7;
  }
  return Math.max(least, String(sum).length);
}

const PAGE = 4096;

/**
 * The bytes of a file that need not be read to be counted, which it moves past: all, or if the file ends with a page, as files
 * do that only say so, those before the last.
 */
function bytesWithoutReading(t: Tool, file: OpenFile): number {
  const node = lookup(t, file.path);
  const at = file.seek(0, 'current');
  if (typeof node === 'string' || !isMemoryFile(node) || typeof at === 'string') return 0;
  const size = node.size();
  const end = size % PAGE === 0 ? size - (size % (PAGE + 1)) : size;
  if (at >= end) return 0;
  file.seek(end, 'set');
  return end - at;
}

type Counter = (t: Tool, file: OpenFile, counts: Counts) => Task<Errno | undefined>;

const counterOf = (shown: readonly (keyof Counts)[]): Counter =>
  shown.length === 1 && shown[0] === 'bytes' ? countBytes : count;

function* countBytes(t: Tool, file: OpenFile, counts: Counts): Task<Errno | undefined> {
  counts.bytes = bytesWithoutReading(t, file);
  return yield* count(t, file, counts);
}

function* count(t: Tool, file: OpenFile, counts: Counts): Task<Errno | undefined> {
  let inWord = false;
  let column = 0;
  for (;;) {
    const bytes = yield* readBytes(t, file, 16384);
    if (typeof bytes === 'string') return bytes;
    if (bytes.length === 0) break;
    counts.bytes += bytes.length;
    for (const byte of bytes) {
      const space = byte === 32 || (byte >= 9 && byte <= 13);
      if (!t.utf8 || (byte & 0xc0) !== 0x80) counts.chars++;
      if (byte === 10) counts.lines++;
      if (!space && !inWord) counts.words++;
      inWord = !space;
      column = nextColumn(counts, column, byte);
    }
  }
  counts.longest = Math.max(counts.longest, column);
  return undefined;
}

function nextColumn(counts: Counts, column: number, byte: number): number {
  if (byte === 10 || byte === 12 || byte === 13) {
    counts.longest = Math.max(counts.longest, column);
    return 0;
  }
  if (byte === 9) return column + 8 - (column % 8);
  return byte >= 32 && byte < 127 ? column + 1 : column;
}

export const wc: Program = tool(main);
