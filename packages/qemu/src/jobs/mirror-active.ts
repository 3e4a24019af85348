// mirror-active.ts — Sends a guest's write to the source and then to the target, under copy-mode write-blocking. Mirrors block/mirror.c: do_sync_target_write.
import type { BlockRequest, Complete } from '../block/block-driver.ts';
import { clearDirty, isDirty, setDirty } from '../block/dirty-bitmap.ts';
import { submitRequest } from '../block/node.ts';
import { jobErrorAction } from './block-job.ts';
import type { Job } from './job.ts';
import { addProgress } from './job.ts';
import type { MirrorState } from './mirror-state.ts';
import { mirrorState } from './mirror-state.ts';

/** The guest learns only the result of the source; an error of the target goes to the job. */
export function activeWrite(job: Job, request: BlockRequest, complete: Complete): void {
  const s = mirrorState(job);
  submitRequest(s.source, request, (ret) => {
    const part =
      ret !== null || s.ret !== null || job.forceCancel || request.op === 'flush'
        ? null
        : withoutDirtyEnds(s, request);
    if (part === null) complete(ret);
    else writeToTarget(job, part, () => complete(null));
  });
}

function writeToTarget(job: Job, request: BlockRequest, complete: () => void): void {
  const s = mirrorState(job);
  const { bitmap, granularity } = s;
  const { offset, bytes } = request;
  const [first, end] = [
    Math.ceil(offset / granularity) * granularity,
    Math.floor((offset + bytes) / granularity) * granularity,
  ];
  if (first < end) clearDirty(bitmap, first, end - first);
  job.progress.remaining += bytes;
  s.activeBytes += bytes;
  submitRequest(s.target, request, (errno) => {
    s.activeBytes -= bytes;
    if (errno === null) addProgress(job, bytes);
    else {
      setDirty(bitmap, offset, bytes);
      const { onTargetError: policy, target } = s;
      const action = jobErrorAction(job, { policy, isRead: false, errno, target });
      if (action === 'report') s.ret ??= errno;
    }
    complete();
  });
}

/** Leaves out the ends that do not fill a chunk which differs anyhow: the job will copy all of it. Null: nothing is left. */
function withoutDirtyEnds(
  { bitmap, granularity }: MirrorState,
  request: BlockRequest,
): BlockRequest | null {
  const { offset, bytes } = request;
  const differs = (at: number): boolean =>
    at % granularity !== 0 && isDirty(bitmap, Math.floor(at / granularity));
  const start = differs(offset) ? Math.ceil(offset / granularity) * granularity : offset;
  const last = offset + bytes;
  const end = differs(last) ? Math.floor(last / granularity) * granularity : last;
  if (start >= end) return null;
  if (start === offset && end === last) return request;
  const data = request.data?.subarray(start - offset, end - offset) ?? null;
  return { ...request, offset: start, bytes: end - start, data };
}
