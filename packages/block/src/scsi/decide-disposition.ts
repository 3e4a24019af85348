// decide-disposition.ts — Decides whether a command is tried again, at once or later, or ends. Mirrors drivers/scsi/scsi_error.c: scsi_decide_disposition, scsi_check_sense, scsi_noretry_cmd; scsi_lib.c: scsi_io_completion_action.
import { REQ, requestFlags } from '../op.ts';
import type { ScsiCommand } from './scsi-command.ts';
import { DID, OPCODE, opcodeOf, SAM_STATUS } from './scsi-command.ts';
import { sdevPrintk } from './scsi-device.ts';
import type { SenseData } from './sense.ts';
import { SENSE_KEY, UNREADABLE } from './sense.ts';

export type Disposition = 'success' | 'needs-retry' | 'add-to-mlqueue' | 'failed';

/** Trouble on the wire, which may be over by the next try. */
const TRANSIENT: ReadonlySet<number> = new Set([
  DID.SOFT_ERROR,
  DID.TRANSPORT_DISRUPTED,
  DID.BUS_BUSY,
  DID.PARITY,
  DID.ERROR,
]);

/** Errors that the caller must learn at once. */
const FINAL: ReadonlySet<number> = new Set([
  DID.NO_CONNECT,
  DID.BAD_TARGET,
  DID.ABORT,
  DID.PASSTHROUGH,
  DID.TRANSPORT_FAILFAST,
  DID.TRANSPORT_MARGINAL,
  DID.RESET,
]);

export function decideDisposition(cmd: ScsiCommand): Disposition {
  const { hostByte, status } = cmd;
  if (hostByte === DID.OK) return byStatus(cmd);
  if (hostByte === DID.ERROR && status === SAM_STATUS.RESERVATION_CONFLICT) return byStatus(cmd);
  if (TRANSIENT.has(hostByte)) return maybeRetry(cmd);
  if (hostByte === DID.IMM_RETRY) return runtimeExceeded(cmd) ? 'success' : 'needs-retry';
  if (hostByte === DID.REQUEUE) return runtimeExceeded(cmd) ? 'success' : 'add-to-mlqueue';
  return FINAL.has(hostByte) ? 'success' : 'failed';
}

function byStatus(cmd: ScsiCommand): Disposition {
  switch (cmd.status) {
    case SAM_STATUS.TASK_SET_FULL:
    case SAM_STATUS.BUSY:
      return runtimeExceeded(cmd) ? 'success' : 'add-to-mlqueue';
    case SAM_STATUS.TASK_ABORTED:
      return maybeRetry(cmd);
    case SAM_STATUS.CHECK_CONDITION:
      return cmd.sense === null ? 'failed' : bySense(cmd, cmd.sense);
    case SAM_STATUS.RESERVATION_CONFLICT:
      sdevPrintk(cmd.sdev, 'reservation conflict');
      return 'success';
    case SAM_STATUS.GOOD:
    case SAM_STATUS.CONDITION_MET:
    case SAM_STATUS.ACA_ACTIVE:
      return 'success';
    default:
      return 'failed';
  }
}

function bySense(cmd: ScsiCommand, sense: SenseData): Disposition {
  const handled = cmd.sdev.handler === 'alua' ? byAlua(sense) : null;
  if (handled !== null) return handled === 'needs-retry' ? maybeRetry(cmd) : handled;
  const { key, asc } = sense;
  switch (key) {
    case SENSE_KEY.ABORTED_COMMAND:
      // A protection error would happen again.
      return asc === 0x10 ? 'success' : maybeRetry(cmd);
    case SENSE_KEY.NOT_READY:
    case SENSE_KEY.UNIT_ATTENTION:
      return byReadiness(cmd, sense);
    case SENSE_KEY.MEDIUM_ERROR:
      return UNREADABLE.has(asc) ? 'success' : maybeRetry(cmd);
    default:
      return 'success';
  }
}

function byReadiness(cmd: ScsiCommand, { asc, ascq }: SenseData): Disposition {
  if (asc !== 0x04) return 'success';
  if (ascq === 0x01) return maybeRetry(cmd);
  return ascq === 0x0a ? 'add-to-mlqueue' : 'success';
}

