// complete-unusual.ts — Completes a command that did not simply succeed. Mirrors drivers/scsi/scsi_lib.c: scsi_complete, scsi_io_completion_action.
import { requeueRequest } from '../end-request.ts';
import { BLK_STS } from '../status.ts';
import { transfer } from '../transfer.ts';
import { afterCompletion } from './after-completion.ts';
import { checkAccessState } from './alua.ts';
import { decideDisposition } from './decide-disposition.ts';
import { commandTimedOut, failToHost } from './error-handling.ts';
import { endCommand, finishCommand, QUEUE_DELAY, retryCommand } from './finish-command.ts';
import type { ScsiCommand } from './scsi-command.ts';
import { DID, FATE, SAM_STATUS } from './scsi-command.ts';
import { sdevPrintk, sdPrintk } from './scsi-device.ts';
import { SENSE_KEY } from './sense.ts';

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
      transfer(cmd.rq.bio, sdev.behind.store);
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
  reportSense(cmd);
  const ended = dispose(cmd);
  // Without a delay the command ends inside its submission, before scsi_debug gets to say why; one that goes back to
  // the queue has no tag any more.
  if (remark !== null) sdPrintk(sdev, ended ? `tag#${tag} ${remark}` : remark);
}

const ATTENTIONS: Readonly<Record<number, string>> = {
  0x2a01: 'Mode parameters changed',
  0x2a06: 'Asymmetric access state changed',
  0x2a09: 'Capacity data has changed',
  0x3f03: 'Inquiry data has changed',
};

/** Unit attentions are reported whether or not the command is retried (scsi_report_sense, alua_check_sense). */
function reportSense({ sdev, status, sense }: ScsiCommand): void {
  if (status !== SAM_STATUS.CHECK_CONDITION || sense?.key !== SENSE_KEY.UNIT_ATTENTION) return;
  const { asc, ascq } = sense;
  const code = asc * 256 + ascq;
  const text = asc === 0x29 ? 'Power-on or device reset occurred' : ATTENTIONS[code];
  if (text !== undefined) sdevPrintk(sdev, text);
  if (sdev.handler === 'alua' && (code === 0x2900 || code === 0x2a06)) checkAccessState(sdev);
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
