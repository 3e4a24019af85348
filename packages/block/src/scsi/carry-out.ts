// carry-out.ts — The moment a SCSI disk carries out a command, as scsi_debug does. Mirrors drivers/scsi/scsi_debug.c: do_device_access, unmap_region.
import type { Bio } from '../bio.ts';
import { REQ_OP } from '../op.ts';
import { writeStore, zeroStore } from '../store.ts';
import { traceLanded, transfer } from '../transfer.ts';
import type { LogicalUnit } from './logical-unit.ts';
import type { ScsiDevice } from './scsi-device.ts';

const SECTOR = 512;

/** Reads, writes or unmaps what the bio names, on the unit behind the device. */
export function carryOut(bio: Bio, sdev: ScsiDevice): void {
  const { behind } = sdev;
  if (bio.op === REQ_OP.DISCARD) discard(bio, sdev);
  else if (bio.sector + bio.nrSectors > behind.mediumSectors) transferAround(bio, behind);
  else transfer(bio, behind.store);
}

/** Behind the end of its medium, a unit that pretends to be larger begins anew. */
function transferAround(bio: Bio, { store, mediumSectors }: LogicalUnit): void {
  for (let done = 0; done < bio.nrSectors;) {
    const sector = (bio.sector + done) % mediumSectors;
    const nrSectors = Math.min(bio.nrSectors - done, mediumSectors - sector);
    const dataOffset = bio.dataOffset + done * SECTOR;
    // Written here, since the trace is to have the whole write, and where the disk has it.
    if (bio.op !== REQ_OP.WRITE) transfer({ ...bio, sector, nrSectors, dataOffset }, store);
    else if (bio.data !== null) writeStore(store, sector, nrSectors, bio.data, dataOffset);
    done += nrSectors;
  }
  if (bio.op === REQ_OP.WRITE) traceLanded(bio);
}

function discard(bio: Bio, sdev: ScsiDevice): void {
  const { provisioning, behind } = sdev;
  if (provisioning.discard === 'writesame_zero')
    transferAround({ ...bio, op: REQ_OP.WRITE_ZEROES }, behind);
  else unmap(bio, sdev);
}

/** Unmaps whole granules of the medium only: what is left of one at either end keeps its data. */
function unmap({ sector, nrSectors }: Bio, { provisioning, disk, behind }: ScsiDevice): void {
  const { support } = provisioning;
  if (support === null || support.unmapped === null) return;
  const granule = (support.granularity * (disk?.limits.logicalBlockSize ?? SECTOR)) / SECTOR;
  const { store, mediumSectors } = behind;
  const first = Math.ceil(sector / granule) * granule;
  const whole = Math.floor((sector + nrSectors) / granule) * granule;
  const end = Math.min(whole, mediumSectors);
  if (end <= first) return;
  if (support.unmapped === 0) zeroStore(store, first, end - first);
  else writeStore(store, first, end - first, ones(end - first), 0);
}

const ones = (sectors: number): Uint8Array => new Uint8Array(sectors * SECTOR).fill(0xff);
