// stack-limits.ts — Combines the limits of a device with those of the device it stands on. Mirrors block/blk-settings.c: blk_stack_limits.
import type { QueueLimits } from '@dmsim/block';
import { DEFAULT_LIMITS, discardGranularity } from '@dmsim/block';

export const UNLIMITED = 0xffffffff;

/** blk_set_stacking_limits */
export const STACKING_START: QueueLimits = {
  ...DEFAULT_LIMITS,
  maxSectors: UNLIMITED,
  maxHwSectors: UNLIMITED,
  maxSegments: 0xffff,
  maxSegmentSize: UNLIMITED,
  maxDiscardSegments: 0xffff,
  maxWriteZeroesSectors: UNLIMITED,
};

const granularity = ({ physicalBlockSize, ioMin }: QueueLimits): number =>
  Math.max(physicalBlockSize, ioMin);

/** The alignment of a part of the device that begins at sector `start`, in bytes. */
function alignmentAt(limits: QueueLimits, start: number): number {
  const grain = granularity(limits);
  return (grain + limits.alignmentOffset - ((start * 512) % grain)) % grain;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** Zero means that a limit is not set. */
const lcmNotZero = (a: number, b: number): number =>
  a === 0 || b === 0 ? a + b : (a / gcd(a, b)) * b;

const minNotZero = (a: number, b: number): number =>
  a === 0 || b === 0 ? Math.max(a, b) : Math.min(a, b);

type DiscardGrain = Pick<QueueLimits, 'discardGranularity' | 'discardAlignment'>;

/** Granules as large as the larger, which begin where those of both do. Mirrors queue_limit_discard_alignment. */
function stackedDiscards(top: QueueLimits, bottom: QueueLimits, start: number): DiscardGrain {
  const grain = discardGranularity(bottom);
  const own = Math.max(top.discardGranularity, bottom.discardGranularity);
  if (grain === 0) return { discardGranularity: own, discardAlignment: top.discardAlignment };
  const alignment = (grain + bottom.discardAlignment - ((start * 512) % grain)) % grain;
  const both = lcmNotZero(top.discardAlignment, alignment) % Math.max(own, grain);
  return { discardGranularity: own, discardAlignment: both };
}

/** `misaligned`: the two work together, but blocks straddle. */
export function stackLimits(
  top: QueueLimits,
  bottom: QueueLimits,
  start: number,
): { readonly limits: QueueLimits; readonly misaligned: boolean } {
  const alignment = alignmentAt(bottom, start);
  let misaligned = false;
  if (top.alignmentOffset !== alignment) {
    const a = granularity(top) + top.alignmentOffset;
    const b = granularity(bottom) + alignment;
    misaligned = Math.max(a, b) % Math.min(a, b) !== 0;
  }
  const logicalBlockSize = Math.max(top.logicalBlockSize, bottom.logicalBlockSize);
  const multiple = (value: number, of: number, otherwise: number): number => {
    if (value % of === 0) return value;
    misaligned = true;
    return otherwise;
  };
  const physical = Math.max(top.physicalBlockSize, bottom.physicalBlockSize);
  const physicalBlockSize = multiple(physical, logicalBlockSize, logicalBlockSize);
  const ioMin = multiple(Math.max(top.ioMin, bottom.ioMin), physicalBlockSize, physicalBlockSize);
  const ioOpt = multiple(lcmNotZero(top.ioOpt, bottom.ioOpt), physicalBlockSize, 0);
  const chunkSectors = multiple(
    gcd(top.chunkSectors, bottom.chunkSectors),
    physicalBlockSize / 512,
    0,
  );
  const alignmentOffset =
    lcmNotZero(top.alignmentOffset, alignment) % Math.max(physicalBlockSize, ioMin);
  if (alignmentOffset % logicalBlockSize !== 0) misaligned = true;
  const limits: QueueLimits = {
    logicalBlockSize,
    physicalBlockSize,
    ioMin,
    ioOpt,
    chunkSectors,
    maxSectors: Math.min(top.maxSectors, bottom.maxSectors),
    maxHwSectors: Math.min(top.maxHwSectors, bottom.maxHwSectors),
    maxDevSectors: minNotZero(top.maxDevSectors, bottom.maxDevSectors),
    maxUserSectors: minNotZero(top.maxUserSectors, bottom.maxUserSectors),
    maxSegments: Math.min(top.maxSegments, bottom.maxSegments),
    maxSegmentSize: Math.min(top.maxSegmentSize, bottom.maxSegmentSize),
    maxDiscardSegments: Math.min(top.maxDiscardSegments, bottom.maxDiscardSegments),
    maxDiscardSectors: minNotZero(top.maxDiscardSectors, bottom.maxDiscardSectors),
    maxHwDiscardSectors: minNotZero(top.maxHwDiscardSectors, bottom.maxHwDiscardSectors),
    maxWriteZeroesSectors: Math.min(top.maxWriteZeroesSectors, bottom.maxWriteZeroesSectors),
    ...stackedDiscards(top, bottom, start),
    alignmentOffset,
    misaligned: top.misaligned || bottom.misaligned || misaligned,
    rotational: top.rotational || bottom.rotational,
    // The administrator's word about the device below does not count.
    writeCache: top.writeCache || bottom.writeCache,
    cacheOff: false,
    fua: top.fua || bottom.fua,
  };
  return { limits, misaligned };
}
