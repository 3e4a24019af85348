// array.ts — Acts of an array on its own: it moves port groups, puts another unit at an address, lets gateways take turns.
import { showTrace } from '@dmsim/sim';

import type { UnitLock } from './array-answers.ts';
import type { AccessState, LogicalUnit } from './logical-unit.ts';
import type { ScsiDevice } from './scsi-device.ts';
import { refreshHealth } from './scsi-device.ts';
import type { SenseData } from './sense.ts';
import { LUNS_CHANGED, SENSE_KEY } from './sense.ts';

const STATE_CHANGED: SenseData = { key: SENSE_KEY.UNIT_ATTENTION, asc: 0x2a, ascq: 0x06 };

const allDevices = ({ host }: ScsiDevice): ScsiDevice[] =>
  [...host.layer.hosts.values()].flatMap(({ devices }) => devices);

/** The array moves the device's port group to another state, and says so to the next command of each path to its units. */
export function setGroupState(sdev: ScsiDevice, state: AccessState): void {
  const { portGroup } = sdev;
  portGroup.strict = true;
  if (portGroup.state === state) return;
  portGroup.state = state;
  for (const path of allDevices(sdev)) {
    if (!path.behind.portGroups.includes(portGroup)) continue;
    path.unitAttention = STATE_CHANGED;
    refreshHealth(path);
  }
}

/** Another unit answers at the device's address. The kernel keeps what it read at discovery until it is told to look again. */
export function putBehind(sdev: ScsiDevice, unit: LogicalUnit): void {
  if (sdev.behind === unit) return;
  showTrace(sdev.queue.layer.sim);
  sdev.behind = unit;
  const { target, lun } = sdev.address;
  for (const found of sdev.host.targets) {
    if (found.target === target && found.lun === lun) found.unit = unit;
  }
  sdev.unitAttention = LUNS_CHANGED;
  refreshHealth(sdev);
}

export function lockUnit(sdev: ScsiDevice, lock: Pick<UnitLock, 'takes' | 'patience'>): void {
  sdev.behind.lock = { ...lock, holder: null, heldFrom: 0, moves: 0, bounces: 0 };
  for (const path of allDevices(sdev)) refreshHealth(path);
}
