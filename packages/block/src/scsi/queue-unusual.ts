// queue-unusual.ts — Sends a command to a device that is not healthy. Mirrors drivers/scsi/scsi_lib.c: scsi_device_state_check; scsi_debug.c: scsi_debug_queuecommand.
import { REQ, REQ_OP, requestFlags } from '../op.ts';
import type { QueueVerdict } from '../request.ts';
import type { BlkStatus } from '../status.ts';
import { BLK_STS } from '../status.ts';
import { arrayAnswer } from './array-answers.ts';
import { hostReady } from './host-blocked.ts';
import type { ScsiCommand } from './scsi-command.ts';
import { checkCondition, DID, FATE, OPCODE, opcodeOf, setFate, setResult } from './scsi-command.ts';
import { injectNth } from './scsi-debug/every-nth.ts';
import { injectInto } from './scsi-debug/inject-into.ts';
import type { ScsiDevice } from './scsi-device.ts';
import { isGone, refreshHealth, rejectOffline, sdevPrintk, sdPrintk } from './scsi-device.ts';
import { SENSE_KEY } from './sense.ts';

/** For unhealthy devices and for commands that are tried again. `serve`: the device gets the command, with the fate that `cmd` now has. */
export function queueUnusual(cmd: ScsiCommand): QueueVerdict | 'serve' {
  const { sdev, rq } = cmd;
  // A new try forgets the fate of the one before.
  cmd.fate = FATE.SERVE;
  if (sdev.host.recovering) return 'dev-resource';
  const refused = stateCheck(sdev);
  if (refused !== null) return reject(cmd, refused);
  if (!hostReady(sdev)) return 'resource';
  const denied = handlerCheck(sdev);
  if (denied !== null) {
    rq.quiet = true;
    return reject(cmd, denied);
  }
  const unsendable = whyUnsendable(cmd);
  if (unsendable !== null) {
    sdPrintk(sdev, `tag#${cmd.tag} ${unsendable}`);
    return reject(cmd, BLK_STS.IOERR);
  }
  const driven = driverVerdict(cmd);
  if (driven !== 'pass') return driven;
  if (sdev.unitAttention !== null) {
    setResult(cmd, checkCondition(sdev.unitAttention));
    sdev.unitAttention = null;
    refreshHealth(sdev);
    return 'serve';
  }
  const answer = arrayAnswer(sdev, rq.queue.sim.now);
  if (answer === null) {
    if (!rangeCheck(cmd) && !protectionCheck(cmd)) mediumCheck(cmd);
  } else setResult(cmd, answer);
  return 'serve';
}

/** scsi_debug_queuecommand: what the driver makes of the command before a unit sees it. */
function driverVerdict(cmd: ScsiCommand): QueueVerdict | 'serve' | 'pass' {
  if (isGone(cmd.sdev)) {
    setResult(cmd, { hostByte: DID.NO_CONNECT });
    return 'serve';
  }
  const nth = injectNth(cmd);
  return nth === 'pass' ? injectInto(cmd) : nth;
}

function reject(cmd: ScsiCommand, status: BlkStatus): 'error' {
  setFate(cmd, FATE.REJECT);
  cmd.retries = 0;
  cmd.rq.status = status;
  return 'error';
}

/** Null lets the command through. */
function stateCheck(sdev: ScsiDevice): BlkStatus | null {
  switch (sdev.state) {
    case 'running':
    case 'created':
      return null;
    case 'offline':
    case 'transport-offline':
      rejectOffline(sdev);
      return BLK_STS.IOERR;
    case 'deleted':
      sdevPrintk(sdev, 'rejecting I/O to dead device');
      return BLK_STS.IOERR;
    case 'cancel':
    case 'blocked':
    case 'created-blocked':
    case 'quiesce':
      // States that hold I/O stop the queue, so only a device that is being removed gets here.
      return BLK_STS.OFFLINE;
  }
}

/** alua_prep_fn */
function handlerCheck(sdev: ScsiDevice): BlkStatus | null {
  if (sdev.handler !== 'alua' || sdev.aluaGroup?.inTransition === true) return null;
  switch (sdev.accessState) {
    case 'active/optimized':
    case 'active/non-optimized':
    case 'lba-dependent':
    // The device says how long that takes.
    case 'transitioning':
      return null;
    case 'standby':
    case 'unavailable':
    case 'offline':
      return BLK_STS.IOERR;
  }
}

/** Why no command can be made of the request (sd_setup_read_write_cmnd). */
function whyUnsendable(cmd: ScsiCommand): string | null {
  if (isBeyondDisk(cmd)) return 'access beyond end of device';
  return isLongFlagOnShortCommand(cmd) ? 'FUA write on READ/WRITE(6) drive' : null;
}

/** The disk has become smaller since the request was made, or is smaller than a map on it. */
function isBeyondDisk({ sdev, rq: { bio } }: ScsiCommand): boolean {
  if (sdev.disk === null || bio.op > REQ_OP.WRITE || bio.nrSectors === 0) return false;
  return bio.sector + bio.nrSectors > sdev.disk.capacity;
}

/** WRITE(6) has no room for FUA. */
const isLongFlagOnShortCommand = ({ sdev, rq: { bio } }: ScsiCommand): boolean =>
  sdev.sixByteCommands &&
  (requestFlags(bio.flags) & REQ.FUA) !== 0 &&
  opcodeOf(sdev, bio) === OPCODE.WRITE_6;

/** LOGICAL BLOCK ADDRESS OUT OF RANGE: the unit has become smaller, and the kernel does not know yet. True: it refuses the command. */
function rangeCheck(cmd: ScsiCommand): boolean {
  const { bio } = cmd.rq;
  if (bio.op === REQ_OP.FLUSH || bio.sector + bio.nrSectors <= cmd.sdev.behind.capacity)
    return false;
  setResult(cmd, checkCondition({ key: SENSE_KEY.ILLEGAL_REQUEST, asc: 0x21, ascq: 0 }));
  return true;
}

/** LOGICAL UNIT SOFTWARE WRITE PROTECTED. True: it refuses the command (check_device_access_params). */
function protectionCheck(cmd: ScsiCommand): boolean {
  const { op } = cmd.rq.bio;
  if (!cmd.sdev.behind.writeProtected || op === REQ_OP.READ || op === REQ_OP.FLUSH) return false;
  setResult(cmd, checkCondition({ key: SENSE_KEY.DATA_PROTECT, asc: 0x27, ascq: 2 }));
  return true;
}

/** One bad sector fails the whole command. */
function mediumCheck(cmd: ScsiCommand): void {
  const bad = cmd.sdev.behind.mediumErrors;
  const { bio } = cmd.rq;
  if (bad === null || bio.op !== REQ_OP.READ) return;
  if (bio.sector >= bad.start + bad.count || bio.sector + bio.nrSectors <= bad.start) return;
  setResult(cmd, checkCondition({ key: SENSE_KEY.MEDIUM_ERROR, asc: 0x11, ascq: 0 }));
}
