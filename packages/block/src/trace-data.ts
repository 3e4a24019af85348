// trace-data.ts — Traces the data of writes, and of reads that may be held against them, a hash per sector.
import { record } from '@dmsim/sim';

import type { Bio } from './bio.ts';
import { REQ_OP } from './op.ts';
import { BLOCK_TRACE } from './trace-points.ts';

const SECTOR = 512;

/** Where a write's sectors will be, or that no one can tell: a record for sector -1. */
export function traceWrite(bio: Bio, medium: number): void {
  const { dev, id, op, nrSectors, data } = bio;
  const { sim } = dev.layer;
  if (op === REQ_OP.WRITE && data !== null && medium !== 0) {
    dev.layer.writtenMedia.add(medium);
    traceSectors(bio, medium);
  } else if (nrSectors > 0 && sim.trace !== null) {
    record(sim.trace, sim.now, BLOCK_TRACE.block_data.code, dev.dev, id, op, -1, medium);
  }
}

export function traceRead(bio: Bio, medium: number): void {
  if (bio.dev.layer.writtenMedia.has(medium)) traceSectors(bio, medium);
}

/** Of an original bio, whole: by the time it completes it may have been trimmed to its last fragment. */
function traceSectors({ dev, id, op, sector, data, dataOffset }: Bio, medium: number): void {
  const { sim } = dev.layer;
  if (sim.trace === null || data === null) return;
  const first = sector - dataOffset / SECTOR;
  const words = wordsOf(data);
  const count = Math.floor(words.length / WORDS);
  for (let i = 0; i < count; i++) {
    const hash = hashSector(words, i * WORDS);
    record(
      sim.trace,
      sim.now,
      BLOCK_TRACE.block_data.code,
      dev.dev,
      id,
      op,
      first + i,
      medium,
      hash,
    );
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
