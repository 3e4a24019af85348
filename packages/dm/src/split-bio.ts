// split-bio.ts — Cuts a bio at the borders of targets, and makes its clones. Mirrors dm.c: dm_split_and_process_bio, __split_and_process_bio, max_io_len.
import type { Bio } from '@dmsim/block';
import { BLK_STS, REQ, REQ_OP, submitBioNoacct } from '@dmsim/block';

import { allocIo, allocTio, ownClone } from './alloc-io.ts';
import { decPending } from './complete-io.ts';
import { bypassEndio } from './end-io.ts';
import { mapBio } from './map-bio.ts';
import type { MappedDevice } from './mapped-device.ts';
import type { DmTable } from './table/table.ts';
import { findTarget } from './table/table.ts';
import type { DmTarget, TargetIo } from './target-type.ts';
import { DM_IO } from './target-type.ts';

export function splitAndProcessBio(md: MappedDevice, map: DmTable, bio: Bio): void {
  const ti = findTarget(map, bio.sector);
  const io = allocIo(md, ti, bio);
  if (
    bio.op > REQ_OP.WRITE ||
    (bio.flags & REQ.PREFLUSH) !== 0 ||
    bio.nrSectors === 0 ||
    ti.maxIoLen !== 0 ||
    bio.sector + bio.nrSectors > ti.begin + ti.len
  ) {
    processInParts(md, map, io);
  } else {
    // The common case: one clone covers the bio, and nothing has to be measured.
    mapBio(ownClone(io, bio.sector, bio.nrSectors));
  }
  decPending(md, io, BLK_STS.OK);
}

function processInParts(md: MappedDevice, map: DmTable, io: TargetIo): void {
  const { orig } = io;
  if ((orig.flags & REQ.PREFLUSH) !== 0 || orig.op === REQ_OP.FLUSH) sendEmptyFlush(map, io);
  else if (md.strategy.perFragment) sendFragment(map, io);
  else sendAll(map, io);
}

/** 6.12: maps the first fragment and submits the rest anew, which comes back here after the first was mapped. */
function sendFragment(map: DmTable, io: TargetIo): void {
  const { orig } = io;
  const ti = findTarget(map, orig.sector);
  const len = fragmentLength(ti, orig);
  if (len < orig.nrSectors) {
    io.nrSectors = len;
    io.flags |= DM_IO.WAS_SPLIT;
  }
  sendClones(ti, io, io.sector, len);
  const rest = orig.nrSectors - len;
  if (rest === 0) return;
  orig.remaining++;
  orig.sector += len;
  orig.nrSectors = rest;
  if (orig.data !== null) orig.dataOffset += len * 512;
  submitBioNoacct(orig);
}

/** 2006: maps all fragments under one record. */
function sendAll(map: DmTable, io: TargetIo): void {
  const { orig } = io;
  const end = orig.sector + orig.nrSectors;
  for (let sector = orig.sector; sector < end;) {
    const ti = findTarget(map, sector);
    const len = fragmentLengthAt(ti, orig.op, sector, end - sector);
    if (len < orig.nrSectors) io.flags |= DM_IO.WAS_SPLIT;
    sendClones(ti, io, sector, len);
    sector += len;
  }
}

const fragmentLength = (ti: DmTarget, bio: Bio): number =>
  fragmentLengthAt(ti, bio.op, bio.sector, bio.nrSectors);

/**
 * The fragment ends at the target's end; for reads, writes and zeroing also at the next multiple of `maxIoLen` within it, and a
 * read or write is no longer then than a request to the device may be. In sectors.
 */
function fragmentLengthAt(ti: DmTarget, op: number, sector: number, wanted: number): number {
  const offset = sector - ti.begin;
  const toEnd = ti.len - offset;
  const len = wanted < toEnd ? wanted : toEnd;
  if (ti.maxIoLen === 0 || (op > REQ_OP.WRITE && op !== REQ_OP.WRITE_ZEROES)) return len;
  const toBoundary = ti.maxIoLen - (offset % ti.maxIoLen);
  if (op === REQ_OP.WRITE_ZEROES) return len < toBoundary ? len : toBoundary;
  const most = Math.min(toBoundary, ti.table.md.disk?.limits.maxSectors ?? toBoundary);
  return len < most ? len : most;
}

/** Sends one clone for a read or write. Other operations get as many as the target asks for; none means "not supported". */
function sendClones(ti: DmTarget, io: TargetIo, sector: number, len: number): void {
  const copies = clonesWanted(ti, io.orig.op);
  if (copies === 0) {
    io.status = BLK_STS.NOTSUPP;
    return;
  }
  for (let i = 0; i < copies; i++) {
    const tio = allocTio(ti, io, sector, len);
    tio.nr = i;
    mapBio(tio);
  }
}

function clonesWanted(ti: DmTarget, op: number): number {
  switch (op) {
    case REQ_OP.DISCARD:
    case REQ_OP.SECURE_ERASE:
      return ti.numDiscardBios;
    case REQ_OP.WRITE_ZEROES:
      return ti.numWriteZeroesBios;
    default:
      return 1;
  }
}

/** Sends empty flush clones to every target in order, and maps all before waiting. The bio's data follows later (`completeIo`). */
function sendEmptyFlush(map: DmTable, io: TargetIo): void {
  if (map.flushBypassesMap) {
    flushDevices(map, io);
    return;
  }
  for (const ti of map.targets) {
    for (let i = 0; i < ti.numFlushBios; i++) {
      const tio = emptyFlush(ti, io);
      tio.nr = i;
      mapBio(tio);
    }
  }
}

function emptyFlush(ti: DmTarget, io: TargetIo): TargetIo {
  const tio = allocTio(ti, io, ti.begin, 0);
  tio.clone.flags |= REQ.PREFLUSH;
  tio.clone.op = REQ_OP.FLUSH;
  tio.clone.data = null;
  return tio;
}

/** Targets like linear and striped let flushes pass: each of their devices gets one, however many targets use it. */
function flushDevices(map: DmTable, io: TargetIo): void {
  const [first] = map.targets;
  if (first === undefined) return;
  for (const dev of map.devices) {
    const tio = emptyFlush(first, io);
    tio.clone.dev = dev.bdev;
    tio.clone.sector = 0;
    tio.clone.endIo = bypassEndio;
    submitBioNoacct(tio.clone);
  }
}
