// mirror-ops.ts — The operations of a mirror: each reads from the source and writes to the target. Mirrors block/mirror.c: mirror_perform.
import type { Errno } from '@dmsim/sim';

import type { Co } from '../aio/coroutine.ts';
import { coQueueRestartAll, coQueueWait } from '../aio/coroutine.ts';
import type { BlockOp } from '../block/block-driver.ts';
import { setDirty } from '../block/dirty-bitmap.ts';
import { submitRequest } from '../block/node.ts';
import { jobErrorAction, whenIgnored } from './block-job.ts';
import type { Job } from './job.ts';
import { addProgress } from './job.ts';
import type { MirrorOp, MirrorState } from './mirror-state.ts';

export const MAX_IN_FLIGHT = 16;

export function* waitForOne(s: MirrorState): Co<void> {
  const op = s.ops[0];
  if (op !== undefined) yield* coQueueWait(op.waiting);
}

export function* waitForAll(s: MirrorState): Co<void> {
  while (s.ops.length > 0) yield* waitForOne(s);
}

/** Waits until one more operation may begin that takes so much of the buffer. */
export function* waitForRoom(s: MirrorState, bytes: number): Co<void> {
  while (s.ops.length >= MAX_IN_FLIGHT || s.bufferFree < bytes) yield* waitForOne(s);
}

/** The buffer may still hold old data; a read overwrites it. */
function takeBuffer({ spare }: MirrorState, bytes: number): Uint8Array {
  const last = spare.at(-1);
  return last !== undefined && last.length >= bytes
    ? (spare.pop() as Uint8Array)
    : new Uint8Array(bytes);
}

/** What each method does to the target. */
const WRITES: Readonly<Record<MirrorOp['method'], BlockOp>> = {
  copy: 'write',
  zero: 'write-zeroes',
  discard: 'discard',
};

/** Starts an operation, which ends by itself. */
export function startOp(job: Job, s: MirrorState, op: MirrorOp): void {
  const { offset, bytes } = op;
  s.ops.push(op);
  s.bytesInFlight += bytes;
  if (op.method === 'copy') s.bufferFree -= bytes;
  const write = WRITES[op.method];
  const toTarget = (data: Uint8Array | null, buffer: Uint8Array | null): void => {
    submitRequest(s.target, { op: write, offset, bytes, data, mayUnmap: s.unmaps }, (ret) => {
      if (buffer !== null) s.spare.push(buffer);
      if (ret !== null) failOp(job, s, { op, errno: ret, isRead: false });
      else endOp(job, s, op, null);
    });
  };
  if (op.method !== 'copy') {
    toTarget(null, null);
    return;
  }
  const buffer = takeBuffer(s, bytes);
  const data = buffer.subarray(0, bytes);
  submitRequest(s.source, { op: 'read', offset, bytes, data }, (read) => {
    if (read === null) toTarget(data, buffer);
    else {
      s.spare.push(buffer);
      failOp(job, s, { op, errno: read, isRead: true });
    }
  });
}

interface Failure {
  readonly op: MirrorOp;
  readonly errno: Errno;
  readonly isRead: boolean;
}

function failOp(job: Job, s: MirrorState, { op, errno, isRead }: Failure): void {
  setDirty(s.bitmap, op.offset, op.bytes);
  const policy = isRead ? s.onSourceError : s.onTargetError;
  const failed = isRead ? {} : { target: s.target };
  const action = jobErrorAction(job, { policy, isRead, errno, ...failed });
  if (action === 'report') s.ret ??= errno;
  if (action === 'ignore') whenIgnored(job, () => endOp(job, s, op, errno));
  else endOp(job, s, op, errno);
}

function endOp(job: Job, s: MirrorState, op: MirrorOp, errno: Errno | null): void {
  s.ops.splice(s.ops.indexOf(op), 1);
  s.bytesInFlight -= op.bytes;
  if (op.method === 'copy') s.bufferFree += op.bytes;
  if (errno === null && !op.isFirst) addProgress(job, op.bytes);
  coQueueRestartAll(job.layer.coroutines, op.waiting);
}
