// done.ts — The clone of a request has ended. Mirrors dm-rq.c: dm_done, dm_end_request.
import type { BlkStatus } from '@dmsim/block';
import { endRequest } from '@dmsim/block';
import { record, unreachable } from '@dmsim/sim';

import type { EndIoVerdict } from '../target-type.ts';
import { DM_TRACE, endIoVerdictCode } from '../trace-points.ts';
import { endStats } from './account-request.ts';
import type { RequestIo } from './request-io.ts';
import { requeueOriginal } from './requeue.ts';

export function requestDone(io: RequestIo, status: BlkStatus): void {
  const { ti, context } = io;
  const verdict = ti.type.rqEndIo?.(ti, status, context) ?? 'done';
  traceDone(io, status, verdict);
  switch (verdict) {
    case 'done':
      ti.type.releaseCloneRq?.(ti, context);
      context.clone = null;
      endStats(io);
      endRequest(context.original, status);
      return;
    case 'incomplete':
      return;
    case 'requeue':
      requeueOriginal(io, { delayed: false });
      return;
    case 'delay-requeue':
      requeueOriginal(io, { delayed: true });
      return;
    default:
      unreachable(verdict);
  }
}

export function traceDone(
  { ti, context }: RequestIo,
  status: BlkStatus,
  verdict: EndIoVerdict,
): void {
  const { md } = ti.table;
  const { sim } = md.dm;
  if (sim.trace === null) return;
  const { bio } = context.original;
  const code = endIoVerdictCode(verdict);
  record(sim, DM_TRACE.dm_end_io.code, md.dev, bio.id, bio.op, status, 0, code);
}
