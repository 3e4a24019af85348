// finish-command.ts — Ends a command, or tries it again. Mirrors drivers/scsi/scsi_lib.c: scsi_io_completion, scsi_end_request.
import { endRequest, requeueRequest } from '../end-request.ts';
import { mayPrint } from '../ratelimit.ts';
import type { BlkStatus } from '../status.ts';
import { BLK_STS } from '../status.ts';
import { carryOut } from './carry-out.ts';
import { decideAction } from './decide-disposition.ts';
import { unblockHost } from './host-blocked.ts';
import { logFailure, logSense } from './log-command.ts';
import { resultToBlkStatus } from './result-status.ts';
import type { ScsiCommand } from './scsi-command.ts';
import { FATE } from './scsi-command.ts';

/** The delay before a busy device or host is tried again, in ns (SCSI_QUEUE_DELAY). */
export const QUEUE_DELAY = 3e6;

/** The delay while an array moves a port group to another state, in ns. */
const ALUA_TRANSITION_DELAY = 1e9;

export const retryCommand = (cmd: ScsiCommand): void => requeueRequest(cmd.rq, 0);

/** scsi_finish_command: gives the result to the upper layer. True if that ended the request. */
export function finishCommand(cmd: ScsiCommand): boolean {
  const { rq, sdev } = cmd;
  unblockHost(sdev.host);
  const status = resultToBlkStatus(cmd);
  if (status === BLK_STS.OK) {
    // A recovered error: the command was carried out.
    if (cmd.sense !== null && !rq.quiet) logSense(cmd);
    carryOut(rq.bio, sdev);
    endCommand(cmd, status);
    return true;
  }
  switch (decideAction(cmd)) {
    case 'fail':
      if (!rq.quiet && mayPrint(rq.queue.layer, 'scsi_io_completion_action')) logFailure(cmd);
      endCommand(cmd, status);
      return true;
    case 'retry':
      retryCommand(cmd);
      return false;
    case 'reprep':
      sdev.sixByteCommands = true;
      retryCommand(cmd);
      return false;
    case 'delayed-retry':
      requeueRequest(rq, QUEUE_DELAY);
      return false;
    case 'delayed-reprep':
      requeueRequest(rq, ALUA_TRANSITION_DELAY);
      return false;
  }
}

export function endCommand(cmd: ScsiCommand, status: BlkStatus): void {
  const { rq } = cmd;
  // Reset before it ends, since its record may serve another request by the time that call returns.
  cmd.retries = 0;
  cmd.fate = FATE.SERVE;
  rq.unusual = false;
  cmd.aborted = false;
  endRequest(rq, status);
}
