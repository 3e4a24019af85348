// alua.ts — Asymmetric access: the state that a path believes its port group to be in. Mirrors drivers/scsi/device_handler/scsi_dh_alua.c: alua_rtpg, alua_check_vpd, alua_rescan.
import type { Nanos } from '@dmsim/sim';
import { after, millis, printk } from '@dmsim/sim';

import type { AccessState } from './logical-unit.ts';
import type { AluaGroup, ScsiDevice } from './scsi-device.ts';
import { isOnline, refreshHealth, rejectOffline, sdevPrintk } from './scsi-device.ts';

/** The delay before REPORT TARGET PORT GROUPS is sent (ALUA_RTPG_DELAY_MSECS). */
const RTPG_DELAY: Nanos = millis(5);

const LETTERS: Readonly<Record<AccessState, string>> = {
  'active/optimized': 'A',
  'active/non-optimized': 'N',
  standby: 'S',
  unavailable: 'U',
  'lba-dependent': 'L',
  offline: 'O',
  transitioning: 'T',
};

/** Called at discovery. The access state counts as optimized until the array is asked. */
export function attachAlua(sdev: ScsiDevice): void {
  sdev.handler = 'alua';
  sdev.accessState = 'active/optimized';
  sdev.aluaGroup = groupOf(sdev);
  sdev.aluaGroup.paths++;
  logPortGroup(sdev);
}

/** Forgets the group's state when its last path goes. */
export function detachAlua(sdev: ScsiDevice): void {
  const group = sdev.aluaGroup;
  if (group !== null && --group.paths === 0) forgetGroup(sdev);
  sdev.aluaGroup = null;
  sdev.handler = null;
  sdevPrintk(sdev, 'alua: Detached');
}

function groupOf({ unit, portGroup }: ScsiDevice): AluaGroup {
  let group = unit.aluaGroups.get(portGroup);
  if (group === undefined) {
    group = { timeoutKnown: false, shown: null, paths: 0 };
    unit.aluaGroups.set(portGroup, group);
  }
  return group;
}

function forgetGroup({ unit, portGroup }: ScsiDevice): void {
  unit.aluaGroups.delete(portGroup);
}

function logPortGroup(sdev: ScsiDevice): void {
  const { unit, portGroup } = sdev;
  sdevPrintk(sdev, 'alua: supports implicit TPGS');
  sdevPrintk(sdev, `alua: device ${unit.wwid} port group ${portGroup.id.toString(16)} rel port 1`);
}

/** A rescan reads everything again, the access state too. */
export function rescanAlua(sdev: ScsiDevice): void {
  const group = groupOf(sdev);
  if (group !== sdev.aluaGroup) {
    // Another unit answers at this address.
    if (sdev.aluaGroup !== null) sdev.aluaGroup.paths--;
    group.paths++;
    sdev.aluaGroup = group;
  }
  logPortGroup(sdev);
  checkAccessState(sdev);
}

/** Asks the array, after a delay, for the state of the path's port group; `done` learns whether it answered. */
export function checkAccessState(
  sdev: ScsiDevice,
  done: (answered: boolean) => void = () => undefined,
): void {
  after(sdev.queue.layer.sim, RTPG_DELAY, 'alua: rtpg', () => {
    const answered = isOnline(sdev);
    if (answered) updateAccessState(sdev);
    else reportFailure(sdev);
    done(answered);
  });
}

/** Tells all paths through the group the array's answer (alua_rtpg). */
export function updateAccessState(sdev: ScsiDevice): void {
  const { portGroup, aluaGroup } = sdev;
  if (aluaGroup === null) return;
  for (const host of sdev.host.layer.hosts.values()) {
    for (const path of host.devices) {
      if (path.aluaGroup !== aluaGroup) continue;
      path.accessState = portGroup.state;
      refreshHealth(path);
    }
  }
  if (!aluaGroup.timeoutKnown) sdevPrintk(sdev, 'alua: transition timeout set to 60 seconds');
  aluaGroup.timeoutKnown = true;
  if (aluaGroup.shown === portGroup.state) return;
  aluaGroup.shown = portGroup.state;
  const { id, preferred, state } = portGroup;
  const preference = preferred ? 'preferred' : 'non-preferred';
  sdevPrintk(
    sdev,
    `alua: port group ${id.toString(16)} state ${LETTERS[state]} ${preference} supports tolUSNA`,
  );
}

function reportFailure(sdev: ScsiDevice): void {
  if (sdev.state === 'cancel' || sdev.state === 'deleted') return;
  rejectOffline(sdev);
  sdevPrintk(sdev, 'alua: rtpg failed, result 65536');
  printk(sdev.queue.layer.sim, `${sdev.unit.wwid}: no device found for rtpg`);
}
