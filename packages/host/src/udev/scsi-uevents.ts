// scsi-uevents.ts — Sends the uevents of SCSI disks that come and go. Mirrors block/genhd.c: disk_uevent.
import type { ScsiEvent } from '@dmsim/block';

import type { Machine } from '../machine.ts';
import { broadcast } from '../uevent-bus.ts';
import { devpathOf } from './trigger.ts';

const ACTIONS = {
  'disk-added': 'add',
  'disk-removed': 'remove',
  'disk-resized': 'change',
} as const;

export function scsiUevent({ uevents, sim }: Machine, { kind, ...event }: ScsiEvent): void {
  if (kind !== 'disk-added' && kind !== 'disk-removed' && kind !== 'disk-resized') return;
  const disk = 'device' in event ? event.device.disk : null;
  if (disk === null) return;
  const variables = kind === 'disk-resized' ? ([['RESIZE', '1']] as const) : [];
  broadcast(uevents, { action: ACTIONS[kind], devpath: devpathOf(disk), variables }, sim.now);
}
