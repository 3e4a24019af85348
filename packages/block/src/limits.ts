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
  /** Sectors a request may have. */
  readonly maxSectors: number;
  /** Sectors that the disk itself can take in a request, whatever the administrator allows; 0 = it does not say. */
  readonly maxDevSectors: number;
  /** Sectors a discard may have, as the administrator has lowered it; 0 = no discard. */
  readonly maxDiscardSectors: number;
  /** Sectors a discard may have at most. */
  readonly maxHwDiscardSectors: number;
  readonly maxWriteZeroesSectors: number;
  /** Bytes; 0 = as large as a physical block. */
  readonly discardGranularity: number;
  /** Bytes from the start of the device to where its physical blocks begin. */
  readonly alignmentOffset: number;
  /** It has a volatile write cache, so flushes have an effect. */
  readonly writeCache: boolean;
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
  maxDevSectors: 0,
  maxDiscardSectors: 0,
  maxHwDiscardSectors: 0,
  maxWriteZeroesSectors: 0,
  discardGranularity: 0,
  alignmentOffset: 0,
  writeCache: false,
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
    maxDevSectors: changes.maxDevSectors ?? limits.maxDevSectors,
    maxDiscardSectors: changes.maxDiscardSectors ?? limits.maxDiscardSectors,
    maxHwDiscardSectors: changes.maxHwDiscardSectors ?? limits.maxHwDiscardSectors,
    maxWriteZeroesSectors: changes.maxWriteZeroesSectors ?? limits.maxWriteZeroesSectors,
    discardGranularity: changes.discardGranularity ?? limits.discardGranularity,
    alignmentOffset: changes.alignmentOffset ?? limits.alignmentOffset,
    writeCache: changes.writeCache ?? limits.writeCache,
    fua: changes.fua ?? limits.fua,
  };
}
