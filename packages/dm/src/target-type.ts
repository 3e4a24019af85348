// target-type.ts — What a target is to the core: the hooks of struct target_type and what they answer.
// Mirrors include/linux/device-mapper.h.
import type { Bio, BlockDevice, BlkStatus, QueueLimits, Request } from '@dmsim/block';
import type { Errno, Task } from '@dmsim/sim';

import type { DmDev, DmTable } from './table.ts';

/**
 * What `map` did with a bio (DM_MAPIO_*):
 * - `submitted`: the target has it, and will end it or submit it itself;
 * - `remapped`: the core submits it to where the target pointed it (`bio.dev`, `bio.sector`);
 * - `requeue`: give it back: to be mapped anew after a noflush suspend, an I/O error at any other time;
 * - `delay-requeue`: request-based only: try again in 100 ms;
 * - `kill`: an I/O error.
 */
export type MapVerdict = 'submitted' | 'remapped' | 'requeue' | 'delay-requeue' | 'kill';

/**
 * What `endIo` made of a completion (DM_ENDIO_*): `done` completes with `bio.status`, which the target may have
 * rewritten; `incomplete` leaves it with the target; the requeues are as above.
 */
export type EndIoVerdict = 'done' | 'incomplete' | 'requeue' | 'delay-requeue';

/** A constructor's `ti->error` and errno: both are seen by users. */
export interface CtrFailure {
  readonly error: string;
  readonly errno: Errno;
}

export type CtrResult<S> = { readonly state: S } | CtrFailure;

/** Nothing for success without output (0), an errno, or text for dmsetup to print (1). */
export type MessageResult = Errno | undefined | { readonly output: string };

/** `errno`, or the device an ioctl goes to; `partial` when the target covers only a part of it, so that raw access is needed. */
export type IoctlTarget = Errno | { readonly dev: BlockDevice; readonly partial: boolean };

/** A request on its way through request-based dm: the original, and the clone made for the path. */
export interface RqContext<P = unknown> {
  readonly original: Request;
  /** Set by `cloneAndMapRq` before it answers `remapped`. */
  clone: Request | null;
  readonly perBio: P;
}

export interface TargetFeatures {
  /** Must be the table's only target. */
  readonly singleton?: boolean;
  /** Once loaded, the device keeps this type. */
  readonly immutable?: boolean;
  /** May replace any immutable type (`error`). */
  readonly wildcard?: boolean;
  /** Not in a read-only table. */
  readonly alwaysWriteable?: boolean;
}

/**
 * A target type: a readonly record, filled at the bottom of the plugin's file. `S` is a target's state, made by `ctr`;
 * `P` what it keeps per bio, made once per pooled record by `perBio`.
 */
export interface TargetType<S = unknown, P = unknown> {
  readonly name: string;
  readonly version: readonly [number, number, number];
  readonly features?: TargetFeatures;
  ctr(ti: DmTarget<S, P>, argv: readonly string[]): CtrResult<S>;
  dtr?(ti: DmTarget<S, P>): void;
  /** Bio-based devices. */
  map?(ti: DmTarget<S, P>, bio: Bio, perBio: P): MapVerdict;
  endIo?(ti: DmTarget<S, P>, bio: Bio, perBio: P): EndIoVerdict;
  /** Request-based devices. */
  cloneAndMapRq?(ti: DmTarget<S, P>, context: RqContext<P>): MapVerdict;
  releaseCloneRq?(ti: DmTarget<S, P>, context: RqContext<P>): void;
  rqEndIo?(ti: DmTarget<S, P>, status: BlkStatus, context: RqContext<P>): EndIoVerdict;
  busy?(ti: DmTarget<S, P>): boolean;
  presuspend?(ti: DmTarget<S, P>): void;
  presuspendUndo?(ti: DmTarget<S, P>): void;
  postsuspend?(ti: DmTarget<S, P>): Task<void>;
  /** An errno keeps the device suspended. */
  preresume?(ti: DmTarget<S, P>): Errno | undefined;
  resume?(ti: DmTarget<S, P>): void;
  /** Parameters of a status (`info`) or table line; without the hook they are empty. */
  status?(ti: DmTarget<S, P>, kind: 'info' | 'table'): string;
  message?(ti: DmTarget<S, P>, argv: readonly string[]): MessageResult;
  /** ENOTCONN: ask again in 10 ms, for ever. */
  prepareIoctl?(ti: DmTarget<S, P>): IoctlTarget;
  /** Every device with the range of it that is used, in the target's order. */
  iterateDevices?(ti: DmTarget<S, P>, fn: (dev: DmDev, start: number, len: number) => void): void;
  ioHints?(ti: DmTarget<S, P>, limits: QueueLimits): QueueLimits;
  perBio?(): P;
}

/** One line of a table. Mirrors struct dm_target. */
export interface DmTarget<S = unknown, P = unknown> {
  readonly table: DmTable;
  readonly type: TargetType<S, P>;
  /** Sectors, in the device. */
  readonly begin: number;
  readonly len: number;
  state: S;
  /** Sectors; bios are split at multiples of it within the target; 0 = not. */
  maxIoLen: number;
  numFlushBios: number;
  numDiscardBios: number;
  numWriteZeroesBios: number;
  /** Says that it discards whatever its devices can. */
  discardsSupported: boolean;
  /** What it holds back is not in the disk's statistics until it sends it on. */
  accountsRemappedIo: boolean;
  /** Flushes go to its devices without `map`. */
  flushBypassesMap: boolean;
  /** Free clones of this target. */
  free: TargetIo<P> | null;
}

/**
 * A clone and what belongs to it. Mirrors struct dm_target_io. As in Linux a DmIo has its first clone in it, so that an I/O
 * that isn't split takes one record from one list; only further clones are records beside it.
 */
export interface TargetIo<P = unknown> extends DmIo {
  readonly clone: Bio;
  readonly ti: DmTarget<unknown, P>;
  /** Itself, unless it is a further clone of another record's original. */
  io: DmIo;
  /** Which of several clones of one bio it is: flushes and discards may have one per stripe. */
  nr: number;
  readonly perBio: P;
}

/** Mirrors drivers/md/dm-core.h: DM_IO_ACCOUNTED and following. */
export const DM_IO = {
  /** In the disk's statistics: not before it is first sent to a device below. */
  ACCOUNTED: 1,
  /** It is a part of a larger bio. */
  WAS_SPLIT: 2,
  /** Its own clone is, or was, in use. */
  CLONED: 4,
} as const;

/** What is known of an original bio, or of one fragment of it, while clones of it are under way. Mirrors struct dm_io. */
export interface DmIo {
  orig: Bio;
  sector: number;
  nrSectors: number;
  /** Clones that have not come back, and one for whoever is still making them. */
  ioCount: number;
  status: BlkStatus;
  /** Bits of `DM_IO`. */
  flags: number;
  startedAt: number;
  next: DmIo | null;
}
