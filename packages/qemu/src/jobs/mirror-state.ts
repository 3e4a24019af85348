// mirror-state.ts — The state of a mirror: its two ends, the chunks that differ, the operations under way. Mirrors block/mirror.c: MirrorBlockJob.
import type { Errno, Nanos } from '@dmsim/sim';

import type { CoQueue } from '../aio/coroutine.ts';
import type { DirtyBitmap } from '../block/dirty-bitmap.ts';
import type { ErrorPolicy } from '../block/error-action.ts';
import type { BlockNode } from '../block/node.ts';
import type { RootUser } from '../block/root-user.ts';
import type { Job } from './job.ts';

export interface MirrorState {
  /** The filter above the source, which sees the guest's writes. */
  readonly filter: BlockNode;
  readonly source: BlockNode;
  readonly target: BlockNode;
  /** The job's own use of the target, which keeps others from deleting it. */
  targetUser: RootUser | null;
  /** The node whose users move to the target; the source, unless the client named another. */
  readonly replaces: BlockNode;
  readonly sync: 'full' | 'top' | 'none';
  /** True: a guest's write completes only after source and target have it, so the bitmap does not record it. */
  readonly writeBlocking: boolean;
  /** Writes of zeroes may give room of the target back to the host. */
  readonly unmaps: boolean;
  readonly onSourceError: ErrorPolicy;
  readonly onTargetError: ErrorPolicy;
  /** Bytes that one bit of the bitmap stands for. */
  readonly granularity: number;
  /** The most bytes that operations may hold at a time (`buf-size`). */
  readonly bufSize: number;
  /** For a commit of the active image, the node into which all images above it are merged. Null for a mirror. */
  readonly base: BlockNode | null;
  /** After the pivot, the target rests on what the source does (`source`), on what it names itself (`open`), or on what it did before (`leave`). */
  readonly backing: 'source' | 'open' | 'leave';
  /** True: the target reads as zeroes at first, so what no image of the source holds need not be copied. */
  readonly targetIsZero: boolean;
  readonly bitmap: DirtyBitmap;
  /** The byte offset at which the next search for dirty chunks begins. */
  cursor: number;
  readonly ops: MirrorOp[];
  /** Buffers that no operation is using, kept so that not every operation allocates a mebibyte. */
  readonly spare: Uint8Array[];
  bytesInFlight: number;
  /** Bytes of guest writes that are on their way to the target. */
  activeBytes: number;
  /** Bytes of `bufSize` that no operation holds. */
  bufferFree: number;
  /** The first error that must end the job; null while there is none. */
  ret: Errno | null;
  /** The client has asked for the end (block-job-complete). */
  shouldComplete: boolean;
  /** The job itself drains the source, and must not be waited for. */
  inDrain: boolean;
  /** The instant at which the job last let others run. */
  lastPause: Nanos;
  /** Ended by block-job-complete: the source's users move to the target. */
  pivot: boolean;
  /** The source is drained, by the job, until the mirror has ended. */
  drained: boolean;
}

export interface MirrorOp {
  readonly offset: number;
  readonly bytes: number;
  /** `zero`: the source is known to be zero there, and is not read. `discard`: it does not say what is there. */
  readonly method: 'copy' | 'zero' | 'discard';
  /** One of those that write zeroes before anything is copied: they are no progress. */
  readonly isFirst: boolean;
  readonly waiting: CoQueue;
}

export type MirrorOptions = Pick<
  MirrorState,
  | 'filter'
  | 'source'
  | 'target'
  | 'replaces'
  | 'sync'
  | 'writeBlocking'
  | 'unmaps'
  | 'onSourceError'
  | 'onTargetError'
  | 'granularity'
  | 'bufSize'
  | 'base'
  | 'backing'
  | 'targetIsZero'
  | 'bitmap'
>;

export const createMirrorState = (options: MirrorOptions): MirrorState => ({
  ...options,
  targetUser: null,
  cursor: 0,
  ops: [],
  spare: [],
  bytesInFlight: 0,
  activeBytes: 0,
  bufferFree: options.bufSize,
  ret: null,
  shouldComplete: false,
  inDrain: false,
  lastPause: 0,
  pivot: false,
  drained: false,
});

export const mirrorState = (job: Job): MirrorState => job.state as MirrorState;
