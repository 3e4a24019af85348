// mirror-state.ts — What a mirror knows: the two ends, what differs, what is under way. Mirrors block/mirror.c: MirrorBlockJob.
import type { Errno } from '@dmsim/sim';

import type { CoQueue } from '../aio/coroutine.ts';
import type { DirtyBitmap } from '../block/dirty-bitmap.ts';
import type { ErrorPolicy } from '../block/error-action.ts';
import type { BlockNode, NodeUser } from '../block/node.ts';
import type { Job } from './job.ts';

export interface MirrorState {
  /** Above the source: takes what guests write. */
  readonly filter: BlockNode;
  readonly source: BlockNode;
  readonly target: BlockNode;
  /** The job's own hold on the target: others may not delete it. */
  readonly targetUser: NodeUser;
  /** The node whose users move to the target; the source, unless the client named another. */
  readonly replaces: BlockNode;
  readonly sync: 'full' | 'top' | 'none';
  /** A guest's write is made to source and target before it is done; the bitmap then knows nothing of it. */
  readonly writeBlocking: boolean;
  readonly onSourceError: ErrorPolicy;
  readonly onTargetError: ErrorPolicy;
  readonly granularity: number;
  readonly bufSize: number;
  /** A commit of the active image: what lies above `base`. Null: a mirror. */
  readonly base: BlockNode | null;
  readonly bitmap: DirtyBitmap;
  /** Where the next search for dirty chunks begins. */
  cursor: number;
  readonly ops: MirrorOp[];
  /** Buffers that no operation uses: a mebibyte is not made anew for each. */
  readonly spare: Uint8Array[];
  bytesInFlight: number;
  /** Of guests' writes that go to the target at once. */
  activeBytes: number;
  bufferFree: number;
  /** The first error that must end the job. */
  ret: Errno | null;
  shouldComplete: boolean;
  inDrain: boolean;
  lastPause: number;
  /** Ended by block-job-complete: the source's users move to the target. */
  pivot: boolean;
  drained: boolean;
}

export interface MirrorOp {
  readonly offset: number;
  readonly bytes: number;
  readonly waiting: CoQueue;
}

export type MirrorOptions = Pick<
  MirrorState,
  | 'filter'
  | 'source'
  | 'target'
  | 'targetUser'
  | 'replaces'
  | 'sync'
  | 'writeBlocking'
  | 'onSourceError'
  | 'onTargetError'
  | 'granularity'
  | 'bufSize'
  | 'base'
  | 'bitmap'
>;

export const createMirrorState = (options: MirrorOptions): MirrorState => ({
  ...options,
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
