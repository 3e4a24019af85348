// alloc-io.ts — Records for an I/O under way, from free lists. Mirrors dm.c: alloc_io, alloc_tio.
import type { Bio } from '@dmsim/block';
import { BLK_STS, createBio } from '@dmsim/block';

import { cloneEndio } from './end-io.ts';
import type { MappedDevice } from './mapped-device.ts';
import type { DmIo, DmTarget, TargetIo } from './target-type.ts';

/** Counts as pending until it is freed: suspend waits for it. */
export function allocIo(md: MappedDevice, orig: Bio): DmIo {
  md.pendingIo++;
  const io = md.freeIo;
  if (io === null) return createIo(md, orig);
  md.freeIo = io.next;
  io.orig = orig;
  io.sector = orig.sector;
  io.nrSectors = orig.nrSectors;
  io.ioCount = 1;
  io.status = BLK_STS.OK;
  io.wasSplit = false;
  io.startedAt = md.dm.sim.now;
  io.accounted = false;
  io.next = null;
  return io;
}

function createIo(md: MappedDevice, orig: Bio): DmIo {
  return {
    orig,
    sector: orig.sector,
    nrSectors: orig.nrSectors,
    ioCount: 1,
    status: BLK_STS.OK,
    wasSplit: false,
    startedAt: md.dm.sim.now,
    accounted: false,
    next: null,
  };
}

/** A clone of `io`'s original for `ti`, covering the range given; it counts in `io.ioCount`. */
export function allocTio(ti: DmTarget, io: DmIo, sector: number, nrSectors: number): TargetIo {
  let tio = ti.free;
  if (tio === null) tio = createTio(ti, io);
  else ti.free = tio.next;
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
  tio.io = io;
  tio.nr = 0;
  tio.next = null;
  io.ioCount++;
  return tio;
}

function createTio(ti: DmTarget, io: DmIo): TargetIo {
  const { orig } = io;
  const clone = createBio(orig.dev, { op: orig.op, sector: 0, nrSectors: 0 }, cloneEndio);
  const tio: TargetIo = { clone, ti, io, nr: 0, perBio: ti.type.perBio?.(), next: null };
  clone.owner = tio;
  clone.original = false;
  return tio;
}
