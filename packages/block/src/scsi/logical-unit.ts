// logical-unit.ts — The logical unit behind the paths: one medium and one name, whichever path a command takes.
import type { Store } from '../store.ts';
import { peekStore } from '../store.ts';
import type { UnitLock } from './array-answers.ts';
import type { AluaGroup } from './scsi-device.ts';

/** Asymmetric access states, as SPC names them. */
export type AccessState =
  | 'active/optimized'
  | 'active/non-optimized'
  | 'standby'
  | 'unavailable'
  | 'lba-dependent'
  | 'offline'
  | 'transitioning';

/** Ports of the array that behave alike (a target port group). */
export interface PortGroup {
  readonly id: number;
  state: AccessState;
  readonly preferred: boolean;
  /** The array refuses what comes through its ports while the state does not serve; scsi_debug serves in any. */
  strict: boolean;
}

/** Sectors that can't be read. */
export interface MediumErrors {
  readonly start: number;
  readonly count: number;
}

/** The words of a name are joined as scsi_id does it. */
const joined = (text: string): string => text.trim().replaceAll(/\s+/g, '_');

/** The T10 designator of VPD page 0x83, which has the bytes as the disk sends them. */
export const t10Designator = ({ rawInquiry, serial }: LogicalUnit): string =>
  `${rawInquiry.slice(0, 24)}${serial}`;

/** Vendor, product and revision as programs print what the disk sends: a zero ends a text. */
export const namesSent = ({ rawInquiry: raw }: LogicalUnit): string[] =>
  [raw.slice(0, 8), raw.slice(8, 24), raw.slice(24)].map((field) => field.split('\0', 1)[0] ?? '');

/** `Linux_scsi_debug_2000`: sg_inq leaves out bytes that are zero. */
export const t10Name = (unit: LogicalUnit): string =>
  joined(t10Designator(unit).replaceAll('\0', ''));

/** `3333…`: the NAA name without its prefix. */
export const naaName = ({ wwid }: LogicalUnit): string => wwid.replace(/^naa\./, '');

export interface LogicalUnit {
  /** As /sys/block/X/device/wwid shows it: `t10.Linux   scsi_debug      …` or `naa.…`. */
  readonly wwid: string;
  /** INQUIRY strings, padded with blanks to 8, 16 and 4, as the kernel keeps them. */
  readonly vendor: string;
  readonly model: string;
  readonly rev: string;
  /** The three fields as the disk sends them: 28 bytes, with a zero and what was there before after a short text. */
  readonly rawInquiry: string;
  /** Unit serial number (VPD page 0x80). */
  readonly serial: string;
  /** Sectors. */
  capacity: number;
  readonly store: Store;
  /** Sectors of the medium: fewer than the capacity if the unit pretends to be larger, which then begins anew behind them. */
  readonly mediumSectors: number;
  /** The medium can be taken out (RMB). */
  readonly removable: boolean;
  /** Its sense data have the descriptor format, not the fixed one. */
  readonly descriptorSense: boolean;
  writeProtected: boolean;
  readonly portGroups: PortGroup[];
  mediumErrors: MediumErrors | null;
  /** Only one gateway at a time may serve it; null: any. */
  lock: UnitLock | null;
  /** The states that the alua handler knows, by port group. */
  readonly aluaGroups: Map<PortGroup, AluaGroup>;
}

/** What a sector of the unit holds, past queues and errors. */
export const peekUnit = (
  { store, mediumSectors }: LogicalUnit,
  sector: number,
  nrSectors: number,
): Uint8Array => peekStore(store, sector % mediumSectors, nrSectors);
