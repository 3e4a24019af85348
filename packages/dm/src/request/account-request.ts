// account-request.ts — A request in dm-stats, each time that it enters and leaves. Mirrors dm-rq.c: dm_start_request, rq_end_stats.
import { isWrite } from '@dmsim/block';

import { countEnd, countStart } from '../stats/count.ts';
import type { CountedIo } from '../stats/count.ts';
import type { RequestIo } from './request-io.ts';

export function startRequest(io: RequestIo): void {
  const { md } = io.ti.table;
  io.startedAt = md.sim.now;
  io.merged = md.stats !== null && countStart(md.stats, countedIo(io));
}

export function endStats(io: RequestIo): void {
  const { md } = io.ti.table;
  if (md.stats === null) return;
  const { sim, stats } = md;
  // Linux takes how long the request took for when it began: its times are those since the counter of ticks was 0.
  const coarselyStartedAt = sim.now - io.startedAt - TICKS_AT_BOOT;
  const { startedAt, merged } = io;
  countEnd(stats, countedIo(io), { startedAt, coarselyStartedAt, merged });
}

/** The counter of ticks begins five minutes before it overflows. */
const TICKS_AT_BOOT = (2 ** 32 - 300 * 250) * 4e6;

const countedIo = ({ context: { original } }: RequestIo): CountedIo => ({
  write: isWrite(original.bio.op),
  sector: original.bio.sector,
  nrSectors: original.bio.nrSectors,
});
