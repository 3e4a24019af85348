// violation.ts — The report of a broken invariant.
import type { ReqOp } from '@dmsim/block';
import { opName } from '@dmsim/block';
import type { Nanos } from '@dmsim/sim';
import { formatSeconds } from '@dmsim/sim';

export interface Violation {
  /** The invariant's name. */
  readonly invariant: string;
  /** A sentence: which bio, at which place, at which instant. */
  readonly message: string;
  readonly at: Nanos;
  readonly bioId?: number;
  /** `devNumber` of the device it is about. */
  readonly dev?: number;
  /** The consequence for users of the machine, in a plain sentence. */
  readonly meaning: string;
  /** The device's name: `mpatha (dm-0)`. */
  readonly device?: string;
  /** The process that submitted the bio, and the line of the script that it comes from. */
  readonly submitter?: {
    readonly pid: number;
    readonly comm: string;
    readonly file: string;
    readonly line: number;
  };
}

const MINORS = 1 << 20;

/** `254:0` */
export const devText = (dev: number): string => `${Math.floor(dev / MINORS)}:${dev % MINORS}`;

/** `8+16`: first sector and number of sectors, as dm's own logs write it. */
export const rangeText = (sector: number, nrSectors: number): string => `${sector}+${nrSectors}`;

/** `bio 17 (WRITE 8+16 on 254:0)`: as it was submitted. */
export function bioText(bio: {
  readonly id: number;
  readonly op: number;
  readonly sector: number;
  readonly nrSectors: number;
  readonly dev: number;
}): string {
  const range = rangeText(bio.sector, bio.nrSectors);
  return `bio ${bio.id} (${opName(bio.op as ReqOp)} ${range} on ${devText(bio.dev)})`;
}

/** `at 12.345678 s`; `at` is in ns. */
export const instantText = (at: Nanos): string => `at ${formatSeconds(at)} s`;
