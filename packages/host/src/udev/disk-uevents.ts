// disk-uevents.ts — Sends the uevents of disks and partitions that come and go. Mirrors block/genhd.c: device_add_disk, del_gendisk, disk_uevent.
import type { BlockDevice } from '@dmsim/block';
import { formatDev } from '@dmsim/block';

import type { Machine } from '../machine.ts';
import { broadcast, passesUnheard } from '../uevent-bus.ts';
import { devpathOf } from './trigger.ts';

/** The backing device info of a disk comes and goes right before the disk itself. */
export function diskUevent(
  { uevents, sim }: Machine,
  disk: BlockDevice,
  action: 'add' | 'remove',
): void {
  if (passesUnheard(uevents)) return;
  const devpath = `/devices/virtual/bdi/${formatDev(disk)}`;
  broadcast(uevents, { action, devpath, variables: [] }, sim.now);
  broadcast(uevents, { action, devpath: devpathOf(disk), variables: [] }, sim.now);
}

/** What is behind the disk has changed (kobject_uevent). */
export function changeUevent({ uevents, sim }: Machine, disk: BlockDevice): void {
  if (passesUnheard(uevents)) return;
  broadcast(uevents, { action: 'change', devpath: devpathOf(disk), variables: [] }, sim.now);
}

export function partitionUevent(
  { uevents, sim }: Machine,
  part: BlockDevice,
  action: 'add' | 'remove' | 'change',
): void {
  if (passesUnheard(uevents)) return;
  const variables = action === 'remove' ? lastWords(part) : [];
  broadcast(uevents, { action, devpath: devpathOf(part), variables }, sim.now);
}

/** Facts that can't be asked of a partition any more when its event is handled. */
function lastWords({
  diskSeq,
  major,
  minor,
  partition,
}: BlockDevice): (readonly [string, string])[] {
  return [
    ['DEVTYPE', 'partition'],
    ['DISKSEQ', String(diskSeq)],
    ['PARTN', String(partition?.number ?? 0)],
    ['MAJOR', String(major)],
    ['MINOR', String(minor)],
  ];
}
