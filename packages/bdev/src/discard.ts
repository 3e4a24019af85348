// discard.ts — Discards a range, or fills it with zeroes. Mirrors block/blk-lib.c: blkdev_issue_discard, blkdev_issue_zeroout.
import type { BioSpec, BlockDevice } from '@dmsim/block';
import { blkStatusToErrno, discardGranularity, REQ, REQ_OP } from '@dmsim/block';
import type { Errno, Task } from '@dmsim/sim';

import { submitAndWait } from './submit-and-wait.ts';

/** Sectors. */
export interface SectorRange {
  readonly sector: number;
  readonly nrSectors: number;
}

/** EOPNOTSUPP if the disk can't discard. */
export function* discardRange(dev: BlockDevice, range: SectorRange): Task<Errno | undefined> {
  if (dev.limits.maxDiscardSectors === 0) return 'EOPNOTSUPP';
  const end = range.sector + range.nrSectors;
  const bios = discardPieces(dev, range, (sector, nrSectors) => ({
    op: REQ_OP.DISCARD,
    // submit_bio_wait marks the last one, which the others are chained to.
    flags: sector + nrSectors === end ? REQ.SYNC : 0,
    sector,
    nrSectors,
  }));
  // A disk below that can't is no failure: nobody may rely on what a discard does (blkdev_issue_discard).
  const error = blkStatusToErrno(yield* submitAndWait(dev, bios));
  return error === 'EOPNOTSUPP' ? undefined : error;
}

/** Uses the disk's own command; if the disk has none, or refuses it, writes zeroes. */
export function* zeroRange(dev: BlockDevice, range: SectorRange): Task<Errno | undefined> {
  const { maxWriteZeroesSectors: most } = dev.limits;
  if (most > 0) {
    const end = range.sector + range.nrSectors;
    const bios = pieces(range, most, (sector, nrSectors) => ({
      op: REQ_OP.WRITE_ZEROES,
      flags: REQ.NOUNMAP | (sector + nrSectors === end ? REQ.SYNC : 0),
      sector,
      nrSectors,
    }));
    const error = blkStatusToErrno(yield* submitAndWait(dev, bios));
    if (error !== 'EOPNOTSUPP') return error;
  }
  // All bios have the same zeroes: a disk may be larger than the memory that they would take.
  const zeroes = new Uint8Array(Math.min(range.nrSectors, MAX_WRITE) * 512);
  const writes = pieces(range, MAX_WRITE, (sector, nrSectors) => {
    const data = zeroes.subarray(0, nrSectors * 512);
    return { op: REQ_OP.WRITE, flags: REQ.SYNC, sector, nrSectors, data };
  });
  return blkStatusToErrno(yield* submitAndWait(dev, writes));
}

/** bio_discard_limit: the first bio ends where a granule does, and so does each that is as long as a bio may be. */
function discardPieces(
  { limits, partition }: BlockDevice,
  { sector, nrSectors }: SectorRange,
  make: (sector: number, nrSectors: number) => BioSpec,
): BioSpec[] {
  const granule = discardGranularity(limits) / 512;
  const beyond = (sector + (partition?.start ?? 0)) % granule;
  const first = beyond === 0 ? 0 : Math.min(granule - beyond, nrSectors);
  const rest = { sector: sector + first, nrSectors: nrSectors - first };
  const most = Math.floor(MAX_DISCARD_BYTES / (granule * 512)) * granule;
  return [...(first > 0 ? [make(sector, first)] : []), ...pieces(rest, most, make)];
}

/** UINT_MAX */
const MAX_DISCARD_BYTES = 2 ** 32 - 1;

/** The sectors of one bio: 256 pages. */
const MAX_WRITE = 2048;

function pieces(
  { sector, nrSectors }: SectorRange,
  most: number,
  make: (sector: number, nrSectors: number) => BioSpec,
): BioSpec[] {
  const parts: BioSpec[] = [];
  for (let done = 0; done < nrSectors; done += most) {
    parts.push(make(sector + done, Math.min(most, nrSectors - done)));
  }
  return parts;
}
