// queue-rq.ts — A request enters request-based dm. Mirrors dm-rq.c: dm_mq_queue_rq, map_request.
import type { QueueOps, QueueVerdict, Request } from '@dmsim/block';
import { BLK_STS, completeRequest, insertClonedRequest } from '@dmsim/block';
import { recordIo, schedule, unreachable } from '@dmsim/sim';

import type { MappedDevice } from '../mapped-device.ts';
import type { DmTarget } from '../target-type.ts';
import { DM_TRACE, mapVerdictCode } from '../trace-points.ts';
import { endStats, startRequest } from './account-request.ts';
import { requestDone, traceDone } from './done.ts';
import type { RequestIo } from './request-io.ts';
import { requestIo } from './request-io.ts';
import { requeueOriginal } from './requeue.ts';

export function requestOps(md: MappedDevice): QueueOps {
  return { queueRq: (rq) => dmQueueRq(md, rq), complete: completeRequest };
}

function dmQueueRq(md: MappedDevice, rq: Request): QueueVerdict {
  const ti = md.map?.targets[0];
  // While suspending, or without a table, the request stays in its queue.
  if (md.blockIoForSuspend || ti === undefined) return 'resource';
  if (ti.type.busy?.(ti) === true) return 'resource';
  const io = requestIo(rq, ti);
  startRequest(io);
  const verdict = mapRequest(md, io);
  if (verdict !== 'ok') endStats(io);
  return verdict;
}

function mapRequest(md: MappedDevice, io: RequestIo): QueueVerdict {
  const { ti, context } = io;
  const verdict = (ti.type.cloneAndMapRq as NonNullable<DmTarget['type']['cloneAndMapRq']>)(
    ti,
    context,
  );
  traceMap(md, io, mapVerdictCode(verdict));
  switch (verdict) {
    case 'submitted':
      return 'ok';
    case 'remapped':
      return insertClone(io);
    case 'requeue':
      return 'resource';
    case 'delay-requeue':
      requeueOriginal(io, { delayed: true });
      return 'ok';
    case 'kill':
      kill(io);
      return 'ok';
    default:
      return unreachable(verdict);
  }
}

/** Fails the request; the target's rq_end_io is not called. */
function kill(io: RequestIo): void {
  const { original } = io.context;
  endStats(io);
  original.status = BLK_STS.IOERR;
  schedule(original.queue.layer.sim, original.due, 0);
}

function insertClone(io: RequestIo): QueueVerdict {
  const { ti, context } = io;
  const clone = context.clone as Request;
  clone.owner = io;
  clone.endIo = cloneEnded;
  const verdict = insertClonedRequest(clone);
  switch (verdict) {
    case 'ok':
      return 'ok';
    case 'resource':
    case 'dev-resource':
      traceDone(io, BLK_STS.RESOURCE, 'requeue');
      ti.type.releaseCloneRq?.(ti, context);
      context.clone = null;
      return 'resource';
    case 'error':
      requestDone(io, clone.status);
      return 'ok';
  }
}

function cloneEnded(clone: Request, status: Request['status']): void {
  requestDone(clone.owner as RequestIo, status);
}

function traceMap(md: MappedDevice, { context }: RequestIo, verdict: number): void {
  const { sim } = md.dm;
  if (sim.trace === null) return;
  recordIo(sim, DM_TRACE.dm_map.code, md.dev, context.original.bio, verdict);
}
