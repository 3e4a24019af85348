// statistics.ts — Prints dd's final statistics: records, bytes, time.
import type { Task } from '@dmsim/sim';

import { complain } from '../tool.ts';
import type { Copy } from './copy-state.ts';

function* printRecords({ t, o, fullIn, partialIn, fullOut, partialOut }: Copy): Task<void> {
  if (o.status === 'none') return;
  yield* complain(t, `${fullIn}+${partialIn} records in\n${fullOut}+${partialOut} records out\n`);
}

export function* printStatistics(copy: Copy): Task<void> {
  const { t, o, bytes, started } = copy;
  yield* printRecords(copy);
  if (o.status === 'none' || o.status === 'noxfer') return;
  const elapsed = (t.context.sim.now - started) / 1e9;
  const noun = bytes === 1 ? 'byte' : 'bytes';
  const human = bytes >= 1000 ? ` (${humanSize(bytes, 1000)}, ${humanSize(bytes, 1024)})` : '';
  const rate = elapsed === 0 ? 'Infinity B' : humanSize(bytes / elapsed, 1000);
  yield* complain(t, `${bytes} ${noun}${human} copied, ${formatElapsed(elapsed)} s, ${rate}/s\n`);
}

const formatElapsed = (elapsed: number): string =>
  elapsed === 0 ? '0' : String(Number(elapsed.toPrecision(6)));

/** Formats a size as `4.1 kB` or `4.0 KiB`, with one decimal below ten. Rounds to nearest, like human_readable(). */
export function humanSize(n: number, base: 1000 | 1024): string {
  const units = base === 1000 ? ['B', 'kB', 'MB', 'GB', 'TB'] : ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = n;
  let unit = 0;
  while (value >= base && unit < units.length - 1) {
    value /= base;
    unit++;
  }
  if (unit === 0) return `${Math.round(value)} B`;
  const text = value < 10 ? value.toFixed(1) : String(Math.round(value));
  return `${text} ${units[unit]}`;
}
