// trace-data.ts — Traces the data of writes, and of reads that may be held against them, as runs of sectors that hold the same.
import { record } from '@dmsim/sim';

import type { Bio } from './bio.ts';
import type { Extent, Placement } from './block-device.ts';
import { REQ_OP } from './op.ts';
import { SECTOR_WORDS } from './sector-hash.ts';
import { BLOCK_TRACE, MAX_RUN, runOf } from './trace-points.ts';

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
    record(sim, BLOCK_TRACE.block_data.code, dev.dev, id, runOf(op, 1), -1);
  }
}

/** Sectors of a larger discard are not told one by one: no one knows then what it leaves. */
const MANY_SECTORS = 2048;

const leavesZeroes = ({ op, nrSectors }: Bio): boolean =>
  (op === REQ_OP.DISCARD || op === REQ_OP.WRITE_ZEROES) &&
  nrSectors > 0 &&
  nrSectors <= MANY_SECTORS;

/** A discard may also leave what was there. */
function traceZeroes(bio: Bio, placement: Placement): void {
  const hash = bio.dev.layer.hashSector(ZEROES, 0);
  traceRuns(bio, {
    first: bio.sector,
    count: bio.nrSectors,
    placement,
    hashOf: () => hash,
  });
}

/** Notes which sectors are written. */
function isKnown({ dev, sector, nrSectors }: Bio, placement: Placement): boolean {
  const { mediumOf, sectorOf, following } = placement;
  for (let i = 0; i < nrSectors;) {
    const medium = mediumOf(sector + i);
    if (medium === 0) return false;
    const count = Math.min(following(sector + i), nrSectors - i);
    const from = sectorOf(sector + i);
    noteWritten(dev.layer.written, medium, from, from + count);
    i += count;
  }
  return true;
}

function noteWritten(
  written: Map<number, Extent>,
  medium: number,
  from: number,
  end: number,
): void {
  const known = written.get(medium);
  if (known === undefined) {
    written.set(medium, { from, end });
    return;
  }
  known.from = Math.min(known.from, from);
  known.end = Math.max(known.end, end);
}

export function traceRead(bio: Bio, placement: Placement): void {
  if (bio.dev.layer.written.size > 0) traceSectors(bio, placement);
}

/** Traces the whole of an original bio now: by the time it completes it may have been trimmed to its last fragment. */
function traceSectors(bio: Bio, placement: Placement): void {
  const { data, dataOffset, sector } = bio;
  if (data === null) return;
  const { hashSector } = bio.dev.layer;
  let words: Int32Array | null = null;
  traceRuns(bio, {
    first: sector - dataOffset / SECTOR,
    count: Math.floor(data.length / SECTOR),
    placement,
    hashOf: (nth) => hashSector((words ??= wordsOf(data)), nth * SECTOR_WORDS),
  });
}

interface Sectors {
  /** The first one, on the bio's device, and how many follow each other there. */
  readonly first: number;
  readonly count: number;
  readonly placement: Placement;
  /** Of the nth of them. */
  readonly hashOf: (nth: number) => number;
}

/** Writes a record for each run of sectors that follow each other on one medium and hold the same, of those that were ever written. */
function traceRuns(bio: Bio, { first, count, placement, hashOf }: Sectors): void {
  const { written } = bio.dev.layer;
  const { mediumOf, sectorOf, following } = placement;
  const run: Run = { medium: 0, at: 0, nr: 0, hash: 0 };
  for (let i = 0, next = 0; i < count; i = next) {
    const medium = mediumOf(first + i);
    next = Math.min(count, i + following(first + i));
    const extent = written.get(medium);
    if (extent === undefined) continue;
    const start = sectorOf(first + i) - i;
    const end = Math.min(next, extent.end - start);
    for (let nth = Math.max(i, extent.from - start); nth < end; nth++) {
      const hash = hashOf(nth);
      if (!goesOn(run, medium, start + nth, hash)) {
        traceRun(bio, run);
        run.medium = medium;
        run.at = start + nth;
        run.nr = 0;
        run.hash = hash;
      }
      run.nr++;
    }
  }
  traceRun(bio, run);
}

interface Run {
  medium: number;
  /** Its first sector there. */
  at: number;
  /** Sectors so far. */
  nr: number;
  hash: number;
}

const goesOn = (run: Run, medium: number, at: number, hash: number): boolean =>
  run.hash === hash && run.at + run.nr === at && run.medium === medium && run.nr < MAX_RUN;

function traceRun({ dev, id, op }: Bio, { medium, at, nr, hash }: Run): void {
  const { sim } = dev.layer;
  if (sim.trace === null || nr === 0) return;
  record(sim, BLOCK_TRACE.block_data.code, dev.dev, id, runOf(op, nr), at, medium, hash);
}

function wordsOf(data: Uint8Array): Int32Array {
  const whole = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Int32Array(whole.buffer, whole.byteOffset, Math.floor(whole.length / 4));
}

const ZEROES: Int32Array = new Int32Array(SECTOR_WORDS);
