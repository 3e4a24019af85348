// alua.ts — Asymmetric access: the state that a path believes its port group to be in. Mirrors drivers/scsi/device_handler/scsi_dh_alua.c: alua_rtpg, alua_check_vpd, alua_rescan.
import type { Nanos } from '@dmsim/sim';
import { after, createEvent, millis, printk, schedule, seconds } from '@dmsim/sim';

import { stateAnswer } from './array-answers.ts';
import type { AccessState } from './logical-unit.ts';
import { OPCODE } from './scsi-command.ts';
import { INJECT } from './scsi-debug/inject-error.ts';
import { failRemark, senseOf, takeInjected } from './scsi-debug/inject-into.ts';
import type { AluaGroup, ScsiDevice } from './scsi-device.ts';
import {
  countCommands,
  isOnline,
  refreshHealth,
  rejectOffline,
  sdevPrintk,
  sdPrintk,
} from './scsi-device.ts';
import { isInTransition } from './sense.ts';

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
    group = { timeoutKnown: false, shown: null, paths: 0, inTransition: false };
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
  // Whoever rescans the device has counted the command.
  askSoon(sdev, 0);
}

/** Asks the array, after a delay, for the state of the path's port group. */
export const checkAccessState = (sdev: ScsiDevice): void => askSoon(sdev, 1);

/**
 * The path's group is about to be used. SET TARGET PORT GROUPS would come next, but an array that decides alone is asked for its
 * state once more instead (alua_stpg). `done` learns whether it answered.
 */
export const activateGroup = (sdev: ScsiDevice, done?: (answered: boolean) => void): void =>
  askSoon(sdev, 2, done);

function askSoon(
  sdev: ScsiDevice,
  commands: number,
  done: (answered: boolean) => void = () => undefined,
): void {
  after(sdev.queue.layer.sim, RTPG_DELAY, 'alua: rtpg', () => {
    const answered = ask(sdev, commands);
    done(answered);
  });
}

/** REPORT TARGET PORT GROUPS. False if the device is offline. */
function ask(sdev: ScsiDevice, commands: number): boolean {
  const answered = isOnline(sdev);
  if (answered) {
    countCommands(sdev, commands);
    updateAccessState(sdev);
  } else reportFailure(sdev);
  return answered;
}

/** The delay before an array that is still in transition is asked again (ALUA_RTPG_RETRY_DELAY). */
const RETRY_DELAY: Nanos = seconds(2);

/** A command came back with "in transition": the group counts as that, and I/O is sent, until the array has an answer (alua_handle_state_transition). */
export function noticeTransition(sdev: ScsiDevice): void {
  const { aluaGroup } = sdev;
  if (aluaGroup === null) return;
  aluaGroup.shown = 'transitioning';
  if (aluaGroup.inTransition) return;
  aluaGroup.inTransition = true;
  setAccessState(sdev, aluaGroup, null);
  askWhenOver(sdev, aluaGroup, RTPG_DELAY);
}

/** alua_rtpg_work: while TEST UNIT READY says the same, there is no use in asking for states. */
function askWhenOver(sdev: ScsiDevice, group: AluaGroup, delay: Nanos): void {
  const askAgain = (): void => {
    if (isOnline(sdev) && saysInTransition(sdev)) {
      askWhenOver(sdev, group, RETRY_DELAY);
      return;
    }
    group.inTransition = false;
    setAccessState(sdev, group, null);
    ask(sdev, 1);
  };
  // A poll: an array that never ends its transition does not keep a run from having hung.
  const event = createEvent('alua: rtpg', undefined, askAgain, {
    background: delay === RETRY_DELAY,
  });
  schedule(sdev.queue.layer.sim, event, delay);
}

/** alua_tur */
function saysInTransition(sdev: ScsiDevice): boolean {
  const injected = takeInjected(sdev, INJECT.FAIL_COMMAND, OPCODE.TEST_UNIT_READY);
  if (injected !== null) sdPrintk(sdev, `tag#0 ${failRemark(OPCODE.TEST_UNIT_READY, injected)}`);
  const sense = injected === null ? stateAnswer(sdev) : senseOf(injected);
  countCommands(sdev, 1);
  if (sense !== null) sdev.ioErrors++;
  return sense !== null && isInTransition(sense);
}

/** Tells all paths through the group the array's answer (alua_rtpg). */
export function updateAccessState(sdev: ScsiDevice): void {
  const { portGroup, aluaGroup } = sdev;
  if (aluaGroup === null) return;
  setAccessState(sdev, aluaGroup, portGroup.state);
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

/** Sets the state of all paths through the group; null: sysfs goes on showing the state that the array reported last. */
function setAccessState({ host }: ScsiDevice, group: AluaGroup, state: AccessState | null): void {
  for (const { devices } of host.layer.hosts.values()) {
    for (const path of devices) {
      if (path.aluaGroup !== group) continue;
      path.accessState = state ?? path.accessState;
      refreshHealth(path);
    }
  }
}

function reportFailure(sdev: ScsiDevice): void {
  if (sdev.state === 'cancel' || sdev.state === 'deleted') return;
  rejectOffline(sdev);
  sdevPrintk(sdev, 'alua: rtpg failed, result 65536');
  printk(sdev.queue.layer.sim, `${sdev.unit.wwid}: no device found for rtpg`);
}
