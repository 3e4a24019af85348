// account-io.ts — An I/O of dm in the statistics of its disk, and of dm-stats. Mirrors dm.c: dm_start_io_acct, dm_end_io_acct.
import type { ReqOp } from '@dmsim/block';
import { accountDone, accountStart, BLK_STS, REQ_OP, isWrite } from '@dmsim/block';

import type { MappedDevice } from './mapped-device.ts';
import { countEnd, countStart } from './stats/count.ts';
import type { CountedIo } from './stats/count.ts';
import type { DmIo } from './target-type.ts';
import { DM_IO } from './target-type.ts';

/** From the moment it arrived, once it is on its way. */
export function startAccount(md: MappedDevice, io: DmIo): void {
  if ((io.flags & DM_IO.ACCOUNTED) !== 0) return;
  io.flags |= DM_IO.ACCOUNTED;
  const { orig } = io;
  if (orig.op > REQ_OP.WRITE || md.stats !== null) startUnusual(md, io);
  else accountStart(orig.dev.stats, io, orig.op);
}

/** An I/O that a target ends itself, without a device below, is counted if it succeeded. */
export function endAccount(md: MappedDevice, io: DmIo): void {
  if ((io.flags & DM_IO.ACCOUNTED) === 0) {
    if (io.status !== BLK_STS.OK) return;
    startAccount(md, io);
  }
  const { orig } = io;
  if (orig.op > REQ_OP.WRITE || md.stats !== null) endUnusual(md, io);
  else accountDone(md.sim, orig.dev.stats, io, orig.op, io.nrSectors);
}

/** A flush counts as a write that carries nothing. */
const accountedOp = (op: ReqOp): ReqOp => (op === REQ_OP.FLUSH ? REQ_OP.WRITE : op);

function startUnusual({ stats }: MappedDevice, io: DmIo): void {
  const { dev, op } = io.orig;
  accountStart(dev.stats, io, accountedOp(op));
  if (stats !== null && countStart(stats, countedIo(io))) io.flags |= DM_IO.MERGED;
}

function endUnusual({ sim, stats }: MappedDevice, io: DmIo): void {
  const { dev, op } = io.orig;
  accountDone(sim, dev.stats, io, accountedOp(op), io.nrSectors);
  if (stats === null) return;
  const merged = (io.flags & DM_IO.MERGED) !== 0;
  countEnd(stats, countedIo(io), { startedAt: io.startedAt, merged });
}

const countedIo = ({ orig, sector, nrSectors }: DmIo): CountedIo => ({
  write: isWrite(orig.op),
  sector,
  nrSectors: orig.op === REQ_OP.FLUSH ? 0 : nrSectors,
});
