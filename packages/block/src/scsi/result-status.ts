// result-status.ts — Translates a command's result for the block layer. Mirrors drivers/scsi/scsi_lib.c: scsi_result_to_blk_status; scsi_error.c: scsi_check_sense.
import type { BlkStatus } from '../status.ts';
import { BLK_STS } from '../status.ts';
import type { ScsiCommand } from './scsi-command.ts';
import { DID, SAM_STATUS } from './scsi-command.ts';
import type { SenseData } from './sense.ts';
import { SENSE_KEY, UNREADABLE } from './sense.ts';

export function resultToBlkStatus(cmd: ScsiCommand): BlkStatus {
  switch (cmd.hostByte) {
    case DID.OK:
      return statusToBlkStatus(cmd);
    case DID.TRANSPORT_FAILFAST:
    case DID.TRANSPORT_MARGINAL:
      return BLK_STS.TRANSPORT;
    default:
      return BLK_STS.IOERR;
  }
}

function statusToBlkStatus({ status, sense }: ScsiCommand): BlkStatus {
  switch (status) {
    case SAM_STATUS.GOOD:
    case SAM_STATUS.CONDITION_MET:
      return BLK_STS.OK;
    case SAM_STATUS.RESERVATION_CONFLICT:
      return BLK_STS.RESV_CONFLICT;
    case SAM_STATUS.CHECK_CONDITION:
      return sense === null ? BLK_STS.IOERR : senseToBlkStatus(sense);
    default:
      return BLK_STS.IOERR;
  }
}

/** ILLEGAL REQUEST by additional sense code: the target refuses the command, whatever the path. */
const ILLEGAL_REQUEST: ReadonlyMap<number, BlkStatus> = new Map([
  [0x10, BLK_STS.PROTECTION],
  [0x20, BLK_STS.TARGET],
  [0x21, BLK_STS.TARGET],
  [0x22, BLK_STS.TARGET],
  [0x24, BLK_STS.TARGET],
  [0x26, BLK_STS.TARGET],
  [0x27, BLK_STS.TARGET],
]);

function senseToBlkStatus({ key, asc, ascq }: SenseData): BlkStatus {
  switch (key) {
    case SENSE_KEY.NO_SENSE:
    case SENSE_KEY.RECOVERED_ERROR:
      return BLK_STS.OK;
    case SENSE_KEY.MEDIUM_ERROR:
      return UNREADABLE.has(asc) ? BLK_STS.MEDIUM : BLK_STS.IOERR;
    case SENSE_KEY.ILLEGAL_REQUEST:
      return ILLEGAL_REQUEST.get(asc) ?? BLK_STS.IOERR;
    case SENSE_KEY.ABORTED_COMMAND:
      // Its protection information is wrong.
      return asc === 0x10 ? BLK_STS.PROTECTION : BLK_STS.IOERR;
    case SENSE_KEY.DATA_PROTECT:
      return asc === 0x27 && ascq === 0x07 ? BLK_STS.NOSPC : BLK_STS.TARGET;
    case SENSE_KEY.HARDWARE_ERROR:
    case SENSE_KEY.COPY_ABORTED:
    case SENSE_KEY.VOLUME_OVERFLOW:
    case SENSE_KEY.MISCOMPARE:
      // Errors of the unit, which any path would give.
      return BLK_STS.TARGET;
    default:
      return BLK_STS.IOERR;
  }
}
