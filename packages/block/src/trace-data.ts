// trace-data.ts — Traces the data of writes, and of reads that may be held against them, as runs of sectors that hold the same.
import { record } from '@dmsim/sim';

import type { Bio } from './bio.ts';
import type { Placement } from './block-device.ts';
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

/** Notes which media are written. */
function isKnown({ dev, sector, nrSectors }: Bio, { mediumOf, following }: Placement): boolean {
  const { writtenMedia } = dev.layer;
  let known = 0;
  for (let i = 0; i < nrSectors; i += following(sector + i)) {
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
function traceSectors(bio: Bio, placement: Placement): void {
  const { data, dataOffset, sector } = bio;
  if (data === null) return;
  const { hashSector } = bio.dev.layer;
  const words = wordsOf(data);
  traceRuns(bio, {
    first: sector - dataOffset / SECTOR,
    count: Math.floor(words.length / SECTOR_WORDS),
    placement,
    hashOf: (nth) => hashSector(words, nth * SECTOR_WORDS),
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

/** Writes a record for each run of sectors that follow each other on one medium and hold the same. */
function traceRuns(bio: Bio, { first, count, placement, hashOf }: Sectors): void {
  const { writtenMedia } = bio.dev.layer;
  const { mediumOf, sectorOf, following } = placement;
  let run: Run | null = null;
  let written = -1;
  for (let i = 0; i < count;) {
    const medium = mediumOf(first + i);
    const end = Math.min(count, i + following(first + i));
    // Also 0: that is none.
    if (medium !== written && !writtenMedia.has(medium)) {
      i = end;
      continue;
    }
    written = medium;
    for (let at = sectorOf(first + i); i < end; i++, at++) {
      const hash = hashOf(i);
      if (run !== null && goesOn(run, medium, at, hash)) {
        run.nr++;
        continue;
      }
      if (run !== null) traceRun(bio, run);
      run = { medium, at, nr: 1, hash };
    }
  }
  if (run !== null) traceRun(bio, run);
}

interface Run {
  readonly medium: number;
  /** Its first sector there. */
  readonly at: number;
  /** Sectors so far. */
  nr: number;
  readonly hash: number;
}

const goesOn = (run: Run, medium: number, at: number, hash: number): boolean =>
  run.hash === hash && run.at + run.nr === at && run.medium === medium && run.nr < MAX_RUN;

function traceRun({ dev, id, op }: Bio, { medium, at, nr, hash }: Run): void {
  const { sim } = dev.layer;
  if (sim.trace === null) return;
  const { code } = BLOCK_TRACE.block_data;
  record(sim, code, dev.dev, id, runOf(op, nr), at, medium, hash);
}

function wordsOf(data: Uint8Array): Int32Array {
  const whole = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Int32Array(whole.buffer, whole.byteOffset, Math.floor(whole.length / 4));
}

const ZEROES: Int32Array = new Int32Array(SECTOR_WORDS);
