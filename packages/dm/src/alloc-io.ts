// alloc-io.ts — Records for an I/O under way, from the target's free list. Mirrors dm.c: alloc_io, alloc_tio.
import type { Bio } from '@dmsim/block';
import { BLK_STS, createBio } from '@dmsim/block';

import { cloneEndio } from './end-io.ts';
import type { MappedDevice } from './mapped-device.ts';
import type { DmIo, DmTarget, TargetIo } from './target-type.ts';
import { DM_IO } from './target-type.ts';

/** Suspend waits until the record is freed. `ti` is the target that its first clone will probably go to. */
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

/** Makes a clone of `io`'s original for `ti` that covers the given range, and counts it in `io.ioCount`. */
export function allocTio(ti: DmTarget, io: TargetIo, sector: number, nrSectors: number): TargetIo {
  const first = (io.flags & DM_IO.CLONED) === 0 && io.ti === ti;
  return first ? ownClone(io, sector, nrSectors) : furtherClone(ti, io, sector, nrSectors);
}

/** Sets up the clone inside `io` for the target that `io` was allocated for. */
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
  // The original may have been trimmed to its remainder: its data offset then belongs to its present sector.
  clone.dataOffset = orig.data === null ? 0 : orig.dataOffset + (sector - orig.sector) * 512;
  tio.nr = 0;
  io.ioCount++;
}

function createTio(ti: DmTarget, orig: Bio): TargetIo {
  const clone = createBio(orig.dev, { op: orig.op, sector: 0, nrSectors: 0 }, cloneEndio);
  const tio: TargetIo = {
    // Fields that completion reads come first, so that they share cache lines.
    ti,
    // Set below, since an object can't refer to itself in its own literal.
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
