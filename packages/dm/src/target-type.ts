// target-type.ts — The contract between the core and a target: the hooks of struct target_type and their answers.
// Mirrors include/linux/device-mapper.h.
import type { Bio, BlockDevice, BlkStatus, QueueLimits, Request } from '@dmsim/block';
import type { Errno, Task } from '@dmsim/sim';

import type { DmDev, DmTable } from './table/table.ts';

/**
 * The answer of `map` (DM_MAPIO_*):
 * - `submitted`: the target keeps the bio, and will end it or submit it itself;
 * - `remapped`: the core submits it to the device and sector that the target set (`bio.dev`, `bio.sector`);
 * - `requeue`: the target gives it back; it is mapped again after a noflush suspend, and fails at any other time;
 * - `delay-requeue`: request-based only: the core tries again in 100 ms;
 * - `kill`: the bio fails with an I/O error.
 */
export type MapVerdict = 'submitted' | 'remapped' | 'requeue' | 'delay-requeue' | 'kill';

/**
 * The answer of `endIo` (DM_ENDIO_*): `done` completes the bio with `bio.status`, which the target may have changed;
 * `incomplete` leaves it with the target; the requeues are as above.
 */
export type EndIoVerdict = 'done' | 'incomplete' | 'requeue' | 'delay-requeue';

/** A constructor's `ti->error` and errno. Users see both. */
export interface CtrFailure {
  readonly error: string;
  readonly errno: Errno;
}

export type CtrResult<S> = { readonly state: S } | CtrFailure;

/** `undefined` for success, an errno, or text for dmsetup to print. */
export type MessageResult = Errno | undefined | { readonly output: string };

/** An errno, or the device that an ioctl goes to. `partial`: the target covers only a part of it, so the caller needs the right to raw I/O. */
export type IoctlTarget = Errno | { readonly dev: BlockDevice; readonly partial: boolean };

/** A request in request-based dm: the original, and the clone that goes to the path. */
export interface RqContext<P = unknown> {
  readonly original: Request;
  /** Set by `cloneAndMapRq` before it answers `remapped`. */
  clone: Request | null;
  readonly perBio: P;
}

export interface TargetFeatures {
  /** Must be the table's only target. */
  readonly singleton?: boolean;
  /** Once such a target is loaded, the device keeps its type. */
  readonly immutable?: boolean;
  /** May replace any immutable type (`error`). */
  readonly wildcard?: boolean;
  /** Not allowed in a read-only table. */
  readonly alwaysWriteable?: boolean;
}

/**
 * A target type: a readonly record, filled at the bottom of the plugin's file. `S` is a target's state, made by `ctr`; `P`
 * is its data per bio, made by `perBio` once for each pooled record.
 */
