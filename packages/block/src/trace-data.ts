// trace-data.ts — Traces the data of reads and writes, a hash per sector, so that an invariant can compare them.
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
    traceSectors(bio, medium);
  } else if (nrSectors > 0 && sim.trace !== null) {
    record(sim.trace, sim.now, BLOCK_TRACE.block_data.code, dev.dev, id, op, -1, medium);
  }
}

export function traceRead(bio: Bio, medium: number): void {
  if (medium !== 0) traceSectors(bio, medium);
}

/** Of an original bio, whole: by the time it completes it may have been trimmed to its last fragment. */
function traceSectors({ dev, id, op, sector, data, dataOffset }: Bio, medium: number): void {
  const { sim } = dev.layer;
  if (sim.trace === null || data === null) return;
  const first = sector - dataOffset / SECTOR;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let at = 0; at + SECTOR <= data.length; at += SECTOR) {
    const place = first + at / SECTOR;
    const hash = hashSector(view, at);
    record(sim.trace, sim.now, BLOCK_TRACE.block_data.code, dev.dev, id, op, place, medium, hash);
  }
}

/** FNV-1a over words of 32 bits. */
function hashSector(view: DataView, from: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < from + SECTOR; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at), 0x01000193);
  }
  return hash >>> 0;
}
