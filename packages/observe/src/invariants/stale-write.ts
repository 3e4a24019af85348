// stale-write.ts — No write reaches a medium after its retry was acknowledged.
//
// A write that hangs on one path is tried on another and acknowledged. If the array carries the first one out after that, it
// overwrites whatever was written in between, and no one is told.
import { BLK_STS, BLOCK_TRACE, REQ_OP } from '@dmsim/block';
import { DM_TRACE, END_IO_VERDICTS } from '@dmsim/dm';

import type { TraceEvent } from '../trace-event.ts';
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import { devText, instantText, rangeText } from './violation.ts';

const DONE = END_IO_VERDICTS.indexOf('done');
/** The most retried writes whose ends are remembered; the oldest are forgotten first. */
const MAX_RETRIED = 100_000;

function start({ report }: WatchedRun): Check {
  /** Writes that a target took back from a path: whether they have been acknowledged since. */
  const retried = new Map<number, boolean>();

  const tookBack = ({ id, op, extra: verdict }: TraceEvent): void => {
    if (verdict === DONE || op !== REQ_OP.WRITE) return;
    retried.set(id, false);
    if (retried.size > MAX_RETRIED) retried.delete(retried.keys().next().value as number);
  };
  const landed = ({ id, at, dev, sector, nrSectors }: TraceEvent): void => {
    if (retried.get(id) !== true) return;
    const range = rangeText(sector, nrSectors);
    const message = `bio ${id} is written to ${range} through ${devText(dev)} ${instantText(at)} though it was acknowledged before, through another path`;
    report({ message, at, bioId: id, dev });
  };
  return {
    see(event) {
      if (event.point === DM_TRACE.dm_end_io.code) tookBack(event);
      else if (retried.size === 0) return;
      else if (event.point === BLOCK_TRACE.block_landed.code) landed(event);
      else if (retried.has(event.id)) retried.set(event.id, event.extra === BLK_STS.OK);
    },
  };
}

export const staleWrite: Invariant = {
  name: 'no write lands after its retry was acknowledged',
  meaning: 'Old data silently overwrites newer data.',
  points: [
    DM_TRACE.dm_end_io.code,
    BLOCK_TRACE.block_bio_complete.code,
    BLOCK_TRACE.block_landed.code,
  ],
  start,
};
