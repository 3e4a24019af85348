// error-handling.ts — Handles time-outs, up to the recovery of a whole host. Mirrors drivers/scsi/scsi_error.c: scsi_timeout, scmd_eh_abort_handler, scsi_error_handler.
//
// The first time-out of a request aborts its command alone and tries again. After a second one, or an abort that fails, the
// whole host recovers: it sends no new command, waits until all others have ended or timed out too, and then a process
// resets the unit, the target, the bus and the host in turn, until the device answers or is given up.
import type { Task } from '@dmsim/sim';
import { after, millis, spawn } from '@dmsim/sim';

import { runQueue } from '../run-queue.ts';
import { noRetry, takeRetry } from './decide-disposition.ts';
import { finishCommand, retryCommand } from './finish-command.ts';
import { recoverDevices } from './recover-devices.ts';
import type { ScsiCommand } from './scsi-command.ts';
import { DID, opcodeOf, SAM_STATUS } from './scsi-command.ts';
import { INJECT } from './scsi-debug/inject-error.ts';
import { takeInjected } from './scsi-debug/inject-into.ts';
import { isOnline, refreshHealth, sdPrintk } from './scsi-device.ts';
import type { ScsiHost } from './scsi-host.ts';

/** HZ / 100 jiffies of 4 ms. */
const ABORT_DELAY = millis(8);

export function commandTimedOut(cmd: ScsiCommand): void {
  const { sdev } = cmd;
  sdev.ioTimeouts++;
  sdev.ioDone++;
  cmd.hostByte = DID.TIME_OUT;
  cmd.status = SAM_STATUS.GOOD;
  cmd.sense = null;
  if (cmd.aborted || sdev.host.recovering) {
    failToHost(cmd);
    return;
  }
  cmd.aborted = true;
  after(cmd.rq.queue.layer.sim, ABORT_DELAY, 'scsi abort', () => abortCommand(cmd));
}

function abortCommand(cmd: ScsiCommand): void {
  const opcode = opcodeOf(cmd.sdev, cmd.rq.bio);
  if (takeInjected(cmd.sdev, INJECT.FAIL_ABORT, opcode) !== null) {
    sdPrintk(cmd.sdev, `tag#${cmd.tag} fail abort command 0x${opcode.toString(16)}`);
    // Only an abort that succeeds gives it a result.
    cmd.hostByte = DID.OK;
    failToHost(cmd);
    return;
  }
  retryOrFinish(cmd);
}

/** Tries the command again if its caller and its retry count allow; else it fails (scsi_eh_flush_done_q). */
function retryOrFinish(cmd: ScsiCommand): void {
  const { sdev } = cmd;
  if (isOnline(sdev) && !noRetry(cmd) && takeRetry(cmd)) {
    retryCommand(cmd);
    return;
  }
  if (cmd.hostByte === DID.OK && cmd.status === SAM_STATUS.GOOD) cmd.hostByte = DID.TIME_OUT;
  // The upper layer takes the end of a command, even a bad one, for a sign of life (sd_done).
  sdev.mediumTimeouts = 0;
  finishCommand(cmd);
}

/** scsi_eh_scmd_add */
export function failToHost(cmd: ScsiCommand): void {
  const { host } = cmd.sdev;
  host.failed.push(cmd);
  setRecovering(host, true);
  continueRecovery(host);
}

function setRecovering(host: ScsiHost, recovering: boolean): void {
  host.recovering = recovering;
  for (const sdev of host.devices) refreshHealth(sdev);
}

/** Starts the recovery once all commands of the host in flight are failed ones (scsi_eh_wakeup). */
export function continueRecovery(host: ScsiHost): void {
  if (host.recoveryRuns || host.failed.length === 0) return;
  let inFlight = 0;
  for (const sdev of host.devices) inFlight += sdev.queue.inFlight;
  if (inFlight > host.failed.length) return;
  host.recoveryRuns = true;
  spawn(host.layer.block.sim, `scsi_eh_${host.number}`, () => recover(host));
}

function* recover(host: ScsiHost): Task<number> {
  const failed = host.failed.splice(0);
  yield* recoverDevices(host, failed);
  host.recoveryRuns = false;
  setRecovering(host, false);
  for (const cmd of failed) retryOrFinish(cmd);
  for (const sdev of host.devices) runQueue(sdev.queue);
  return 0;
}
