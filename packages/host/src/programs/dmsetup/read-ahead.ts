// read-ahead.ts — How far ahead the kernel reads on each disk. Mirrors block/blk-settings.c: blk_apply_bdi_limits, and ioctl BLKRASET.
import type { BlockDevice } from '@dmsim/block';

const PAGE_SECTORS = 8;
/** 128 KiB (VM_READAHEAD_PAGES). */
const LEAST = 256;

/** By disk, as last seen: it grows with the limits of the disk, and never shrinks by itself. */
const known = new WeakMap<BlockDevice, number>();

/** Sectors. Twice what is best read at once; to be called whenever limits may have grown. */
export function readAheadOf(dev: BlockDevice): number {
  const wanted = Math.floor((dev.limits.ioOpt * 2) / 4096) * PAGE_SECTORS;
  const set = known.get(dev);
  // What someone has set by hand stays until the limits ask for more.
  const now = set === undefined ? Math.max(wanted, LEAST) : set;
  if (set === undefined) known.set(dev, now);
  return now;
}

/** The limits have changed (a table swap): they may ask for more. */
export function limitsApplied(dev: BlockDevice): void {
  const wanted = Math.floor((dev.limits.ioOpt * 2) / 4096) * PAGE_SECTORS;
  known.set(dev, Math.max(known.get(dev) ?? 0, wanted, LEAST));
}

/** Whole pages only. */
export function setReadAhead(dev: BlockDevice, sectors: number): void {
  known.set(dev, Math.floor(sectors / PAGE_SECTORS) * PAGE_SECTORS);
}
