// scsi-disk.ts — Makes the disk of a SCSI device, names it, and removes it. Mirrors drivers/scsi/sd.c: sd_probe, sd_open, sd_remove, scsi_disk_release.
import { printk, showTrace } from '@dmsim/sim';

import type { BlockDevice } from '../block-device.ts';
import { addDisk, createBlockDevice, delDisk, setReadOnly } from '../block-device.ts';
import type { QueueLimits } from '../limits.ts';
import { announceDisk, searchPartitions } from '../partition.ts';
import { detachAlua } from './alua.ts';
import { cachesWrites, limitCaches, logCaches, revalidateCaches } from './caching-page.ts';
import { peekUnit } from './logical-unit.ts';
import { takeAttention } from './report-sense.ts';
import type { ScsiDevice } from './scsi-device.ts';
import { countCommands, isOnline, refreshHealth, sdevPrintk, sdPrintk } from './scsi-device.ts';
import { takeIndex } from './scsi-layer.ts';
import { diskNumbers, formatDiskName } from './sd-name.ts';
import { formatSize } from './size-text.ts';

export function attachDisk(sdev: ScsiDevice, limits: Partial<QueueLimits>): BlockDevice {
  const scsi = sdev.host.layer;
  sdev.diskIndex = takeIndex(scsi.diskIndices);
  sdev.genericIndex = takeIndex(scsi.genericIndices);
  const { queue } = sdev;
  const { major, minor } = diskNumbers(sdev.diskIndex);
  const disk = createBlockDevice(scsi.block, {
    major,
    minor,
    name: formatDiskName(sdev.diskIndex),
    capacity: sdev.unit.capacity,
    limits: cachesWrites(sdev) ? limits : { ...limits, writeCache: false },
    queue,
    minors: 16,
    peek: (sector, nrSectors) => peekUnit(sdev.unit, sector, nrSectors),
    onOpen(_dev, { write }) {
      if (!isOnline(sdev)) return 'ENXIO';
      return write && disk.protectedBy.driver ? 'EROFS' : undefined;
    },
    onRelease: () => releaseDisk(sdev),
  });
  queue.dev = disk;
  sdev.disk = disk;
  setReadOnly(disk, 'driver', sdev.unit.writeProtected);
  logDisk(sdev, disk.limits);
  addDisk(disk);
  searchPartitions(disk);
  sdPrintk(sdev, `Attached SCSI ${sdev.unit.removable ? 'removable ' : ''}disk`);
  scsi.onEvent({ kind: 'device-added', device: sdev });
  announceDisk(disk);
  scsi.onEvent({ kind: 'device-bound', device: sdev });
  return disk;
}

function logDisk(sdev: ScsiDevice, limits: QueueLimits): void {
  const { ioMin, ioOpt, alignmentOffset } = limits;
  if (alignmentOffset > 0) sdPrintk(sdev, `physical block alignment offset: ${alignmentOffset}`);
  logCapacity(sdev, limits);
  logProtection(sdev);
  sdPrintk(sdev, 'permanent stream count = 5');
  sdPrintk(sdev, `Preferred minimum I/O size ${ioMin} bytes`);
  if (ioOpt > 0) sdPrintk(sdev, `Optimal transfer size ${ioOpt} bytes`);
  sdevPrintk(sdev, `Attached scsi generic sg${sdev.genericIndex} type 0`);
}

/** sd_read_write_protect_flag, sd_read_cache_type */
function logProtection(sdev: ScsiDevice): void {
  const { writeProtected } = sdev.unit;
  sdPrintk(sdev, `Write Protect is ${writeProtected ? 'on' : 'off'}`);
  sdPrintk(sdev, `Mode Sense: 73 00 ${writeProtected ? '90' : '10'} 08`);
  logCaches(sdev);
}

/** sd_print_capacity: when it is found, and when it has changed. */
function logCapacity(sdev: ScsiDevice, limits: QueueLimits): void {
  const { logicalBlockSize, physicalBlockSize } = limits;
  const bytes = sdev.unit.capacity * 512;
  const blocks = bytes / logicalBlockSize;
  sdPrintk(
    sdev,
    `${blocks} ${logicalBlockSize}-byte logical blocks: (${formatSize(bytes, 1000)}/${formatSize(bytes, 1024)})`,
  );
  if (physicalBlockSize !== logicalBlockSize)
    sdPrintk(sdev, `${physicalBlockSize}-byte physical blocks`);
}

/** The commands of sd_revalidate_disk. */
const REVALIDATION = 15;

/** The open with which the search for partitions begins. */
export function askAgain(sdev: ScsiDevice): void {
  // The command that meets it is sent again.
  const again = sdev.unitAttention === null ? 0 : 1;
  takeAttention(sdev);
  countCommands(sdev, REVALIDATION + again);
  revalidateDisk(sdev);
}

/** sd_revalidate_disk: what has changed is taken over, and told. */
export function revalidateDisk(sdev: ScsiDevice): void {
  const { disk } = sdev;
  if (disk === null || !isOnline(sdev)) return;
  revalidateSize(sdev, disk);
  revalidateProtection(sdev, disk);
  revalidateCaches(sdev);
}

/** A protected disk counts as writable while it is asked, so that two events tell of it. */
function revalidateProtection(sdev: ScsiDevice, disk: BlockDevice): void {
  const { unit, host } = sdev;
  const before = disk.protectedBy.driver;
  for (const readOnly of unit.writeProtected ? [false, true] : [false]) {
    if (setReadOnly(disk, 'driver', readOnly)) {
      host.layer.onEvent({ kind: 'disk-protection', device: sdev });
    }
  }
  if (before === unit.writeProtected) return;
  limitCaches(sdev);
  logProtection(sdev);
}

function revalidateSize(sdev: ScsiDevice, disk: BlockDevice): void {
  const { unit, host } = sdev;
  if (disk.capacity === unit.capacity) return;
  const before = disk.capacity;
  logCapacity(sdev, disk.limits);
  disk.capacity = unit.capacity;
  if (disk.capacity < before) sdev.shrunk = true;
  refreshHealth(sdev);
  printk(
    host.layer.block.sim,
    `${disk.name}: detected capacity change from ${before} to ${unit.capacity}`,
  );
  host.layer.onEvent({ kind: 'disk-resized', device: sdev });
}

/** Stops new I/O. The name stays taken while the disk is open. */
export function detachDisk(sdev: ScsiDevice): void {
  const { disk } = sdev;
  if (disk === null) return;
  const scsi = sdev.host.layer;
  showTrace(scsi.block.sim);
  scsi.genericIndices.delete(sdev.genericIndex);
  scsi.block.hooks.onRemoval(disk);
  sdPrintk(sdev, 'Synchronizing SCSI cache');
  scsi.onEvent({ kind: 'device-leaving', device: sdev });
  // The driver lets go when it has sent the last command, which empties the cache.
  disk.openers++;
  delDisk(disk);
  takeAttention(sdev);
  if (--disk.openers === 0) releaseDisk(sdev);
}

/** Called when the last opener has gone: the name is free again. */
function releaseDisk(sdev: ScsiDevice): void {
  sdev.disk = null;
  sdev.host.layer.diskIndices.delete(sdev.diskIndex);
  if (sdev.handler === 'alua') detachAlua(sdev);
}
