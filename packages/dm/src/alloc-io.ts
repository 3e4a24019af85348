// alloc-io.ts — Records for an I/O under way, from the target's free list. Mirrors dm.c: alloc_io, alloc_tio.
import type { Bio } from '@dmsim/block';
import { BLK_STS, createBio } from '@dmsim/block';

import { cloneEndio } from './end-io.ts';
import type { MappedDevice } from './mapped-device.ts';
import type { DmIo, DmTarget, TargetIo } from './target-type.ts';
import { DM_IO } from './target-type.ts';

/** Counts as pending until it is freed: suspend waits for it. `ti` is where its first clone is likely to go. */
export function allocIo(md: MappedDevice, ti: DmTarget, orig: Bio): TargetIo {
  md.pendingIo++;
  let io = ti.free;
  if (io === null) io = createTio(ti, orig);
  else ti.free = io.next as TargetIo | null;
  io.orig = orig;
  io.sector = orig.sector;
  io.nrSectors = orig.nrSectors;
  io.ioCount = 1;
  io.status = BLK_STS.OK;
  io.flags = 0;
  io.startedAt = md.sim.now;
  return io;
}

/** A clone of `io`'s original for `ti`, covering the range given; it counts in `io.ioCount`. */
export function allocTio(ti: DmTarget, io: TargetIo, sector: number, nrSectors: number): TargetIo {
  const first = (io.flags & DM_IO.CLONED) === 0 && io.ti === ti;
  return first ? ownClone(io, sector, nrSectors) : furtherClone(ti, io, sector, nrSectors);
}

/** The clone that `io` has in it, for the target it was allocated for. */
export function ownClone(io: TargetIo, sector: number, nrSectors: number): TargetIo {
  io.flags |= DM_IO.CLONED;
  initClone(io, io, sector, nrSectors);
  return io;
}

function furtherClone(ti: DmTarget, io: DmIo, sector: number, nrSectors: number): TargetIo {
  const tio = ti.free ?? createTio(ti, io.orig);
  ti.free = tio.next as TargetIo | null;
  tio.io = io;
  initClone(tio, io, sector, nrSectors);
  return tio;
}

function initClone(tio: TargetIo, io: DmIo, sector: number, nrSectors: number): void {
  const { orig } = io;
  const { clone } = tio;
  clone.id = orig.id;
  clone.op = orig.op;
  clone.flags = orig.flags;
  clone.dev = orig.dev;
  clone.sector = sector;
  clone.nrSectors = nrSectors;
  clone.status = BLK_STS.OK;
  clone.remaining = 1;
  clone.data = orig.data;
  // The original may have been trimmed to its remainder, so its offset belongs to its sector of now.
  clone.dataOffset = orig.data === null ? 0 : orig.dataOffset + (sector - orig.sector) * 512;
  tio.nr = 0;
  io.ioCount++;
}

function createTio(ti: DmTarget, orig: Bio): TargetIo {
  const clone = createBio(orig.dev, { op: orig.op, sector: 0, nrSectors: 0 }, cloneEndio);
  const tio: TargetIo = {
    // What its end looks at comes first: fewer lines of the processor's cache.
    ti,
    // Set below: an object can't name itself while it is made.
    io: null as unknown as DmIo,
    perBio: ti.type.perBio?.(),
    ioCount: 0,
    status: BLK_STS.OK,
    orig,
    flags: 0,
    nrSectors: 0,
    startedAt: ti.table.md.sim.now,
    next: null,
    clone,
    sector: 0,
    nr: 0,
  };
  tio.io = tio;
  clone.owner = tio;
  clone.biFlags = 0;
  return tio;
}
