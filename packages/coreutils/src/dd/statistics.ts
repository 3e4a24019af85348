// statistics.ts — Prints dd's final statistics: records, bytes, time.
import type { Conversion } from '@dmsim/libc';
import { formatFloat } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';

import { humanRate, humanReadable } from '../human-readable.ts';
import { complain } from '../tool.ts';
import type { Copy } from './copy-state.ts';

function* printRecords(copy: Copy): Task<void> {
  const { t, o, fullIn, partialIn, fullOut, partialOut } = copy;
  if (o.status === 'none') return;
  yield* complain(t, `${fullIn}+${partialIn} records in\n${fullOut}+${partialOut} records out\n`);
  const { truncated } = copy.conversion;
  if (truncated > 0)
    yield* complain(t, `${truncated} truncated record${truncated === 1 ? '' : 's'}\n`);
}

export function* printStatistics(copy: Copy): Task<void> {
  const { t, o, bytes, started } = copy;
  yield* printRecords(copy);
  if (o.status === 'none' || o.status === 'noxfer') return;
  const elapsed = t.context.sim.now - started;
  const noun = bytes === 1 ? 'byte' : 'bytes';
  const sizes = [humanSize(bytes, 1000), humanSize(bytes, 1024)];
  // A size below the first unit says no more than the bytes do.
  const others = sizes.filter((size) => !size.endsWith(' B'));
  const human = others.length === 0 ? '' : ` (${others.join(', ')})`;
  yield* complain(
    t,
    `${bytes} ${noun}${human} copied, ${timeText(elapsed)}, ${rate(bytes, elapsed)}\n`,
  );
}

const SECONDS: Conversion = { flags: '', width: 0, precision: 6, letter: 'g' };

const timeText = (elapsed: number): string => `${formatFloat(elapsed / 1e9, SECONDS)} s`;

function rate(bytes: number, elapsed: number): string {
  if (elapsed === 0) return 'Infinity B/s';
  const { number, power } = humanRate(BigInt(bytes), BigInt(elapsed), 1000);
  return `${number} ${UNITS[1000][power]}/s`;
}

const UNITS = {
  1000: ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'],
  1024: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'],
} as const;

/** Formats a size in bytes as `4.1 kB` or `4.0 KiB`. */
export function humanSize(bytes: number, base: 1000 | 1024): string {
  const { number, power } = humanReadable(BigInt(bytes), { base, rounding: 'nearest' });
  return `${number} ${UNITS[base][power]}`;
}
