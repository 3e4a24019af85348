// limits.ts — Checks that the devices below can carry a table, and derives the limits of the dm disk. Mirrors dm-table.c: dm_calculate_queue_limits, device_area_is_invalid.
import type { QueueLimits } from '@dmsim/block';
import { requestSectors } from '@dmsim/block';
import { printk } from '@dmsim/sim';

import type { DmTarget } from '../target-type.ts';
import { stackLimits, STACKING_START, UNLIMITED } from './stack-limits.ts';
import type { DmDev, DmTable } from './table.ts';

/**
 * Null, with the reason in the log, when a device is too small or misaligned. A new table without devices keeps
 * `current`, the limits of the live one, so that what they promised stays true.
 */
export function calculateLimits(table: DmTable, current: QueueLimits | null): QueueLimits | null {
  if (current !== null && hasNoDataDevices(table)) return restricted(table, current);
  let limits = STACKING_START;
  const ofTargets: QueueLimits[] = [];
  for (const ti of table.targets) {
    const targetLimits = limitsOfTarget(ti);
    if (targetLimits === null) return null;
    const stacked = stackLimits(limits, targetLimits, 0);
    if (stacked.misaligned) {
      const where = `(start sect ${ti.begin} len ${ti.len})`;
      log(table, `adding target device ${where} caused an alignment inconsistency`);
    }
    ({ limits } = stacked);
    ofTargets.push(targetLimits);
  }
  if (!linesAreAligned(table, limits, ofTargets)) return null;
  return restricted(table, {
    ...limits,
    misaligned: limits.misaligned && limits.alignmentOffset === 0,
    // A new table forgets what the administrator wrote of discards, here and below: only those that are off below stay off.
    maxDiscardSectors: limits.maxHwDiscardSectors,
    maxSectors: requestSectors(limits),
  });
}

/** Without what some target can't do (dm_table_set_restrictions). */
function restricted({ targets }: DmTable, limits: QueueLimits): QueueLimits {
  const discards = targets.every(canDiscard);
  return {
    ...limits,
    maxDiscardSectors: discards ? limits.maxDiscardSectors : 0,
    maxHwDiscardSectors: discards ? limits.maxHwDiscardSectors : 0,
    maxWriteZeroesSectors: targets.every(({ numWriteZeroesBios: n }) => n > 0)
      ? limits.maxWriteZeroesSectors
      : 0,
  };
}

/** A target that never has devices, such as `zero`, does not count as one that has lost them. */
const hasNoDataDevices = ({ targets, devices }: DmTable): boolean =>
  devices.length === 0 && targets.every(({ type }) => type.iterateDevices !== undefined);

function log({ md }: DmTable, text: string): void {
  printk(md.dm.sim, `device-mapper: table: ${md.name}: ${text}`);
}

/** The part of a device that a target uses. */
interface Area {
  readonly dev: DmDev;
  readonly start: number;
  readonly len: number;
}

/** Stacks the limits of the target's devices and applies its hints; null if a device can't carry the target. */
function limitsOfTarget(ti: DmTarget): QueueLimits | null {
  const areas: Area[] = [];
  ti.type.iterateDevices?.(ti, (dev, start, len) => void areas.push({ dev, start, len }));
  let limits = STACKING_START;
  for (const { dev, start } of areas) {
    const stacked = stackLimits(limits, dev.bdev.limits, start);
    if (stacked.misaligned) logInconsistency(ti, dev, start);
    ({ limits } = stacked);
  }
  if (ti.type.ioHints !== undefined) limits = { ...limits, ...ti.type.ioHints(ti, limits) };
  if (ti.discardsSupported) {
    limits = { ...limits, maxDiscardSectors: UNLIMITED, maxHwDiscardSectors: UNLIMITED };
  }
  // Only the first such device is reported; the others are not checked.
  const { logicalBlockSize } = limits;
  return areas.some((area) => areaIsInvalid(ti, area, logicalBlockSize)) ? null : limits;
}

function logInconsistency(ti: DmTarget, { bdev }: DmDev, start: number): void {
  const { physicalBlockSize, logicalBlockSize, alignmentOffset } = bdev.limits;
  log(
    ti.table,
    `adding target device ${bdev.name} caused an alignment inconsistency: physical_block_size=${physicalBlockSize}, ` +
      `logical_block_size=${logicalBlockSize}, alignment_offset=${alignmentOffset}, start=${start * 512}`,
  );
}

/** True if all its devices can discard, or the target does not need them to (dm_table_supports_discards). */
function canDiscard(ti: DmTarget): boolean {
  if (ti.numDiscardBios === 0) return false;
  let can = true;
  ti.type.iterateDevices?.(ti, ({ bdev }) => {
    if (bdev.limits.maxDiscardSectors === 0) can = false;
  });
  return ti.discardsSupported || can;
}

function areaIsInvalid(
  ti: DmTarget,
  { dev: { bdev }, start, len }: Area,
  blockSize: number,
): boolean {
  const devSize = bdev.capacity;
  const reject = (text: string): true => {
    log(ti.table, text);
    return true;
  };
  // A device of size 0 doesn't know its size yet.
  if (devSize === 0) return false;
  if (start >= devSize || start + len > devSize) {
    return reject(
      `${bdev.name} too small for target: start=${start}, len=${len}, dev_size=${devSize}`,
    );
  }
  const unaligned = `not aligned to h/w logical block size ${blockSize} of ${bdev.name}`;
  if ((start * 512) % blockSize !== 0) return reject(`start=${start} ${unaligned}`);
  if ((len * 512) % blockSize !== 0) return reject(`len=${len} ${unaligned}`);
  return false;
}

/**
 * A block of the disk may reach over several targets when each of them has smaller blocks; the last must end with it
 * (validate_hardware_logical_block_alignment).
 */
function linesAreAligned(
  table: DmTable,
  { logicalBlockSize }: QueueLimits,
  ofTargets: readonly QueueLimits[],
): boolean {
  const blockSectors = logicalBlockSize / 512;
  let left = 0;
  let end = 0;
  for (const [i, ti] of table.targets.entries()) {
    const own = (ofTargets[i]?.logicalBlockSize ?? 512) / 512;
    if (left < ti.len && left % own !== 0) return logLine(table, i, logicalBlockSize);
    end = (end + ti.len) % blockSectors;
    left = end === 0 ? 0 : blockSectors - end;
  }
  return left === 0 || logLine(table, table.targets.length, logicalBlockSize);
}

/** `i` is the loop's counter, as in the kernel: one past the last target if the loop ran to its end. */
function logLine(table: DmTable, i: number, logicalBlockSize: number): false {
  const { begin, len } = table.targets[Math.min(i, table.targets.length - 1)] as DmTarget;
  log(
    table,
    `table line ${i} (start sect ${begin} len ${len}) not aligned to h/w logical block size ${logicalBlockSize}`,
  );
  return false;
}
