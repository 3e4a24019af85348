// alloc-io.ts — Records for an I/O under way, from the target's free list. Mirrors dm.c: alloc_io, alloc_tio.
import type { Bio } from '@dmsim/block';
import { BLK_STS, createBio } from '@dmsim/block';

import { cloneEndio } from './end-io.ts';
import type { MappedDevice } from './mapped-device.ts';
import type { DmIo, DmTarget, TargetIo } from './target-type.ts';
import { DM_IO } from './target-type.ts';

// Constants of the file's own: V8 folds them, while imported ones are looked up again for every I/O.
const { OK } = BLK_STS;
const { CLONED } = DM_IO;

/** Counts as pending until it is freed: suspend waits for it. `ti` is where its first clone is likely to go. */
export function allocIo(md: MappedDevice, ti: DmTarget, orig: Bio): TargetIo {
  md.pendingIo++;
  const io = takeRecord(ti, orig);
  io.orig = orig;
  io.sector = orig.sector;
  io.nrSectors = orig.nrSectors;
  io.ioCount = 1;
  io.status = OK;
  io.flags = 0;
  io.startedAt = md.sim.now;
  return io;
}

/** A clone of `io`'s original for `ti`, covering the range given; it counts in `io.ioCount`. */
export function allocTio(ti: DmTarget, io: TargetIo, sector: number, nrSectors: number): TargetIo {
  if ((io.flags & CLONED) !== 0 || io.ti !== ti) return furtherClone(ti, io, sector, nrSectors);
  io.flags |= CLONED;
  initClone(io, io, sector, nrSectors);
  return io;
}

function furtherClone(ti: DmTarget, io: DmIo, sector: number, nrSectors: number): TargetIo {
  const tio = takeRecord(ti, io.orig);
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
  clone.status = OK;
  clone.remaining = 1;
  clone.data = orig.data;
  // The original may have been trimmed to its remainder, so its offset belongs to its sector of now.
  clone.dataOffset = orig.data === null ? 0 : orig.dataOffset + (sector - orig.sector) * 512;
  tio.nr = 0;
  io.ioCount++;
}

function takeRecord(ti: DmTarget, orig: Bio): TargetIo {
  const tio = ti.free;
  if (tio === null) return createTio(ti, orig);
  ti.free = tio.next as TargetIo | null;
  return tio;
}

function createTio(ti: DmTarget, orig: Bio): TargetIo {
  const clone = createBio(orig.dev, { op: orig.op, sector: 0, nrSectors: 0 }, cloneEndio);
  const tio: TargetIo = {
    orig,
    sector: 0,
    nrSectors: 0,
    ioCount: 0,
    status: OK,
    flags: 0,
    startedAt: ti.table.md.sim.now,
    next: null,
    clone,
    ti,
    // Set below: an object can't name itself while it is made.
    io: null as unknown as DmIo,
    nr: 0,
    perBio: ti.type.perBio?.(),
  };
  tio.io = tio;
  clone.owner = tio;
  clone.original = false;
  return tio;
}
