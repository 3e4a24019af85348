// sense.ts — Sense data, by which a device explains a failed command, and its text in the log. Mirrors drivers/scsi/constants.c, sense_codes.h.

/** LOGICAL UNIT NOT ACCESSIBLE, ASYMMETRIC ACCESS STATE TRANSITION */
export const isInTransition = ({ key, asc, ascq }: SenseData): boolean =>
  key === SENSE_KEY.NOT_READY && asc === 0x04 && ascq === 0x0a;

export const SENSE_KEY = {
  NO_SENSE: 0,
  RECOVERED_ERROR: 1,
  NOT_READY: 2,
  MEDIUM_ERROR: 3,
  HARDWARE_ERROR: 4,
  ILLEGAL_REQUEST: 5,
  UNIT_ATTENTION: 6,
  DATA_PROTECT: 7,
  BLANK_CHECK: 8,
  VENDOR: 9,
  COPY_ABORTED: 10,
  ABORTED_COMMAND: 11,
  VOLUME_OVERFLOW: 13,
  MISCOMPARE: 14,
  COMPLETED: 15,
} as const;

/** Additional codes of medium errors for which a retry is useless. */
export const UNREADABLE: ReadonlySet<number> = new Set([0x11, 0x13, 0x14]);

export interface SenseData {
  readonly key: number;
  readonly asc: number;
  readonly ascq: number;
}

/** REPORTED LUNS DATA HAS CHANGED */
export const LUNS_CHANGED: SenseData = { key: SENSE_KEY.UNIT_ATTENTION, asc: 0x3f, ascq: 0x0e };

const KEYS = [
  'No Sense',
  'Recovered Error',
  'Not Ready',
  'Medium Error',
  'Hardware Error',
  'Illegal Request',
  'Unit Attention',
  'Data Protect',
  'Blank Check',
  'Vendor Specific(9)',
  'Copy Aborted',
  'Aborted Command',
  'Equal',
  'Volume Overflow',
  'Miscompare',
  'Completed',
];

export const senseKeyName = (key: number): string => KEYS[key] ?? '';

/** By asc · 256 + ascq: those that storage paths meet. */
const ADDITIONAL: Readonly<Record<number, string>> = {
  0x0000: 'No additional sense information',
  0x0400: 'Logical unit not ready, cause not reportable',
  0x0401: 'Logical unit is in process of becoming ready',
  0x0402: 'Logical unit not ready, initializing command required',
  0x0403: 'Logical unit not ready, manual intervention required',
  0x0404: 'Logical unit not ready, format in progress',
  0x0407: 'Logical unit not ready, operation in progress',
  0x0409: 'Logical unit not ready, self-test in progress',
  0x040a: 'Logical unit not accessible, asymmetric access state transition',
  0x040b: 'Logical unit not accessible, target port in standby state',
  0x040c: 'Logical unit not accessible, target port in unavailable state',
  0x0800: 'Logical unit communication failure',
  0x0801: 'Logical unit communication time-out',
  0x0b00: 'Warning',
  0x0c00: 'Write error',
  0x1000: 'Id CRC or ECC error',
  0x1100: 'Unrecovered read error',
  0x1101: 'Read retries exhausted',
  0x1300: 'Address mark not found for data field',
  0x1400: 'Recorded entity not found',
  0x1700: 'Recovered data with no error correction applied',
  0x1d00: 'Miscompare during verify operation',
  0x2000: 'Invalid command operation code',
  0x2100: 'Logical block address out of range',
  0x2400: 'Invalid field in cdb',
  0x2500: 'Logical unit not supported',
  0x2600: 'Invalid field in parameter list',
  0x2700: 'Write protected',
  0x2702: 'Logical unit software write protected',
  0x2707: 'Space allocation failed write protect',
  0x2900: 'Power on, reset, or bus device reset occurred',
  0x2901: 'Power on occurred',
  0x2902: 'Scsi bus reset occurred',
  0x2903: 'Bus device reset function occurred',
  0x2904: 'Device internal reset',
  0x2a00: 'Parameters changed',
  0x2a01: 'Mode parameters changed',
  0x2a06: 'Asymmetric access state changed',
  0x2a07: 'Implicit asymmetric access state transition failed',
  0x2a09: 'Capacity data has changed',
  0x3100: 'Medium format corrupted',
  0x3a00: 'Medium not present',
  0x3f03: 'Inquiry data has changed',
  0x3f0e: 'Reported luns data has changed',
  0x4400: 'Internal target failure',
  0x4b00: 'Data phase error',
  0x4b03: 'Ack/nak timeout',
  0x4e00: 'Overlapped commands attempted',
  0x5d00: 'Failure prediction threshold exceeded',
};

export const additionalSense = ({ asc, ascq }: SenseData): string | undefined =>
  ADDITIONAL[asc * 256 + ascq];
