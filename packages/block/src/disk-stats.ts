// disk-stats.ts — I/O accounting. Mirrors block/genhd.c: part_stat_show and block/blk-core.c: bio_start_io_acct.
import type { Nanos } from '@dmsim/sim';

import type { ReqOp } from './op.ts';
import { REQ_OP } from './op.ts';

/** Index of a direction in the arrays below (enum stat_group); of reads and writes it is the operation's own number. */
const READ = 0;
const WRITE = 1;
const DISCARD = 2;
const FLUSH = 3;

export interface DiskStats {
  readonly ios: [number, number, number, number];
  readonly sectors: [number, number, number, number];
  readonly ns: [number, number, number, number];
  inFlight: number;
  busySince: Nanos;
  busyNs: Nanos;
}

export function createDiskStats(): DiskStats {
  return {
    ios: [0, 0, 0, 0],
    sectors: [0, 0, 0, 0],
    ns: [0, 0, 0, 0],
    inFlight: 0,
    busySince: 0,
    busyNs: 0,
  };
}

function statGroup(op: ReqOp): 0 | 1 | 2 | 3 {
  switch (op) {
    case REQ_OP.READ:
      return READ;
    case REQ_OP.WRITE:
    case REQ_OP.WRITE_ZEROES:
      return WRITE;
    case REQ_OP.DISCARD:
    case REQ_OP.SECURE_ERASE:
      return DISCARD;
    case REQ_OP.FLUSH:
      return FLUSH;
  }
}

export function accountStart(stats: DiskStats, now: Nanos): void {
  if (stats.inFlight++ === 0) stats.busySince = now;
}

// oxlint-disable-next-line max-params -- once per I/O: no object for it
export function accountDone(
  stats: DiskStats,
  op: ReqOp,
  nrSectors: number,
  start: Nanos,
  now: Nanos,
): void {
  const group = op <= WRITE ? (op as 0 | 1) : statGroup(op);
  stats.ios[group]++;
  stats.sectors[group] += nrSectors;
  stats.ns[group] += now - start;
  if (--stats.inFlight === 0) stats.busyNs += now - stats.busySince;
}

const ms = (ns: Nanos): number => Math.floor(ns / 1e6);

/**
 * /sys/block/X/stat: 17 numbers, right-aligned in 8 columns and one space between:
 * reads merged sectors ms, writes merged sectors ms, in_flight io_ticks time_in_queue, discards merged sectors ms, flushes ms
 */
export function formatDiskStats(stats: DiskStats, now: Nanos): string {
  const busy = stats.busyNs + (stats.inFlight > 0 ? now - stats.busySince : 0);
  const { ios, sectors, ns } = stats;
  const numbers = [
    ...[READ, WRITE].flatMap((g) => [ios[g], 0, sectors[g], ms(ns[g] ?? 0)]),
    stats.inFlight,
    ms(busy),
    ms(ns[READ] + ns[WRITE] + ns[DISCARD] + ns[FLUSH]),
    ios[DISCARD],
    0,
    sectors[DISCARD],
    ms(ns[DISCARD]),
    ios[FLUSH],
    ms(ns[FLUSH]),
  ];
  return `${numbers.map((n) => String(n).padStart(8)).join(' ')}\n`;
}
