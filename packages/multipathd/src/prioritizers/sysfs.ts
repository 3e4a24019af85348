// sysfs.ts — The state of the path's port group that the kernel's handler believes in (access_state). Mirrors libmultipath/prioritizers/sysfs.c.
import { ready } from '@dmsim/vfs';

import { readDeviceAttribute } from '../discovery/sysfs.ts';
import { tellOpenOfDevice } from '../discovery/tell-open.ts';
import type { PortGroupState } from '../host.ts';
import type { Path } from '../path.ts';
import { aluaPriority, isExclusive } from './alua.ts';
import type { PrioContext, Prioritizer } from './prioritizer.ts';

const STATES: Readonly<Record<string, PortGroupState['state']>> = {
  'active/optimized': 'optimized',
  'active/non-optimized': 'non-optimized',
  'lba-dependent': 'lba-dependent',
  standby: 'standby',
  unavailable: 'unavailable',
  offline: 'offline',
  transitioning: 'transitioning',
};

function priorityOf(path: Path, context: PrioContext): number {
  tellOpenOfDevice(context, path.dev, 'access_state');
  const text = readDeviceAttribute(context, path, 'access_state');
  if (text === undefined) return -1;
  tellOpenOfDevice(context, path.dev, 'preferred_path');
  const state = Object.hasOwn(STATES, text) ? STATES[text] : undefined;
  if (state === undefined) return 0;
  const preferred = readDeviceAttribute(context, path, 'preferred_path') === '1';
  return aluaPriority({ state, preferred }, isExclusive(context.args));
}

export const sysfs: Prioritizer = {
  name: 'sysfs',
  getPriority: (path, context) => ready(priorityOf(path, context)),
};
