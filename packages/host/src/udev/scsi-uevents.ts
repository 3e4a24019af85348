// scsi-uevents.ts — Sends the uevents of SCSI disks that come, go and change. Mirrors block/genhd.c: disk_uevent, set_capacity_and_notify, set_disk_ro.
import type { BlockDevice, ScsiEvent } from '@dmsim/block';

import type { Machine } from '../machine.ts';
import { broadcast, passesUnheard } from '../uevent-bus.ts';
import { devpathOf } from './trigger.ts';

const ACTIONS = {
  'disk-added': 'add',
  'disk-removed': 'remove',
  'disk-resized': 'change',
  'disk-protection': 'change',
} as const;

type DiskEvent = keyof typeof ACTIONS;

const isDiskEvent = (kind: ScsiEvent['kind']): kind is DiskEvent => kind in ACTIONS;

export function scsiUevent({ uevents, sim }: Machine, event: ScsiEvent): void {
  const { kind } = event;
  const disk = 'device' in event ? event.device.disk : null;
  if (disk === null || !isDiskEvent(kind) || passesUnheard(uevents)) return;
  const variables = variablesOf(kind, disk);
  broadcast(uevents, { action: ACTIONS[kind], devpath: devpathOf(disk), variables }, sim.now);
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

function variablesOf(kind: DiskEvent, disk: BlockDevice): (readonly [string, string])[] {
  switch (kind) {
    case 'disk-added':
    case 'disk-removed':
      return [];
    case 'disk-resized':
      return [['RESIZE', '1']];
    case 'disk-protection':
      return [['DISK_RO', disk.protectedBy.driver ? '1' : '0']];
  }
}
