// scsi-command.ts — The SCSI command of a request, and the text of its result. Mirrors include/scsi/scsi_cmnd.h, scsi_status.h.
import type { Bio } from '../bio.ts';
import { REQ, REQ_OP, requestFlags } from '../op.ts';
import type { Request } from '../request.ts';
import type { ScsiDevice } from './scsi-device.ts';
import type { SenseData } from './sense.ts';

/** The host byte: what the transport reports about a command. */
export const DID = {
  OK: 0,
  NO_CONNECT: 1,
  BUS_BUSY: 2,
  TIME_OUT: 3,
  BAD_TARGET: 4,
  ABORT: 5,
  PARITY: 6,
  ERROR: 7,
  RESET: 8,
  BAD_INTR: 9,
  PASSTHROUGH: 10,
  SOFT_ERROR: 11,
  IMM_RETRY: 12,
  REQUEUE: 13,
  TRANSPORT_DISRUPTED: 14,
  TRANSPORT_FAILFAST: 15,
  TRANSPORT_MARGINAL: 20,
} as const;

/** The status byte: what the device reports about it. */
export const SAM_STATUS = {
  GOOD: 0,
  CHECK_CONDITION: 2,
  CONDITION_MET: 4,
  BUSY: 8,
  RESERVATION_CONFLICT: 24,
  TASK_SET_FULL: 40,
  ACA_ACTIVE: 48,
  TASK_ABORTED: 64,
} as const;

const DID_NAMES = new Map<number, string>(
  Object.entries(DID).map(([name, byte]) => [byte, `DID_${name}`]),
);

export const hostByteName = (byte: number): string =>
  DID_NAMES.get(byte) ?? `0x${byte.toString(16)}`;

/** The fate of a command, decided when it is sent and carried out when the request's event is due. */
export const FATE = {
  /** It is carried out. */
  SERVE: 0,
  /** It ends with `hostByte`, `status`, `sense`. */
  RESULT: 1,
  /** It never was a command; the request ends with its status. */
  REJECT: 2,
  /** It has timed out. */
  TIMEOUT: 3,
  /** It is on a wire that leads nowhere: no event is due. */
  LOST: 4,
} as const;

export type Fate = (typeof FATE)[keyof typeof FATE];

/** Lives in `rq.pdu`: made once a request record, used for every command that record becomes. */
export interface ScsiCommand {
  readonly rq: Request;
  readonly sdev: ScsiDevice;
  /** Stands for the tag in log lines. */
  readonly tag: number;
  fate: Fate;
  hostByte: number;
  status: number;
  sense: SenseData | null;
  /** Tries so far, the first one not counted. */
  retries: number;
  /** It was aborted once: the next time-out goes to error handling. */
  aborted: boolean;
  /** A line that scsi_debug logs when the command has come back. */
  remark: string | null;
}

/** Made with the request's record (scsi_mq_init_request). */
export function initCommand(rq: Request): void {
  const sdev = rq.queue.queuedata as ScsiDevice;
  const cmd: ScsiCommand = {
    rq,
    sdev,
    tag: sdev.commands.length,
    fate: FATE.SERVE,
    hostByte: DID.OK,
    status: SAM_STATUS.GOOD,
    sense: null,
    retries: 0,
    aborted: false,
    remark: null,
  };
  sdev.commands.push(cmd);
  rq.pdu = cmd;
}

/** Sets the command's fate; until it has ended, it leaves the common path. */
export function setFate(cmd: ScsiCommand, fate: Fate): void {
  cmd.fate = fate;
  cmd.rq.unusual = true;
}

export interface CommandResult {
  readonly hostByte?: number;
  readonly status?: number;
  readonly sense?: SenseData | null;
}

/** It will end like this when it is due. */
export function setResult(
  cmd: ScsiCommand,
  { hostByte = DID.OK, status = SAM_STATUS.GOOD, sense = null }: CommandResult,
): void {
  setFate(cmd, FATE.RESULT);
  cmd.hostByte = hostByte;
  cmd.status = status;
  cmd.sense = sense;
}

export const checkCondition = (sense: SenseData): CommandResult => ({
  status: SAM_STATUS.CHECK_CONDITION,
  sense,
});

export const OPCODE = {
  TEST_UNIT_READY: 0x00,
  READ_6: 0x08,
  WRITE_6: 0x0a,
  INQUIRY: 0x12,
  READ_10: 0x28,
  WRITE_10: 0x2a,
  SYNCHRONIZE_CACHE: 0x35,
  WRITE_SAME_10: 0x41,
  UNMAP: 0x42,
  READ_16: 0x88,
  WRITE_16: 0x8a,
  WRITE_SAME_16: 0x93,
  MAINTENANCE_IN: 0xa3,
} as const;

const OPCODE_NAMES: Readonly<Record<number, string>> = {
  [OPCODE.READ_6]: 'Read(6)',
  [OPCODE.WRITE_6]: 'Write(6)',
  [OPCODE.READ_10]: 'Read(10)',
  [OPCODE.WRITE_10]: 'Write(10)',
  [OPCODE.SYNCHRONIZE_CACHE]: 'Synchronize Cache(10)',
  [OPCODE.WRITE_SAME_10]: 'Write Same(10)',
  [OPCODE.UNMAP]: 'Unmap/Read sub-channel',
  [OPCODE.READ_16]: 'Read(16)',
  [OPCODE.WRITE_16]: 'Write(16)',
  [OPCODE.WRITE_SAME_16]: 'Write same(16)',
};

