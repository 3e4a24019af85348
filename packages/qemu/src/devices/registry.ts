// registry.ts — The device models for a guest's disks, by name.
import type { DeviceModel } from './guest-disk.ts';
import { ideHd } from './ide-disk.ts';
import { scsiHd } from './scsi-disk.ts';
import { virtioBlk } from './virtio-blk.ts';

export const deviceModels: ReadonlyMap<string, DeviceModel> = new Map([
  ['virtio-blk-pci', virtioBlk],
  ['scsi-hd', scsiHd],
  ['scsi-cd', scsiHd],
  ['usb-storage', scsiHd],
  ['ide-hd', ideHd],
  ['ide-cd', ideHd],
]);
