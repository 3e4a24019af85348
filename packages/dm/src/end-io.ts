// end-io.ts — A clone comes back from the device below. Mirrors dm.c: clone_endio.
import type { Bio } from '@dmsim/block';
import { BLK_STS } from '@dmsim/block';
import { assert, recordAll, unreachable } from '@dmsim/sim';

import { decPending } from './complete-io.ts';
import { freeTio } from './free-io.ts';
import type { EndIoVerdict, TargetIo } from './target-type.ts';
import { DM_TRACE, endIoVerdictCode } from './trace-points.ts';

/** Called when any clone ends, including one that its target ended itself after answering `submitted`. */
export function cloneEndio(clone: Bio): void {
  const tio = clone.owner as TargetIo;
  const { ti, io } = tio;
  const { md } = ti.table;
  const verdict = ti.type.endIo === undefined ? 'done' : ti.type.endIo(ti, clone, tio.perBio);
  if (md.sim.trace !== null) traceEndIo(tio, verdict);
  if (verdict !== 'done' && notDone(tio, verdict) === 'incomplete') return;
  freeTio(tio);
  decPending(md, io, clone.status);
}

/** `endIo` of a flush that went to a device without the target's map: the target does not hear of its end either. */
export function bypassEndio(clone: Bio): void {
  const tio = clone.owner as TargetIo;
  const { ti, io } = tio;
  clone.endIo = cloneEndio;
  if (ti.table.md.sim.trace !== null) traceEndIo(tio, 'done');
  freeTio(tio);
  decPending(ti.table.md, io, clone.status);
}

function notDone(
  { clone, ti }: TargetIo,
  verdict: Exclude<EndIoVerdict, 'done'>,
): 'incomplete' | 'requeue' {
  switch (verdict) {
    case 'incomplete':
      return verdict;
    case 'requeue':
      clone.status = BLK_STS.DM_REQUEUE;
      return verdict;
    case 'delay-requeue':
      assert(false, `${ti.type.name}: delay-requeue is for requests only`);
    default:
      return unreachable(verdict);
  }
}

function traceEndIo(tio: TargetIo, verdict: EndIoVerdict): void {
  const { clone, io } = tio;
  const { sim } = tio.ti.table.md;
  if (sim.trace === null) return;
  const code = endIoVerdictCode(verdict);
  recordAll(
    sim,
    DM_TRACE.dm_end_io.code,
    io.orig.dev.dev,
    clone.id,
    clone.op,
    clone.status,
    0,
    code,
  );
}
