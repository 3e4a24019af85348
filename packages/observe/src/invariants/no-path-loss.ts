// no-path-loss.ts — While a map queues without paths, and every suspend is noflush, the loss of paths fails no I/O.
//
// The kernel itself lets an error out, and this invariant keeps silent, if (dm.c, dm-mpath.c):
// - queueing was turned off by a message or by the time-out (fail_if_no_path, queue_if_no_path_timeout_secs);
// - the table that is live has no queue_if_no_path, or is no multipath at all (the error target of `remove --force`);
// - a suspend without noflush began: from presuspend on I/O without a path fails, until the resume;
// - a suspend was given up (a signal, or lock_fs failed): queueing stays off until the next resume or message;
// - the device shrank, and the I/O is past its new end;
// - the error is not one of paths: a medium error, a reservation conflict, an operation that is not supported.
// Once one of these was true while a bio was under way, it may fail: what went wrong then may surface later.
import { BIO_QUEUE, BLK_STS, BLOCK_TRACE, blkStatusName } from '@dmsim/block';
import type { BlkStatus } from '@dmsim/block';
import { DM_TRACE, SUSPEND_PHASES } from '@dmsim/dm';
import { MULTIPATH_TRACE, QUEUE_IF_NO_PATH_REASONS } from '@dmsim/multipath';

import { argumentsOf } from '../trace-event.ts';
import type { TraceEvent } from '../trace-event.ts';
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import { bioText, devText, instantText } from './violation.ts';

const PATH_ERRORS: ReadonlySet<number> = new Set([
  BLK_STS.TIMEOUT,
  BLK_STS.TRANSPORT,
  BLK_STS.RESOURCE,
  BLK_STS.IOERR,
  BLK_STS.DM_REQUEUE,
  BLK_STS.DEV_RESOURCE,
  BLK_STS.OFFLINE,
]);

/** The queueing that the administrator of a device asked for, and whether it is in force now. */
interface Pledge {
  /** By table: what its line or the last message asked for. */
  readonly wanted: Map<number, boolean>;
  table: number;
  suspend: 'none' | 'flush' | 'noflush';
  /** A suspend cleared the flag, and nothing has restored it. */
  lost: boolean;
  holds: boolean;
  /** How often it has ceased to hold. */
  broken: number;
  /** The sectors that the device has had all the time. */
  size: number;
}

function start({ report }: WatchedRun): Check {
  const promises = new Map<number, Pledge>();
  /** For each bio that was submitted while it held: the value of `broken` at that time. */
  const promised = new Map<number, number>();

  const submitted = ({ dev, id }: TraceEvent): void => {
    const promise = promises.get(dev);
    if (promise?.holds === true) promised.set(id, promise.broken);
  };
  const completed = (event: TraceEvent): void => {
    const { at, dev, id, extra: status } = event;
    const broken = promised.get(id);
    if (broken === undefined) return;
    promised.delete(id);
    const promise = promises.get(dev);
    if (!PATH_ERRORS.has(status) || promise === undefined || promise.broken !== broken) return;
    const bio = event.bio ?? event;
    if (bio.sector + bio.nrSectors > promise.size) return;
    const error = blkStatusName(status as BlkStatus);
    const message = `${bioText(bio)} ends with an error (${error}) ${instantText(at)} though ${devText(dev)} queues I/O without paths and no suspend was without noflush`;
    report({ message, at, bioId: id, dev });
  };
  return {
    see(event) {
      if (event.point === BLOCK_TRACE.block_bio_queue.code) {
        // A read-ahead may fail: the data is then read again, by a reader that waits for it.
        if (event.extra === BIO_QUEUE.NEW && promises.size > 0) submitted(event);
      } else if (event.point === BLOCK_TRACE.block_bio_complete.code) {
        if (promised.size > 0) completed(event);
      } else {
        update(promiseOf(promises, event.dev), event);
      }
    },
  };
}

function promiseOf(promises: Map<number, Pledge>, dev: number): Pledge {
  let promise = promises.get(dev);
  if (promise === undefined) {
    promise = {
      wanted: new Map(),
      table: 0,
      suspend: 'none',
      lost: false,
      holds: false,
      broken: 0,
      size: Infinity,
    };
    promises.set(dev, promise);
  }
  return promise;
}

function update(promise: Pledge, event: TraceEvent): void {
  switch (event.point) {
    case MULTIPATH_TRACE.mpath_queue_if_no_path.code:
      asked(promise, event);
      break;
    case DM_TRACE.dm_suspend.code:
      suspended(promise, event);
      break;
    case DM_TRACE.dm_resume.code:
      promise.suspend = 'none';
      promise.lost = false;
      break;
    case DM_TRACE.dm_swap_table.code: {
      const { table, size } = argumentsOf(event, DM_TRACE.dm_swap_table);
      promise.table = table;
      promise.size = Math.min(promise.size, size);
      break;
    }
  }
  const { wanted, table, suspend, lost } = promise;
  const holds = wanted.get(table) === true && (suspend === 'noflush' || !lost);
  if (promise.holds && !holds) promise.broken++;
  promise.holds = holds;
}

function asked(promise: Pledge, event: TraceEvent): void {
  const { table, on: flag, reason } = argumentsOf(event, MULTIPATH_TRACE.mpath_queue_if_no_path);
  const on = flag === 1;
  switch (QUEUE_IF_NO_PATH_REASONS[reason]) {
    case 'table':
      promise.wanted.set(table, on);
      break;
    case 'asked':
      promise.wanted.set(table, on);
      if (table === promise.table && on) promise.lost = false;
      break;
    case 'suspend':
      // Outside a suspend this is a device that is being removed.
      if (table === promise.table) promise.lost = true;
      break;
    case 'resume':
    case undefined:
      break;
  }
}

function suspended(promise: Pledge, event: TraceEvent): void {
  const { phase: code, noflush } = argumentsOf(event, DM_TRACE.dm_suspend);
  const phase = SUSPEND_PHASES[code];
  if (phase === 'begin') {
    promise.suspend = noflush === 1 ? 'noflush' : 'flush';
    promise.lost = true;
  } else if (phase === 'undone') {
    promise.suspend = 'none';
  }
}

export const noPathLoss: Invariant = {
  name: 'no path loss is seen while I/O is queued',
  meaning: 'A program sees an I/O error that the map promised to keep from it.',
  points: [
    BLOCK_TRACE.block_bio_queue.code,
    BLOCK_TRACE.block_bio_complete.code,
    DM_TRACE.dm_suspend.code,
    DM_TRACE.dm_resume.code,
    DM_TRACE.dm_swap_table.code,
    MULTIPATH_TRACE.mpath_queue_if_no_path.code,
  ],
  start,
};
