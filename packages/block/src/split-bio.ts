// split-bio.ts — Splits a bio that is larger than a request may be. Mirrors block/blk.h: __bio_split_to_limits; block/blk-merge.c: get_max_io_size; block/bio.c: bio_chain.
import type { Bio } from './bio.ts';
import { bioEndio, createBio } from './bio.ts';
import type { QueueLimits } from './limits.ts';
import { discardGranularity } from './limits.ts';
import { REQ, REQ_OP } from './op.ts';
import { BLK_STS } from './status.ts';

/** The largest request of this kind, in sectors. */
export function maxSectorsOf(bio: Bio): number {
  const { limits } = bio.dev;
  switch (bio.op) {
    case REQ_OP.READ:
    case REQ_OP.WRITE:
    case REQ_OP.FLUSH:
      return limits.maxSectors;
    case REQ_OP.DISCARD:
      return wholeGranules(limits);
    case REQ_OP.SECURE_ERASE:
      return limits.maxDiscardSectors;
    case REQ_OP.WRITE_ZEROES:
      return limits.maxWriteZeroesSectors;
  }
}

/**
 * Submits the parts in order, each as a request of its own. All are served even if some fail; the bio ends with the last of
 * them and gets the first error.
 */
export function submitInParts(bio: Bio, max: number, submit: (part: Bio) => void): void {
  const end = bio.sector + bio.nrSectors;
  bio.status = BLK_STS.OK;
  bio.remaining++;
  for (let sector = bio.sector; sector < end;) {
    const nrSectors = Math.min(end - sector, partOf(bio, sector, max));
    // bio_submit_split: only the last part may be merged with what comes next.
    const flags = sector + nrSectors < end ? bio.flags | REQ.NOMERGE : bio.flags;
    const part = createBio(bio.dev, { op: bio.op, flags, sector, nrSectors }, endPart);
    part.id = bio.id;
    part.biFlags = 0;
    part.owner = bio;
    part.data = bio.data;
    part.dataOffset = bio.dataOffset + (sector - bio.sector) * 512;
    bio.remaining++;
    sector += nrSectors;
    submit(part);
  }
  bio.remaining--;
  bioEndio(bio);
}

const partOf = ({ op, dev: { limits } }: Bio, sector: number, max: number): number =>
  op === REQ_OP.DISCARD ? discardAt(limits, sector, max) : partAt(limits, sector, max);

const granuleOf = (limits: QueueLimits): number => Math.max(1, discardGranularity(limits) / 512);

/** The largest discard, in sectors: one of whole granules, unless not even one fits. */
function wholeGranules(limits: QueueLimits): number {
  const { maxDiscardSectors: max } = limits;
  const whole = max - (max % granuleOf(limits));
  return whole === 0 ? max : whole;
}

/** bio_split_discard: a part ends at the boundary of a granule where it can. */
function discardAt(limits: QueueLimits, sector: number, max: number): number {
  const granule = granuleOf(limits);
  const beyond = (sector + max - ((limits.discardAlignment / 512) % granule)) % granule;
  return max > beyond ? max - beyond : max;
}

/** A part ends at a boundary of physical blocks where it can. */
function partAt(
  { physicalBlockSize, logicalBlockSize }: QueueLimits,
  sector: number,
  max: number,
): number {
  const physical = physicalBlockSize / 512;
  const logical = logicalBlockSize / 512;
  const offset = sector % physical;
  const aligned = Math.floor((offset + max) / physical) * physical - offset;
  return aligned > 0 ? aligned : Math.floor(max / logical) * logical;
}

function endPart(part: Bio): void {
  const whole = part.owner as Bio;
  if (whole.status === BLK_STS.OK) whole.status = part.status;
  bioEndio(whole);
}
