// limits.ts — Whether the devices below can carry a table, and what the dm disk can take then. Mirrors dm-table.c: dm_calculate_queue_limits, device_area_is_invalid.
import type { QueueLimits } from '@dmsim/block';
import { DEFAULT_LIMITS } from '@dmsim/block';
import { printk } from '@dmsim/sim';

import type { DmDev, DmTable } from './table.ts';
import type { DmTarget } from './target-type.ts';

/**
 * Null, with the reason in the log, when a device is too small or misaligned. A new table without devices keeps
 * `current`, the limits of the live one, so that what they promised stays true.
 */
export function calculateLimits(table: DmTable, current: QueueLimits | null): QueueLimits | null {
  if (current !== null && table.devices.length === 0) return current;
  let limits: QueueLimits = { ...STACKING_START };
  const misfits: DmDev[] = [];
  for (const ti of table.targets) {
    let targetLimits: QueueLimits = { ...STACKING_START };
    ti.type.iterateDevices?.(ti, (dev, start, len) => {
      targetLimits = stack(targetLimits, dev.bdev.limits);
      // The first one is reported; the rest goes unchecked.
      if (misfits.length === 0 && areaIsInvalid(ti, dev, start, len)) misfits.push(dev);
    });
    if (ti.type.ioHints !== undefined) targetLimits = ti.type.ioHints(ti, targetLimits);
    if (ti.discardsSupported) targetLimits = { ...targetLimits, maxDiscardSectors: UNLIMITED };
    limits = stack(limits, targetLimits);
  }
  if (misfits.length > 0) return null;
  return {
    ...limits,
    maxDiscardSectors: supports(table, (ti) => ti.numDiscardBios > 0, limits.maxDiscardSectors),
    maxWriteZeroesSectors: supports(
      table,
      (ti) => ti.numWriteZeroesBios > 0,
      limits.maxWriteZeroesSectors,
    ),
  };
}

const UNLIMITED = 0xffffffff;

/** blk_set_stacking_limits */
const STACKING_START: QueueLimits = {
  ...DEFAULT_LIMITS,
  maxSectors: UNLIMITED,
  maxDiscardSectors: UNLIMITED,
  maxWriteZeroesSectors: UNLIMITED,
};

function stack(top: QueueLimits, bottom: QueueLimits): QueueLimits {
  return {
    logicalBlockSize: Math.max(top.logicalBlockSize, bottom.logicalBlockSize),
    physicalBlockSize: Math.max(top.physicalBlockSize, bottom.physicalBlockSize),
    ioMin: Math.max(top.ioMin, bottom.ioMin),
    ioOpt: Math.max(top.ioOpt, bottom.ioOpt),
    maxSectors: Math.min(top.maxSectors, bottom.maxSectors),
    maxDiscardSectors: Math.min(top.maxDiscardSectors, bottom.maxDiscardSectors),
    maxWriteZeroesSectors: Math.min(top.maxWriteZeroesSectors, bottom.maxWriteZeroesSectors),
    writeCache: top.writeCache || bottom.writeCache,
  };
}

/** Every target must be able to, or the device can't. */
function supports(table: DmTable, can: (ti: DmTarget) => boolean, sectors: number): number {
  return table.targets.every(can) ? sectors : 0;
}

function areaIsInvalid(ti: DmTarget, { bdev }: DmDev, start: number, len: number): boolean {
  const { md } = ti.table;
  const devSize = bdev.capacity;
  const log = (text: string): true => {
    printk(md.dm.sim, `device-mapper: table: ${md.name}: ${bdev.name} ${text}`);
    return true;
  };
  // A size of 0 is a device that doesn't know it yet.
  if (devSize !== 0 && (start >= devSize || start + len > devSize)) {
    return log(`too small for target: start=${start}, len=${len}, dev_size=${devSize}`);
  }
  const block = bdev.limits.logicalBlockSize;
  if (block <= 512) return false;
  if ((start * 512) % block !== 0) {
    return log(`start=${start} not aligned to h/w logical block size ${block} of ${bdev.name}`);
  }
  if ((len * 512) % block !== 0) {
    return log(`len=${len} not aligned to h/w logical block size ${block} of ${bdev.name}`);
  }
  return false;
}
