// trigger.ts — Sends a uevent that user space asks for, by a write to the `uevent` attribute of a block device.
import type { BlockDevice } from '@dmsim/block';

import type { Machine } from '../machine.ts';
import type { SysPath } from '../tree/sys-paths.ts';
import { diskPath } from '../tree/sys-paths.ts';
import { broadcast } from '../uevent-bus.ts';

/** The path of a disk or a partition in sysfs: `/devices/pseudo_0/adapter0/host0/target0:0:0/0:0:0:0/block/sda`. */
export const devpathOf = (dev: BlockDevice): string => devpath(diskPath(dev));

export const devpath = (path: SysPath): string => `/${path.join('/')}`;

/** The actions that user space may ask for. After `remove`, udev and its listeners act as if the device had gone, though it is there. */
const ACTIONS = ['add', 'change', 'remove'] as const;

export type TriggeredAction = (typeof ACTIONS)[number];

export const isTriggered = (action: string): action is TriggeredAction =>
  ACTIONS.some((one) => one === action);

const OTHERS: ReadonlySet<string> = new Set(['move', 'online', 'offline', 'bind', 'unbind']);

/** Whether a file `uevent` takes the word (kobject_action_type). Words after it are not simulated. */
export const isAction = (word: string): boolean => isTriggered(word) || OTHERS.has(word);

export function triggerUevent(machine: Machine, kernel: string, action: TriggeredAction): void {
  const dev = machine.layer.byName.get(kernel);
  if (dev === undefined) return;
  const variables = [['SYNTH_UUID', '0']] as const;
  broadcast(machine.uevents, { action, devpath: devpathOf(dev), variables }, machine.sim.now);
}
