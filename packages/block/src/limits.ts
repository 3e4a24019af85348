// limits.ts — The limits of a device. Mirrors include/linux/blkdev.h: struct queue_limits, as far as its fields have a visible effect.

export interface QueueLimits {
  /** Bytes. */
  readonly logicalBlockSize: number;
  readonly physicalBlockSize: number;
  /** Bytes; 0 = not reported. */
  readonly ioMin: number;
  readonly ioOpt: number;
  /** Sectors between the borders that a request should not cross; 0 = there are none. */
  readonly chunkSectors: number;
  /** Sectors a request may have: `requestSectors` of the others. */
  readonly maxSectors: number;
  /** Sectors that the driver can take in a request. */
  readonly maxHwSectors: number;
  /** Sectors that the disk itself can take in a request; 0 = it does not say. */
  readonly maxDevSectors: number;
  /** Sectors that the administrator allows in a request; 0 = he has not said. */
  readonly maxUserSectors: number;
  /** Pieces of memory that a request may have, and the bytes of the largest. */
  readonly maxSegments: number;
  readonly maxSegmentSize: number;
  readonly maxDiscardSegments: number;
  /** Sectors a discard may have, as the administrator has lowered it; 0 = no discard. */
  readonly maxDiscardSectors: number;
  /** Sectors a discard may have at most. */
  readonly maxHwDiscardSectors: number;
  readonly maxWriteZeroesSectors: number;
  /** Bytes; 0 = as large as a physical block. */
  readonly discardGranularity: number;
  /** Bytes from the start of the device to where its granules begin. */
  readonly discardAlignment: number;
  /** Bytes from the start of the device to where its physical blocks begin. */
  readonly alignmentOffset: number;
  /** It stands on devices whose blocks do not fit together (BLK_FLAG_MISALIGNED). */
  readonly misaligned: boolean;
  readonly rotational: boolean;
  /** It has a volatile write cache (BLK_FEAT_WRITE_CACHE). */
  readonly writeCache: boolean;
  /** The administrator has said that nothing is to be flushed (BLK_FLAG_WRITE_CACHE_DISABLED). */
  readonly cacheOff: boolean;
  /** Its driver can write past that cache (BLK_FEAT_FUA). */
  readonly fua: boolean;
}

export const DEFAULT_LIMITS: QueueLimits = {
  logicalBlockSize: 512,
  physicalBlockSize: 512,
  ioMin: 512,
  ioOpt: 0,
  chunkSectors: 0,
  maxSectors: 2560,
  maxHwSectors: 2560,
  maxDevSectors: 0,
  maxUserSectors: 0,
  maxSegments: 128,
  maxSegmentSize: 65_536,
  maxDiscardSegments: 1,
  maxDiscardSectors: 0,
  maxHwDiscardSectors: 0,
  maxWriteZeroesSectors: 0,
  discardGranularity: 0,
  discardAlignment: 0,
  alignmentOffset: 0,
  misaligned: false,
  rotational: false,
  writeCache: false,
  cacheOff: false,
  fua: false,
};

/** Written out field by field, not spread: every I/O reads limits, and all of them should have one object shape. */
// oxlint-disable-next-line complexity -- no decisions, only fields; another spread would make a second object for each device
export function withLimits(limits: QueueLimits, changes: Partial<QueueLimits> = {}): QueueLimits {
  return {
    logicalBlockSize: changes.logicalBlockSize ?? limits.logicalBlockSize,
    physicalBlockSize: changes.physicalBlockSize ?? limits.physicalBlockSize,
    ioMin: changes.ioMin ?? limits.ioMin,
    ioOpt: changes.ioOpt ?? limits.ioOpt,
    chunkSectors: changes.chunkSectors ?? limits.chunkSectors,
    maxSectors: changes.maxSectors ?? limits.maxSectors,
    maxHwSectors: changes.maxHwSectors ?? limits.maxHwSectors,
    maxDevSectors: changes.maxDevSectors ?? limits.maxDevSectors,
    maxUserSectors: changes.maxUserSectors ?? limits.maxUserSectors,
    maxSegments: changes.maxSegments ?? limits.maxSegments,
    maxSegmentSize: changes.maxSegmentSize ?? limits.maxSegmentSize,
    maxDiscardSegments: changes.maxDiscardSegments ?? limits.maxDiscardSegments,
    maxDiscardSectors: changes.maxDiscardSectors ?? limits.maxDiscardSectors,
    maxHwDiscardSectors: changes.maxHwDiscardSectors ?? limits.maxHwDiscardSectors,
    maxWriteZeroesSectors: changes.maxWriteZeroesSectors ?? limits.maxWriteZeroesSectors,
    discardGranularity: changes.discardGranularity ?? limits.discardGranularity,
    discardAlignment: changes.discardAlignment ?? limits.discardAlignment,
    alignmentOffset: changes.alignmentOffset ?? limits.alignmentOffset,
    misaligned: changes.misaligned ?? limits.misaligned,
    rotational: changes.rotational ?? limits.rotational,
    writeCache: changes.writeCache ?? limits.writeCache,
    cacheOff: changes.cacheOff ?? limits.cacheOff,
    fua: changes.fua ?? limits.fua,
  };
}

/** The alignment that is shown, in bytes; -1 if there is none (bdev_alignment_offset). */
export const shownAlignment = ({ alignmentOffset, misaligned }: QueueLimits): number =>
  misaligned ? -1 : alignmentOffset;

/** BLK_DEF_MAX_SECTORS_CAP: the size of a request, in sectors, unless a larger one is asked for, or is the best one. */
const USUAL_SECTORS = 2560;

/** The sectors that a request may have (blk_validate_limits). */
export function requestSectors(limits: Omit<QueueLimits, 'maxSectors'>): number {
  const { maxHwSectors, maxDevSectors, maxUserSectors, ioMin, ioOpt, logicalBlockSize } = limits;
  const most = maxDevSectors === 0 ? maxHwSectors : Math.min(maxHwSectors, maxDevSectors);
  const best = [ioOpt / 512, ioMin / 512].find((sectors) => sectors > USUAL_SECTORS);
  const wanted = maxUserSectors > 0 ? maxUserSectors : (best ?? USUAL_SECTORS);
  const block = logicalBlockSize / 512;
  return Math.floor(Math.min(most, wanted) / block) * block;
}

/** Flushes have an effect (blk_queue_write_cache). */
export const cachesWrites = ({ writeCache, cacheOff }: QueueLimits): boolean =>
  writeCache && !cacheOff;

/** Bytes that are discarded together; 0: none can be (blk_validate_limits). */
export const discardGranularity = (limits: QueueLimits): number =>
  limits.maxDiscardSectors === 0
    ? 0
    : Math.max(limits.discardGranularity, limits.physicalBlockSize);