const blockSectorsOf = (sdev: ScsiDevice): number =>
  (sdev.disk?.limits.logicalBlockSize ?? 512) / 512;

/** A command as far as its name and its second byte go. */
interface Kind {
  readonly opcode: number;
  /** FUA of a read or write, UNMAP of a WRITE SAME. */
  readonly flags: number;
}

const FUA = 0x08;
const UNMAP = 0x08;

const plain = (opcode: number): Kind => ({ opcode, flags: 0 });

/** The command that sd makes of the bio (sd_init_command). */
function kindOf(sdev: ScsiDevice, bio: Bio): Kind {
  switch (bio.op) {
    case REQ_OP.READ:
    case REQ_OP.WRITE:
      return transferKind(sdev, bio);
    case REQ_OP.FLUSH:
      return plain(OPCODE.SYNCHRONIZE_CACHE);
    case REQ_OP.DISCARD:
    case REQ_OP.SECURE_ERASE:
      return discardKind(sdev);
    case REQ_OP.WRITE_ZEROES:
      return zeroingKind(sdev, bio);
  }
}

/** sd_setup_read_write_cmnd: a disk whose last block READ(10) can't address gets no other commands than the long ones. */
function transferKind(sdev: ScsiDevice, bio: Bio): Kind {
  const blockSectors = blockSectorsOf(sdev);
  const lba = bio.sector / blockSectors;
  const blocks = bio.nrSectors / blockSectors;
  const reads = bio.op === REQ_OP.READ;
  const flags = (requestFlags(bio.flags) & REQ.FUA) === 0 ? 0 : FUA;
  if (sdev.unit.capacity / blockSectors > 0xffffffff || blocks > 0xffff)
    return { opcode: reads ? OPCODE.READ_16 : OPCODE.WRITE_16, flags };
  if (sdev.sixByteCommands && lba <= 0x1fffff && blocks <= 0xff)
    return plain(reads ? OPCODE.READ_6 : OPCODE.WRITE_6);
  return { opcode: reads ? OPCODE.READ_10 : OPCODE.WRITE_10, flags };
}

function discardKind({ provisioning: { discard } }: ScsiDevice): Kind {
  switch (discard) {
    case 'full':
    case 'unmap':
    case 'disabled':
      return plain(OPCODE.UNMAP);
    case 'writesame_16':
      return { opcode: OPCODE.WRITE_SAME_16, flags: UNMAP };
    case 'writesame_10':
      return { opcode: OPCODE.WRITE_SAME_10, flags: UNMAP };
    case 'writesame_zero':
      return plain(OPCODE.WRITE_SAME_10);
  }
}

/** sd_setup_write_zeroes_cmnd: zeroes that may be unmapped, unless the bio says otherwise. The disks have WRITE SAME(16). */
function zeroingKind({ provisioning: { zeroing } }: ScsiDevice, { flags }: Bio): Kind {
  if ((flags & REQ.NOUNMAP) === 0) {
    if (zeroing === 'writesame_16_unmap') return { opcode: OPCODE.WRITE_SAME_16, flags: UNMAP };
    if (zeroing === 'writesame_10_unmap') return { opcode: OPCODE.WRITE_SAME_10, flags: UNMAP };
  }
  return plain(OPCODE.WRITE_SAME_16);
}

export const opcodeOf = (sdev: ScsiDevice, bio: Bio): number => kindOf(sdev, bio).opcode;

/** `Read(10) 28 00 00 00 00 08 00 00 08 00` */
export function formatCdb(sdev: ScsiDevice, bio: Bio): string {
  const kind = kindOf(sdev, bio);
  const bytes = bytesOf(kind, sdev, bio);
  return `${OPCODE_NAMES[kind.opcode] ?? ''} ${bytes.map((b) => b.toString(16).padStart(2, '0')).join(' ')}`;
}

/** The length of an UNMAP's parameters, which say what it is to unmap: a descriptor of 16 bytes behind a header of 8. */
const UNMAP_LENGTH = 24;

function bytesOf({ opcode, flags }: Kind, sdev: ScsiDevice, bio: Bio): number[] {
  const blockSectors = blockSectorsOf(sdev);
  const lba = Math.floor(bio.sector / blockSectors);
  const blocks = Math.floor(bio.nrSectors / blockSectors);
  if (opcode === OPCODE.UNMAP)
    return [opcode, ...bigEndian(0, 6), ...bigEndian(UNMAP_LENGTH, 2), 0];
  if (opcode === OPCODE.READ_6 || opcode === OPCODE.WRITE_6)
    return [opcode, ...bigEndian(lba, 3), blocks, 0];
  return opcode < 0x80
    ? [opcode, flags, ...bigEndian(lba, 4), 0, ...bigEndian(blocks, 2), 0]
    : [opcode, flags, ...bigEndian(lba, 8), ...bigEndian(blocks, 4), 0, 0];
}

function bigEndian(value: number, width: number): number[] {
  return Array.from({ length: width }, (_, i) => Math.floor(value / 256 ** (width - 1 - i)) % 256);
}
