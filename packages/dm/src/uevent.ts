// uevent.ts — Tells user space what happens to a device. Mirrors drivers/md/dm-uevent.c and lib/kobject_uevent.c.
import { printk } from '@dmsim/sim';

import type { MappedDevice } from './mapped-device.ts';
import { diskName } from './mapped-device.ts';

export type UeventAction = 'add' | 'change' | 'remove';

/** One uevent; `variables` are in the order in which the kernel sends them. */
export interface Uevent {
  readonly action: UeventAction;
  readonly devpath: string;
  readonly variables: readonly (readonly [name: string, value: string])[];
}

/** A path event that waits for its table's event. */
export interface PathEvent {
  readonly action: 'PATH_FAILED' | 'PATH_REINSTATED';
  readonly path: string;
  readonly nrValidPaths: number;
  readonly seq: number;
}

/** dm_path_uevent: queues a path event. A batch is sent, newest first, when the table's event is raised. */
export function pathUevent(
  md: MappedDevice,
  action: PathEvent['action'],
  { path, nrValidPaths }: { readonly path: string; readonly nrValidPaths: number },
): void {
  md.uevents.unshift({ action, path, nrValidPaths, seq: ++md.ueventSeq });
}

/** All path events gathered so far, newest first; each is a `change` of the dm disk (dm_send_uevents). */
export function sendPathUevents(md: MappedDevice): void {
  for (const event of md.uevents.splice(0)) {
    if (md.cell === null) {
      printk(
        md.dm.sim,
        'device-mapper: uevent: dm_send_uevents: skipping sending uevent for lost device',
      );
      continue;
    }
    sendUevent(md, 'change', [
      ['DM_TARGET', 'multipath'],
      ['DM_ACTION', event.action],
      ['DM_SEQNUM', String(event.seq)],
      ['DM_PATH', event.path],
      ['DM_NR_VALID_PATHS', String(event.nrValidPaths)],
      ['DM_NAME', md.cell.name],
      ['DM_UUID', md.cell.uuid ?? ''],
    ]);
  }
}

/** dm_kobject_uevent: sends an uevent with the cookie of the command that asked for the change. */
export function cookieUevent(
  md: MappedDevice,
  action: UeventAction,
  { cookie = 0, resized = false }: { readonly cookie?: number; readonly resized?: boolean },
): void {
  sendUevent(md, action, [
    ...(cookie === 0 ? [] : [['DM_COOKIE', String(cookie)] as const]),
    ...(resized ? [['RESIZE', '1'] as const] : []),
  ]);
}

/** kobject_uevent_env of the dm disk. */
export function sendUevent(
  md: MappedDevice,
  action: UeventAction,
  variables: Uevent['variables'] = [],
): void {
  md.dm.host.uevent({ action, devpath: `/devices/virtual/block/${diskName(md)}`, variables });
}
