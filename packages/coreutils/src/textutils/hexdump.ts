// hexdump.ts — hexdump(1) (-C and the default), and hd(1).
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import { parseSize } from '../numbers.ts';
import { parseOptions } from '../options.ts';
import type { Tool } from '../tool.ts';
import { complain, fail, flushIfFull, tool } from '../tool.ts';
import { readNamed } from './filter.ts';

const hex = (n: number, width: number): string => n.toString(16).padStart(width, '0');

/** Parses an offset such as `0x10`, `020` or `1k`. */
function parseOffset(t: Tool, word: string): number {
  if (/^0x[\da-f]+$/i.test(word)) return Number(word);
  if (/^0[0-7]+$/.test(word)) return Number.parseInt(word, 8);
  const size = parseSize(word.replace(/k$/, 'K').replace(/m$/, 'M'), 'b');
  return size ?? fail(t, `failed to parse length: '${word}'`);
}

const dump = (canonicalAlways: boolean): Program =>
  tool(function* main(t: Tool): Task<number> {
    const { has, value, operands } = parseOptions(t, {
      short: 'Cn:s:v',
      long: { canonical: 'C', length: 'n:', skip: 's:', 'no-squeezing': 'v' },
      refused: 'bcdefLoxXVh',
      refusedLong: [
        'one-byte-octal',
        'one-byte-char',
        'two-bytes-decimal',
        'two-bytes-octal',
        'two-bytes-hex',
        'format',
        'format-file',
        'color',
      ],
    });
    let data = '';
    let opened = false;
    let status = 0;
    for (const name of operands.length === 0 ? ['-'] : operands) {
      const text = yield* readNamed(t, name);
      if (typeof text === 'string') {
        data += text;
        opened = true;
      } else {
        status = 1;
        yield* complain(t, `${t.name}: ${name}: ${strerror(text.errno)}\n`);
      }
    }
    if (!opened) fail(t, 'all input file arguments failed');
    const skip = parseOffset(t, value('s') ?? '0');
    const length = value('n');
    const end =
      length === undefined ? data.length : Math.min(data.length, skip + parseOffset(t, length));
    yield* dumpLines(t, data.slice(0, end), {
      skip,
      canonical: canonicalAlways || has('C'),
      all: has('v'),
    });
    return status;
  });

interface Style {
  readonly skip: number;
  readonly canonical: boolean;
  readonly all: boolean;
}

function* dumpLines(t: Tool, data: string, { skip, canonical, all }: Style): Task<void> {
  let before: string | undefined;
  let starred = false;
  for (let at = skip; at < data.length; at += 16) {
    const row = data.slice(at, at + 16);
    const same = !all && row === before && row.length === 16;
    if (!same) t.out.put(canonical ? canonicalRow(at, row) : wordsRow(at, row));
    else if (!starred) t.out.put('*\n');
    starred = same;
    before = row;
    yield* flushIfFull(t);
  }
  if (data.length > skip) t.out.put(`${hex(data.length, canonical ? 8 : 7)}\n`);
}

function canonicalRow(at: number, row: string): string {
  const bytes = Array.from({ length: 16 }, (_, i) =>
    i < row.length ? hex(row.charCodeAt(i), 2) : '  ',
  );
  const text = row.replace(/[^\x20-\x7e]/g, '.');
  return `${hex(at, 8)}  ${bytes.slice(0, 8).join(' ')}  ${bytes.slice(8).join(' ')}  |${text}|\n`;
}

function wordsRow(at: number, row: string): string {
  let text = hex(at, 7);
  for (let i = 0; i < 16; i += 2) {
    const value =
      i < row.length
        ? row.charCodeAt(i) | ((i + 1 < row.length ? row.charCodeAt(i + 1) : 0) << 8)
        : undefined;
    text += value === undefined ? '     ' : ` ${hex(value, 4)}`;
  }
  return `${text}\n`;
}

export const hexdump: Program = dump(false);
export const hd: Program = dump(true);
