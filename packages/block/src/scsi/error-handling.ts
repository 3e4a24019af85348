import { endRequest, requeueRequest } from '../end-request.ts';
import { BLK_STS } from '../status.ts';
import { noRetry } from './decide-disposition.ts';
import { logFailure } from './log-command.ts';
// error-handling.ts — What happens to a command that timed out. Mirrors drivers/scsi/scsi_error.c: scsi_timeout, scmd_eh_abort_handler.
import type { ScsiCommand } from './scsi-command.ts';
import { DID, FATE, SAM_STATUS } from './scsi-command.ts';

/** The command is aborted, which works, and tried again while it may. */
export function commandTimedOut(cmd: ScsiCommand): void {
  const { rq, sdev } = cmd;
  sdev.ioTimeouts++;
  cmd.fate = FATE.ABORTED;
  cmd.hostByte = DID.TIME_OUT;
  cmd.status = SAM_STATUS.GOOD;
  cmd.sense = null;
  if (++cmd.retries <= sdev.maxRetries && !noRetry(cmd)) {
    requeueRequest(rq, 0);
    return;
  }
  sdev.ioErrors++;
  cmd.retries = 0;
  logFailure(cmd);
  endRequest(rq, BLK_STS.IOERR);
}
