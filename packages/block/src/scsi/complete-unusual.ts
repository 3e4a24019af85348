// complete-unusual.ts — A command that did not simply succeed. Mirrors drivers/scsi/scsi_lib.c: scsi_complete, scsi_io_completion_action.
import { endRequest, requeueRequest } from '../end-request.ts';
import { transfer } from '../transfer.ts';
import { decideAction, decideDisposition } from './decide-disposition.ts';
import { commandTimedOut } from './error-handling.ts';
import { logFailure } from './log-command.ts';
import { resultToBlkStatus } from './result-status.ts';
import type { ScsiCommand } from './scsi-command.ts';
import { FATE } from './scsi-command.ts';

/** A device or host that said "busy" is tried again after this (SCSI_QUEUE_DELAY). */
const QUEUE_DELAY = 3e6;

/** While an array moves a port group from one state to another. */
const ALUA_TRANSITION_DELAY = 1e9;

export function completeUnusual(cmd: ScsiCommand): void {
  const { rq } = cmd;
  switch (cmd.fate) {
    case FATE.REJECT:
      endRequest(rq, rq.status);
      return;
    case FATE.TIMEOUT:
      commandTimedOut(cmd);
      return;
    case FATE.SERVE:
    case FATE.RESULT:
    case FATE.ABORTED:
      cmd.sdev.ioDone++;
      dispose(cmd);
  }
}

/** scsi_complete: what to do with a command that is back. */
function dispose(cmd: ScsiCommand): void {
  switch (decideDisposition(cmd)) {
    case 'success':
      finishCommand(cmd);
      return;
    case 'needs-retry':
      requeueRequest(cmd.rq, 0);
      return;
    case 'add-to-mlqueue':
      requeueRequest(cmd.rq, QUEUE_DELAY);
      return;
    case 'failed':
      finishCommand(cmd);
  }
}

/** scsi_finish_command: the upper layer sees the result. */
export function finishCommand(cmd: ScsiCommand): void {
  const { rq, sdev } = cmd;
  const status = resultToBlkStatus(cmd);
  if (status === 0) {
    // A recovered error: the command was carried out.
    cmd.retries = 0;
    transfer(rq.bio, sdev.unit.store);
    endRequest(rq, status);
    return;
  }
  sdev.ioErrors++;
  switch (decideAction(cmd)) {
    case 'fail':
      cmd.retries = 0;
      if (!rq.quiet) logFailure(cmd);
      endRequest(rq, status);
      return;
    case 'retry':
      requeueRequest(rq, 0);
      return;
    case 'delayed-retry':
      requeueRequest(rq, QUEUE_DELAY);
      return;
    case 'delayed-reprep':
      requeueRequest(rq, ALUA_TRANSITION_DELAY);
  }
}
