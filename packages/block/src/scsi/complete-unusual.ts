// complete-unusual.ts — Completes a command that did not simply succeed. Mirrors drivers/scsi/scsi_lib.c: scsi_complete, scsi_io_completion_action.
import { requeueRequest } from '../end-request.ts';
import { BLK_STS } from '../status.ts';
import { afterCompletion } from './after-completion.ts';
import { carryOut } from './carry-out.ts';
import { decideDisposition } from './decide-disposition.ts';
import { commandTimedOut, failToHost } from './error-handling.ts';
import { endCommand, finishCommand, QUEUE_DELAY, retryCommand } from './finish-command.ts';
import { unblockHost } from './host-blocked.ts';
import { reportSense } from './report-sense.ts';
import type { ScsiCommand } from './scsi-command.ts';
import { DID, FATE, SAM_STATUS } from './scsi-command.ts';
import { sdPrintk } from './scsi-device.ts';

export function completeUnusual(cmd: ScsiCommand): void {
  const { sdev } = cmd;
  switch (cmd.fate) {
    case FATE.REJECT:
      endCommand(cmd, cmd.rq.status);
      break;
    case FATE.TIMEOUT:
      commandTimedOut(cmd);
      return;
    case FATE.SERVE:
      sdev.ioDone++;
      unblockHost(sdev.host);
      carryOut(cmd.rq.bio, sdev);
      endCommand(cmd, BLK_STS.OK);
      break;
    case FATE.LOST:
    case FATE.RESULT:
      completeResult(cmd);
  }
  if (sdev.ailing) afterCompletion(sdev);
}

function completeResult(cmd: ScsiCommand): void {
  const { sdev, remark, tag } = cmd;
  cmd.remark = null;
  sdev.ioDone++;
  if (cmd.hostByte !== DID.OK || cmd.status !== SAM_STATUS.GOOD) sdev.ioErrors++;
  if (cmd.status === SAM_STATUS.CHECK_CONDITION && cmd.sense !== null) reportSense(sdev, cmd.sense);
  const ended = dispose(cmd);
  // A command that goes back to the queue has no tag any more.
  if (remark !== null) sdPrintk(sdev, ended ? `tag#${tag} ${remark}` : remark);
}

/** scsi_complete: decides about a command that came back. True if it has ended. */
function dispose(cmd: ScsiCommand): boolean {
  switch (decideDisposition(cmd)) {
    case 'success':
      return finishCommand(cmd);
    case 'needs-retry':
      retryCommand(cmd);
      return false;
    case 'add-to-mlqueue':
      requeueRequest(cmd.rq, QUEUE_DELAY);
      return false;
    case 'failed':
      failToHost(cmd);
      return false;
  }
}
