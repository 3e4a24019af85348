// carry-out.ts — The moment a SCSI disk carries out a command; unmapping is that of scsi_debug (unmap_region).
import type { Bio } from '../bio.ts';
import { REQ_OP } from '../op.ts';
import { writeStore, zeroStore } from '../store.ts';
import { transfer } from '../transfer.ts';
import type { ScsiDevice } from './scsi-device.ts';

const SECTOR = 512;

/** Reads, writes or unmaps what the bio names, on the unit behind the device. */
export function carryOut(bio: Bio, sdev: ScsiDevice): void {
  if (bio.op === REQ_OP.DISCARD) unmap(bio, sdev);
  else transfer(bio, sdev.behind.store);
}

/** Unmaps whole granules only: what is left of one at either end keeps its data. */
function unmap({ sector, nrSectors }: Bio, { provisioning, disk, behind }: ScsiDevice): void {
  const { support } = provisioning;
  if (support === null || support.unmapped === null) return;
  const granule = (support.granularity * (disk?.limits.logicalBlockSize ?? SECTOR)) / SECTOR;
  const first = Math.ceil(sector / granule) * granule;
  const end = Math.floor((sector + nrSectors) / granule) * granule;
  const { store } = behind;
  if (end <= first) return;
  if (support.unmapped === 0) zeroStore(store, first, end - first);
  else writeStore(store, first, end - first, ones(end - first), 0);
}

const ones = (sectors: number): Uint8Array => new Uint8Array(sectors * SECTOR).fill(0xff);
