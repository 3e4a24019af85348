// recover-devices.ts — Resets that grow in scope until the device answers. Mirrors drivers/scsi/scsi_error.c: scsi_eh_ready_devs, scsi_eh_tur, scsi_abort_eh_cmnd; sd.c: sd_eh_action.
import type { Nanos, Task } from '@dmsim/sim';
import { seconds, sleepFor } from '@dmsim/sim';

import { checkAccessState } from './alua.ts';
import type { ScsiCommand } from './scsi-command.ts';
import { DID, opcodeOf, OPCODE } from './scsi-command.ts';
import { INJECT } from './scsi-debug/inject-error.ts';
import { takeInjected } from './scsi-debug/inject-into.ts';
import type { ScsiDevice } from './scsi-device.ts';
import { isOnline, sdevPrintk, sdPrintk, setDeviceState } from './scsi-device.ts';
import type { ScsiHost } from './scsi-host.ts';

/** BUS_RESET_SETTLE_TIME, HOST_RESET_SETTLE_TIME */
const SETTLE_TIME: Nanos = seconds(10);

export function* recoverDevices(host: ScsiHost, failed: readonly ScsiCommand[]): Task<void> {
  const started = host.layer.block.sim.now;
  for (const sdev of new Set(failed.map((cmd) => cmd.sdev))) {
    const own = failed.filter((cmd) => cmd.sdev === sdev);
    if (!isOnline(sdev)) continue;
    const revived = yield* reviveDevice(sdev, own, started);
    if (!isOnline(sdev)) continue;
    if (revived) {
      countMediumTimeout(own);
      continue;
    }
    sdevPrintk(sdev, 'Device offlined - not ready after error recovery');
    setDeviceState(sdev, 'offline');
  }
}

/** The resets that the device has not told of yet, by the code of the unit attention. */
type Resets = Set<'power on' | 'bus reset'>;

/** True if the device answers in the end. scsi_debug notes a reset even where it is told to fail it. */
function* reviveDevice(
  sdev: ScsiDevice,
  failed: readonly ScsiCommand[],
  started: Nanos,
): Task<boolean> {
  const [cmd] = failed;
  if (cmd === undefined) return true;
  const late = (): boolean => pastDeadline(sdev.host, started);
  const opcode = opcodeOf(cmd.sdev, cmd.rq.bio);
  const resets: Resets = new Set();
  if (!late()) {
    resets.add('power on');
    if (resetUnit(cmd, opcode) && (yield* answers(cmd, resets))) return true;
  }
  resets.add('bus reset');
  if (!late() && resetTarget(cmd, opcode) && (yield* answers(cmd, resets))) return true;
  if (!late()) {
    yield* sleepFor(SETTLE_TIME);
    if (yield* answers(cmd, resets)) return true;
  }
  yield* sleepFor(SETTLE_TIME);
  return yield* answers(cmd, resets);
}

/** scsi_host_eh_past_deadline: past it, only the host reset is left. */
function pastDeadline({ ehDeadline, layer }: ScsiHost, started: Nanos): boolean {
  return ehDeadline !== null && layer.block.sim.now >= started + ehDeadline;
}

function resetUnit(cmd: ScsiCommand, opcode: number): boolean {
  const { sdev } = cmd;
  if (takeInjected(sdev, INJECT.FAIL_LUN_RESET, opcode) !== null) {
    sdPrintk(sdev, `tag#${cmd.tag} fail lun reset 0x${opcode.toString(16)}`);
    return false;
  }
  return true;
}

function resetTarget(cmd: ScsiCommand, opcode: number): boolean {
  const { sdev } = cmd;
  if (sdev.target.failReset) {
    sdPrintk(sdev, `tag#${cmd.tag} fail target reset 0x${opcode.toString(16)}`);
    return false;
  }
  return true;
}

/** Sends TEST UNIT READY, and again for each reset that the device reports (a unit attention). */
function* answers(cmd: ScsiCommand, resets: Resets): Task<boolean> {
  const { sdev } = cmd;
  const opcode = OPCODE.TEST_UNIT_READY;
  // The failed command lends its buffer (scsi_eh_prep_cmnd).
  cmd.sense = null;
  if (takeInjected(sdev, INJECT.TIMEOUT, opcode) === null) {
    for (const reset of resets) {
      sdevPrintk(sdev, 'Power-on or device reset occurred');
      if (reset === 'power on' && sdev.handler === 'alua') checkAccessState(sdev);
    }
    resets.clear();
    return true;
  }
  sdPrintk(sdev, `tag#${cmd.tag} timeout command 0x0`);
  yield* sleepFor(sdev.ehTimeout);
  if (takeInjected(sdev, INJECT.FAIL_ABORT, opcode) === null) return false;
  sdPrintk(sdev, `tag#${cmd.tag} fail abort command 0x0`);
  // A command of error handling that can't be aborted is reset away, with the same means.
  if (!resetUnit(cmd, opcode) && !resetTarget(cmd, opcode)) yield* sleepFor(SETTLE_TIME);
  return false;
}

/**
 * A device that answers but never serves is given up, too. A recovery counts once, however many commands timed out, and not for those
 * that it got since their abort failed: these have no result yet.
 */
function countMediumTimeout(failed: readonly ScsiCommand[]): void {
  const cmd = failed.find(({ hostByte }) => hostByte === DID.TIME_OUT);
  if (cmd === undefined) return;
  const { sdev } = cmd;
  const served = sdev.ioDone - sdev.ioTimeouts;
  if (served !== sdev.servedAtTimeout) sdev.mediumTimeouts = 0;
  sdev.servedAtTimeout = served;
  if (++sdev.mediumTimeouts < sdev.maxMediumTimeouts) return;
  sdPrintk(sdev, `tag#${cmd.tag} Medium access timeout failure. Offlining disk!`);
  setDeviceState(sdev, 'offline');
}
