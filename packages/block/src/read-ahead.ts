// read-ahead.ts — The read-ahead of a disk. Mirrors block/blk-settings.c: blk_apply_bdi_limits, and ioctl BLKRASET.
import type { BlockDevice } from './block-device.ts';

const PAGE_SECTORS = 8;
/** 128 KiB (VM_READAHEAD_PAGES). */
const LEAST = 256;

/** Twice the optimal I/O size, in sectors. */
const wantedBy = (dev: BlockDevice): number =>
  Math.floor((dev.limits.ioOpt * 2) / 4096) * PAGE_SECTORS;

/** In sectors. A value that was set stays until the limits ask for more. */
export function readAheadOf(dev: BlockDevice): number {
  dev.readAhead ??= Math.max(wantedBy(dev), LEAST);
  return dev.readAhead;
}

/** Called when another table has set the limits. */
export function limitsReplaced(dev: BlockDevice): void {
  dev.limitsReplaced++;
  limitsApplied(dev);
}

/** Called when the limits have changed. They may raise the read-ahead; it never shrinks by itself. */
export function limitsApplied(dev: BlockDevice): void {
  dev.readAhead = Math.max(dev.readAhead ?? 0, wantedBy(dev), LEAST);
}

/** Whole pages only. */
export function setReadAhead(dev: BlockDevice, sectors: number): void {
  dev.readAhead = Math.floor(sectors / PAGE_SECTORS) * PAGE_SECTORS;
}
