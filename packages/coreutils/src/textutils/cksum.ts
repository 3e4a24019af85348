// cksum.ts — cksum(1): the CRC of POSIX, over the bytes of a file followed by the bytes of its length.
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { OpenFile, Program } from '@dmsim/vfs';

import { closeFile, openInput, readBytes } from '../lines.ts';
import { parseOptions } from '../options.ts';
import type { Tool } from '../tool.ts';
import { quoteIfNeeded, tool, warn } from '../tool.ts';

const POLYNOMIAL = 0x04c11db7;

const TABLE: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
  return crc;
});

const step = (crc: number, byte: number): number =>
  (crc << 8) ^ (TABLE[((crc >>> 24) ^ byte) & 0xff] ?? 0);

interface Sum {
  readonly crc: number;
  readonly length: number;
}

function* sumOf(t: Tool, file: OpenFile): Task<Sum | Errno> {
  let crc = 0;
  let length = 0;
  for (;;) {
    const bytes = yield* readBytes(t, file, 65536);
    if (typeof bytes === 'string') return bytes;
    if (bytes.length === 0) break;
    for (const byte of bytes) crc = step(crc, byte);
    length += bytes.length;
  }
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) crc = step(crc, rest % 256);
  return { crc: ~crc >>> 0, length };
}

export const cksum: Program = tool(function* main(t: Tool): Task<number> {
  const { operands } = parseOptions(t, {
    refused: 'aczbltw',
    refusedLong: [
      'ignore-missing',
      'quiet',
      'status',
      'warn',
      'strict',
      'debug',
      'algorithm',
      'base64',
      'check',
      'length',
      'raw',
      'tag',
      'untagged',
      'zero',
    ],
  });
  let status = 0;
  for (const name of operands.length === 0 ? [null] : operands) {
    const file = yield* openInput(t, name ?? '-');
    const sum = typeof file === 'string' ? file : yield* sumOf(t, file);
    if (typeof file !== 'string') closeFile(t, file);
    if (typeof sum === 'string') {
      status = 1;
      yield* warn(t, `${quoteIfNeeded(name ?? '-')}: ${strerror(sum)}`);
    } else t.out.put(`${sum.crc} ${sum.length}${name === null ? '' : ` ${name}`}\n`);
  }
  return status;
});