/** alua_check_sense: null leaves it to the midlayer. */
export function byAlua({ key, asc, ascq }: SenseData): 'needs-retry' | 'add-to-mlqueue' | null {
  if (key === SENSE_KEY.NOT_READY) return asc === 0x04 && ascq === 0x0a ? 'needs-retry' : null;
  if (key !== SENSE_KEY.UNIT_ATTENTION) return null;
  if (asc === 0x04 && ascq === 0x0a) return 'needs-retry';
  const code = asc * 256 + ascq;
  const worthAnother = [0x2900, 0x2904, 0x2a01, 0x2a06, 0x2a07, 0x3f03, 0x3f0e];
  return worthAnother.includes(code) ? 'add-to-mlqueue' : null;
}

/** SCSI_CMD_RETRIES_NO_LIMIT */
const NO_LIMIT = -1;

/** scsi_cmd_retry_allowed: counts another try, if there may be one. */
export function takeRetry(cmd: ScsiCommand): boolean {
  const { maxRetries } = cmd.sdev;
  return maxRetries === NO_LIMIT || ++cmd.retries <= maxRetries;
}

function maybeRetry(cmd: ScsiCommand): Disposition {
  return takeRetry(cmd) && !noRetry(cmd) ? 'needs-retry' : 'success';
}

/** scsi_noretry_cmd: true if the caller's fail-fast flags forbid a retry. */
export function noRetry(cmd: ScsiCommand): boolean {
  const flags = requestFlags(cmd.rq.bio.flags);
  switch (cmd.hostByte) {
    case DID.OK:
      break;
    case DID.TIME_OUT:
      return (flags & REQ.FAILFAST_DEV) !== 0;
    case DID.BUS_BUSY:
      return (flags & REQ.FAILFAST_TRANSPORT) !== 0;
    case DID.PARITY:
      return (flags & REQ.FAILFAST_DEV) !== 0;
    case DID.ERROR:
    case DID.SOFT_ERROR:
      return (flags & REQ.FAILFAST_DRIVER) !== 0;
    default:
      break;
  }
  return cmd.status === SAM_STATUS.CHECK_CONDITION && (flags & REQ.FAILFAST_DEV) !== 0;
}

/** scsi_cmd_runtime_exceeced: limits the time of all tries together to one time-out per try. */
function runtimeExceeded({ rq, sdev }: ScsiCommand): boolean {
  if (sdev.maxRetries === NO_LIMIT) return false;
  return rq.queue.layer.sim.now > rq.startedAt + (sdev.maxRetries + 1) * sdev.timeout;
}

/** `reprep`: the command is made anew, in its short form. */
export type CompletionAction = 'fail' | 'retry' | 'reprep' | 'delayed-retry' | 'delayed-reprep';

const BECOMING_READY: ReadonlySet<number> = new Set([
  0x01, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x11, 0x14, 0x1a, 0x1b, 0x1d,
]);

/** Decides what the upper layer does about an error that reached it. */
export function decideAction(cmd: ScsiCommand): CompletionAction {
  const action = actionFor(cmd);
  return action !== 'fail' && runtimeExceeded(cmd) ? 'fail' : action;
}

function actionFor(cmd: ScsiCommand): CompletionAction {
  const { hostByte, status, sense } = cmd;
  if (hostByte === DID.RESET) return 'retry';
  if (status !== SAM_STATUS.CHECK_CONDITION || sense === null) return 'fail';
  if (sense.key === SENSE_KEY.UNIT_ATTENTION) return 'retry';
  if (isUnknownOpcode(sense)) return hasShortForm(cmd) ? 'reprep' : 'fail';
  if (sense.key !== SENSE_KEY.NOT_READY || sense.asc !== 0x04) return 'fail';
  if (sense.ascq === 0x0a) return 'delayed-reprep';
  return BECOMING_READY.has(sense.ascq) ? 'delayed-retry' : 'fail';
}

/** INVALID COMMAND OPERATION CODE */
const isUnknownOpcode = ({ key, asc, ascq }: SenseData): boolean =>
  key === SENSE_KEY.ILLEGAL_REQUEST && asc === 0x20 && ascq === 0;

function hasShortForm({ sdev, rq }: ScsiCommand): boolean {
  if (sdev.sixByteCommands) return false;
  const opcode = opcodeOf(sdev, rq.bio);
  return opcode === OPCODE.READ_10 || opcode === OPCODE.WRITE_10;
}
