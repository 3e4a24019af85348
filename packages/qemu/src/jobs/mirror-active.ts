// mirror-active.ts — Sends a guest's write to the source and then to the target, under copy-mode write-blocking. Mirrors block/mirror.c: do_sync_target_write.
import type { BlockRequest, Complete } from '../block/block-driver.ts';
import { setDirty } from '../block/dirty-bitmap.ts';
import { submitRequest } from '../block/node.ts';
import { jobErrorAction } from './block-job.ts';
import type { Job } from './job.ts';
import { addProgress } from './job.ts';
import { mirrorState } from './mirror-state.ts';

/** The guest learns only the result of the source; an error of the target goes to the job. */
export function activeWrite(job: Job, request: BlockRequest, complete: Complete): void {
  const s = mirrorState(job);
  const { offset, bytes } = request;
  submitRequest(s.source, request, (ret) => {
    if (ret !== null || s.ret !== null || job.forceCancel || request.op === 'flush') {
      complete(ret);
      return;
    }
    job.progress.remaining += bytes;
    s.activeBytes += bytes;
    submitRequest(s.target, request, (errno) => {
      s.activeBytes -= bytes;
      if (errno === null) addProgress(job, bytes);
      else {
        setDirty(s.bitmap, offset, bytes);
        const { onTargetError: policy, target } = s;
        const action = jobErrorAction(job, { policy, isRead: false, errno, target });
        if (action === 'report') s.ret ??= errno;
      }
      complete(null);
    });
  });
}