export interface TargetType<S = unknown, P = unknown> {
  readonly name: string;
  readonly version: readonly [number, number, number];
  readonly features?: TargetFeatures;
  /** Makes a target of the words that stand behind its name in a table line, and takes its devices (`getDevice`). */
  ctr(ti: DmTarget<S, P>, argv: readonly string[]): CtrResult<S>;
  /** The table goes: gives back what `ctr` took. */
  dtr?(ti: DmTarget<S, P>): void;
  /** Bio-based devices. */
  map?(ti: DmTarget<S, P>, bio: Bio, perBio: P): MapVerdict;
  /** A bio that was remapped comes back from below. Without the hook it is done. */
  endIo?(ti: DmTarget<S, P>, bio: Bio, perBio: P): EndIoVerdict;
  /** Request-based devices. */
  cloneAndMapRq?(ti: DmTarget<S, P>, context: RqContext<P>): MapVerdict;
  releaseCloneRq?(ti: DmTarget<S, P>, context: RqContext<P>): void;
  rqEndIo?(ti: DmTarget<S, P>, status: BlkStatus, context: RqContext<P>): EndIoVerdict;
  busy?(ti: DmTarget<S, P>): boolean;
  /** A suspend begins, and I/O still comes. A target that keeps I/O sends it on here, ends it, or gives it back. */
  presuspend?(ti: DmTarget<S, P>): void;
  /** The suspend that `presuspend` was told of has not come about. */
  presuspendUndo?(ti: DmTarget<S, P>): void;
  /** Nothing is in flight any more. */
  postsuspend?(ti: DmTarget<S, P>): Task<void>;
  /** An errno keeps the device suspended. */
  preresume?(ti: DmTarget<S, P>): Errno | undefined;
  /** The table is live. I/O comes after this. */
  resume?(ti: DmTarget<S, P>): void;
  /** The parameters of a status (`info`) or table line; empty without the hook. */
  status?(ti: DmTarget<S, P>, kind: 'info' | 'table'): string;
  /** The text that the kernel measures after the target's name and version (STATUSTYPE_IMA). Without this hook nothing is measured. */
  measure?(ti: DmTarget<S, P>): string;
  /** `dmsetup message`: the words behind the sector. */
  message?(ti: DmTarget<S, P>, argv: readonly string[]): MessageResult;
  /** ENOTCONN makes the core ask again every 10 ms, for ever. */
  prepareIoctl?(ti: DmTarget<S, P>): IoctlTarget;
  /** Calls `fn` for every device, with the range that the target uses, in the target's order. Sectors. */
  iterateDevices?(ti: DmTarget<S, P>, fn: (dev: DmDev, start: number, len: number) => void): void;
  /** Returns the place of a sector of the map; null if reads and writes go to different places. Invariants that follow data call this; I/O does not. A target without this hook may put a sector anywhere. */
  locate?(ti: DmTarget<S, P>, sector: number): DevSector | null;
  ioHints?(ti: DmTarget<S, P>, limits: QueueLimits): QueueLimits;
  perBio?(): P;
}

export interface DevSector {
  readonly dev: DmDev;
  readonly sector: number;
}

/** One line of a table. Mirrors struct dm_target. */
export interface DmTarget<S = unknown, P = unknown> {
  readonly table: DmTable;
  readonly type: TargetType<S, P>;
  /** Sectors, in the device. */
  readonly begin: number;
  readonly len: number;
  state: S;
  /** Bios are split at multiples of this within the target. Sectors; 0 = never. */
  maxIoLen: number;
  numFlushBios: number;
  numDiscardBios: number;
  numWriteZeroesBios: number;
  /** The target can discard even if its devices can't. */
  discardsSupported: boolean;
  /** True: I/O that the target holds back enters the disk's statistics only when the target sends it on. */
  accountsRemappedIo: boolean;
  /** Flushes go straight to its devices, without `map`. */
  flushBypassesMap: boolean;
  /** Free clones of this target. */
  free: TargetIo<P> | null;
}

/**
 * A clone with its bookkeeping. Mirrors struct dm_target_io. As in Linux, a DmIo contains its first clone: an I/O that
 * isn't split takes one record from one list, and only further clones need records of their own.
 */
export interface TargetIo<P = unknown> extends DmIo {
  readonly clone: Bio;
  readonly ti: DmTarget<unknown, P>;
  /** The record that it counts in: itself, or for a further clone the record of the first one. */
  io: DmIo;
  /** Its number among the clones of one bio: a flush or discard may have one per stripe. */
  nr: number;
  readonly perBio: P;
}

/** Mirrors drivers/md/dm-core.h: DM_IO_ACCOUNTED and following. */
export const DM_IO = {
  /** It is counted in the disk's statistics, from when it is first sent to a device below. */
  ACCOUNTED: 1,
  /** It is a part of a larger bio. */
  WAS_SPLIT: 2,
  /** Its own clone is, or was, in use. */
  CLONED: 4,
  /** It goes on where the I/O before it ended; only for dm-stats. */
  MERGED: 8,
} as const;

/** Tracks an original bio, or one fragment of it, while its clones are in flight. Mirrors struct dm_io. */
export interface DmIo {
  orig: Bio;
  sector: number;
  nrSectors: number;
  /** Clones in flight, plus one while the submitter is still making them. */
  ioCount: number;
  status: BlkStatus;
  /** Bits of `DM_IO`. */
  flags: number;
  startedAt: number;
  next: DmIo | null;
}
