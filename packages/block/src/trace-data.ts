// trace-data.ts — Traces the data of writes, and of reads that may be held against them, a hash per sector.
import { record } from '@dmsim/sim';

import type { Bio } from './bio.ts';
import type { Placement } from './block-device.ts';
import { REQ_OP } from './op.ts';
import { BLOCK_TRACE } from './trace-points.ts';

const SECTOR = 512;

/** Traces where a write's sectors will be; a record for sector -1 says that this is unknown. */
export function traceWrite(bio: Bio, placement: Placement): void {
  const { dev, id, op, nrSectors, data } = bio;
  const { sim } = dev.layer;
  if (op === REQ_OP.WRITE && data !== null && isKnown(bio, placement)) {
    traceSectors(bio, placement);
  } else if (leavesZeroes(bio) && isKnown(bio, placement)) {
    traceZeroes(bio, placement);
  } else if (nrSectors > 0 && sim.trace !== null) {
    record(sim.trace, sim.now, BLOCK_TRACE.block_data.code, dev.dev, id, op, -1);
  }
}

/** Sectors of a larger discard are not told one by one: no one knows then what it leaves. */
const MANY_SECTORS = 2048;

const leavesZeroes = ({ op, nrSectors }: Bio): boolean =>
  (op === REQ_OP.DISCARD || op === REQ_OP.WRITE_ZEROES) &&
  nrSectors > 0 &&
  nrSectors <= MANY_SECTORS;

/** A discard may also leave what was there. */
function traceZeroes(
  { dev, id, op, sector, nrSectors }: Bio,
  { mediumOf, sectorOf }: Placement,
): void {
  const { sim } = dev.layer;
  if (sim.trace === null) return;
  const { code } = BLOCK_TRACE.block_data;
  for (let at = sector; at < sector + nrSectors; at++)
    record(sim.trace, sim.now, code, dev.dev, id, op, sectorOf(at), mediumOf(at), HASH_OF_ZEROES);
}

/** Notes which media are written. */
function isKnown({ dev, sector, nrSectors }: Bio, { mediumOf }: Placement): boolean {
  const { writtenMedia } = dev.layer;
  let known = 0;
  for (let i = 0; i < nrSectors; i++) {
    const medium = mediumOf(sector + i);
    if (medium === 0) return false;
    if (medium !== known) writtenMedia.add(medium);
    known = medium;
  }
  return true;
}

export function traceRead(bio: Bio, placement: Placement): void {
  if (bio.dev.layer.writtenMedia.size > 0) traceSectors(bio, placement);
}

/** Traces the whole of an original bio now: by the time it completes it may have been trimmed to its last fragment. */
function traceSectors(
  { dev, id, op, sector, data, dataOffset }: Bio,
  { mediumOf, sectorOf }: Placement,
): void {
  const { sim, writtenMedia } = dev.layer;
  if (sim.trace === null || data === null) return;
  const first = sector - dataOffset / SECTOR;
  const words = wordsOf(data);
  const count = Math.floor(words.length / WORDS);
  for (let i = 0; i < count; i++) {
    const medium = mediumOf(first + i);
    // Also 0: that is none.
    if (!writtenMedia.has(medium)) continue;
    const hash = hashSector(words, i * WORDS);
    const at = sectorOf(first + i);
    record(sim.trace, sim.now, BLOCK_TRACE.block_data.code, dev.dev, id, op, at, medium, hash);
  }
}

const WORDS = SECTOR / 4;

function wordsOf(data: Uint8Array): Int32Array {
  const whole = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Int32Array(whole.buffer, whole.byteOffset, Math.floor(whole.length / 4));
}

const FNV = 0x01000193;

/** FNV-1a over words of 32 bits, four hashes side by side: a processor has each multiplication wait for the one before it. */
function hashSector(words: Int32Array, from: number): number {
  let a = 0x811c9dc5;
  let b = 0x050c5d1f;
  let c = 0x2b3a4c5d;
  let d = 0x7ed55d16;
  for (let at = from; at < from + WORDS; at += 4) {
    a = Math.imul(a ^ (words[at] as number), FNV);
    b = Math.imul(b ^ (words[at + 1] as number), FNV);
    c = Math.imul(c ^ (words[at + 2] as number), FNV);
    d = Math.imul(d ^ (words[at + 3] as number), FNV);
  }
  b = Math.imul(a ^ b, FNV);
  c = Math.imul(b ^ c, FNV);
  return Math.imul(c ^ d, FNV);
}

const HASH_OF_ZEROES: number = hashSector(new Int32Array(WORDS), 0);
