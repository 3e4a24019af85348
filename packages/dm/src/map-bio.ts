// map-bio.ts — Asks the target where a clone goes. Mirrors dm.c: __map_bio.
import type { Bio } from '@dmsim/block';
import { BLK_STS, BLOCK_TRACE, submitBioNoacct } from '@dmsim/block';
import { assert, recordAll, recordIo, unreachable } from '@dmsim/sim';

import { startAccount } from './account-io.ts';
import { decPending } from './complete-io.ts';
import { freeTio } from './free-io.ts';
import type { MapVerdict, TargetIo } from './target-type.ts';
import { DM_TRACE, mapVerdictCode } from './trace-points.ts';

export function mapBio(tio: TargetIo): void {
  const { clone, ti, io } = tio;
  const { sim } = ti.table.md;
  const { sector } = clone;
  const verdict = (ti.type.map as NonNullable<typeof ti.type.map>)(ti, clone, tio.perBio);
  if (sim.trace !== null) {
    traceMap(tio, verdict, sector);
    if (verdict === 'remapped') traceRemap(tio);
  }
  if (verdict !== 'remapped') {
    notRemapped(tio, verdict);
    return;
  }
  startAccount(ti.table.md, io);
  submitBioNoacct(clone);
}

function notRemapped(tio: TargetIo, verdict: Exclude<MapVerdict, 'remapped'>): void {
  const { ti, io } = tio;
  const { md } = ti.table;
  switch (verdict) {
    case 'submitted':
      if (!ti.accountsRemappedIo) startAccount(md, io);
      return;
    case 'kill':
      freeTio(tio);
      decPending(md, io, BLK_STS.IOERR);
      return;
    case 'requeue':
      freeTio(tio);
      decPending(md, io, BLK_STS.DM_REQUEUE);
      return;
    case 'delay-requeue':
      assert(false, `${ti.type.name}: delay-requeue is for requests only`);
    default:
      unreachable(verdict);
  }
}

/** A target that held a clone sends it on (dm_submit_bio_remap). */
export function submitRemapped(clone: Bio): void {
  const { ti, io } = clone.owner as TargetIo;
  startAccount(ti.table.md, io);
  submitBioNoacct(clone);
}

function traceRemap({ clone, io, ti }: TargetIo): void {
  const { sim } = ti.table.md;
  if (sim.trace === null) return;
  recordIo(sim, BLOCK_TRACE.block_bio_remap.code, clone.dev.dev, clone, io.orig.dev.dev);
}

function traceMap(tio: TargetIo, verdict: MapVerdict, sector: number): void {
  const { clone, io } = tio;
  const { sim } = tio.ti.table.md;
  if (sim.trace === null) return;
  recordAll(
    sim,
    DM_TRACE.dm_map.code,
    io.orig.dev.dev,
    clone.id,
    clone.op,
    sector,
    clone.nrSectors,
    mapVerdictCode(verdict),
  );
}
