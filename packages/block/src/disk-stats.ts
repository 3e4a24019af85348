// disk-stats.ts — I/O accounting. Mirrors block/genhd.c: part_stat_show and block/blk-core.c: bio_start_io_acct.
import type { Nanos, Sim } from '@dmsim/sim';

import type { ReqOp } from './op.ts';
import { REQ_OP } from './op.ts';

/** Totals of one direction (enum stat_group), counting I/O that has ended. */
export interface IoTotals {
  ios: number;
  /** Bios that became part of a neighbour's request. */
  merges: number;
  sectors: number;
  ns: Nanos;
}

export interface DiskStats {
  readonly read: IoTotals;
  readonly write: IoTotals;
  readonly discard: IoTotals;
  readonly flush: IoTotals;
  inFlight: number;
  /** The number of writes among them. */
  inFlightWrites: number;
  busySince: Nanos;
  busyNs: Nanos;
}

export function createDiskStats(): DiskStats {
  return {
    read: createTotals(),
    write: createTotals(),
    discard: createTotals(),
    flush: createTotals(),
    inFlight: 0,
    inFlightWrites: 0,
    busySince: 0,
    busyNs: 0,
  };
}

const createTotals = (): IoTotals => ({ ios: 0, merges: 0, sectors: 0, ns: 0 });

/** The totals of operations of this kind. */
export function totalsOf({ read, write, discard, flush }: DiskStats, op: ReqOp): IoTotals {
  switch (op) {
    case REQ_OP.READ:
      return read;
    case REQ_OP.WRITE:
    case REQ_OP.WRITE_ZEROES:
      return write;
    case REQ_OP.DISCARD:
    case REQ_OP.SECURE_ERASE:
      return discard;
    case REQ_OP.FLUSH:
      return flush;
  }
}

/** A request, or an I/O of dm. Its start time is read from the object, since passing it as an argument would box it. */
export interface Accounted {
  readonly startedAt: Nanos;
}

export function accountStart(stats: DiskStats, io: Accounted, op: ReqOp): void {
  stats.inFlightWrites += op & 1;
  if (++stats.inFlight === 1) stats.busySince = io.startedAt;
}

// oxlint-disable-next-line max-params -- once per I/O: no object for it
export function accountDone(
  sim: Sim,
  stats: DiskStats,
  io: Accounted,
  op: ReqOp,
  nrSectors: number,
): void {
  const { now } = sim;
  const totals = op === REQ_OP.WRITE ? stats.write : totalsOf(stats, op);
  totals.ios++;
  totals.sectors += nrSectors;
  totals.ns += now - io.startedAt;
  stats.inFlightWrites -= op & 1;
  if (--stats.inFlight === 0) stats.busyNs += now - stats.busySince;
}

const ms = (ns: Nanos): number => Math.floor(ns / 1e6);

/**
 * /sys/block/X/stat: 17 numbers, right-aligned in 8 columns and one space between:
 * reads merged sectors ms, writes merged sectors ms, in_flight io_ticks time_in_queue, discards merged sectors ms, flushes ms
 */
export function formatDiskStats(stats: DiskStats, now: Nanos): string {
  const busy = stats.busyNs + (stats.inFlight > 0 ? now - stats.busySince : 0);
  const { read, write, discard, flush } = stats;
  const numbers = [
    ...[read, write].flatMap(({ ios, merges, sectors, ns }) => [ios, merges, sectors, ms(ns)]),
    stats.inFlight,
    ms(busy),
    ms(read.ns + write.ns + discard.ns + flush.ns),
    discard.ios,
    discard.merges,
    discard.sectors,
    ms(discard.ns),
    flush.ios,
    ms(flush.ns),
  ];
  return `${numbers.map((n) => String(n).padStart(8)).join(' ')}\n`;
}
