// accounting.ts — Counts a device's requests for query-blockstats. Mirrors block/accounting.c.
import type { Nanos, Sim } from '@dmsim/sim';

export type AccountedOp = 'rd' | 'wr' | 'flush' | 'unmap';

/** Counts requests by how long they took. */
export interface Histogram {
  /** Nanoseconds; a bin more than these counts what takes longer. */
  readonly boundaries: readonly number[];
  readonly bins: number[];
}

interface OpStats {
  bytes: number;
  operations: number;
  failed: number;
  /** Requests that the device refused, such as those beyond the end of the disk. */
  invalid: number;
  merged: number;
  totalTime: Nanos;
  /** Null unless someone has asked for it. */
  histogram: Histogram | null;
}

export interface BlockStats {
  readonly sim: Sim;
  readonly ops: Readonly<Record<AccountedOp, OpStats>>;
  /** When the last request ended; null before the first. */
  lastAccess: Nanos | null;
}

const none = (): OpStats => ({
  bytes: 0,
  operations: 0,
  failed: 0,
  invalid: 0,
  merged: 0,
  totalTime: 0,
  histogram: null,
});

export const createStats = (sim: Sim): BlockStats => ({
  sim,
  ops: { rd: none(), wr: none(), flush: none(), unmap: none() },
  lastAccess: null,
});

export interface Accounted {
  readonly op: AccountedOp;
  readonly bytes: number;
  /** When the device began the request. */
  readonly since: Nanos;
}

/**
 * Counts a finished request. One that failed with a reported error adds time but no operation; one that will be retried
 * adds neither.
 */
export function account(stats: BlockStats, { op, bytes, since }: Accounted, failed: boolean): void {
  const of = stats.ops[op];
  const { now } = stats.sim;
  of.totalTime += now - since;
  if (of.histogram !== null) countLatency(of.histogram, now - since);
  stats.lastAccess = now;
  if (failed) of.failed++;
  else {
    of.operations++;
    of.bytes += bytes;
  }
}

function countLatency({ boundaries, bins }: Histogram, latency: Nanos): void {
  const at = boundaries.findIndex((boundary) => latency < boundary);
  const bin = at < 0 ? boundaries.length : at;
  bins[bin] = (bins[bin] ?? 0) + 1;
}

export function accountInvalid(stats: BlockStats, op: AccountedOp): void {
  stats.ops[op].invalid++;
  stats.lastAccess = stats.sim.now;
}
