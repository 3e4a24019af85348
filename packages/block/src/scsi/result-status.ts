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

const TARGET_SAYS_NO: ReadonlySet<number> = new Set([0x20, 0x21, 0x22, 0x24, 0x26, 0x27]);

/** Errors of the unit, which any path would give. */
const UNIT_FAILED: ReadonlySet<number> = new Set([
  SENSE_KEY.HARDWARE_ERROR,
  SENSE_KEY.COPY_ABORTED,
  SENSE_KEY.VOLUME_OVERFLOW,
  SENSE_KEY.MISCOMPARE,
  SENSE_KEY.DATA_PROTECT,
]);

function senseToBlkStatus({ key, asc, ascq }: SenseData): BlkStatus {
  if (key === SENSE_KEY.NO_SENSE || key === SENSE_KEY.RECOVERED_ERROR) return BLK_STS.OK;
  if (key === SENSE_KEY.MEDIUM_ERROR && UNREADABLE.has(asc)) return BLK_STS.MEDIUM;
  if (key === SENSE_KEY.ILLEGAL_REQUEST && TARGET_SAYS_NO.has(asc)) return BLK_STS.TARGET;
  // The data's protection information is wrong.
  if ((key === SENSE_KEY.ABORTED_COMMAND || key === SENSE_KEY.ILLEGAL_REQUEST) && asc === 0x10) {
    return BLK_STS.PROTECTION;
  }
  if (key === SENSE_KEY.DATA_PROTECT && asc === 0x27 && ascq === 0x07) return BLK_STS.NOSPC;
  return UNIT_FAILED.has(key) ? BLK_STS.TARGET : BLK_STS.IOERR;
}
