// requeue.ts — Returns a request to its queue. Mirrors dm-rq.c: dm_requeue_original_request.
import { requeueRequest } from '@dmsim/block';
import { millis } from '@dmsim/sim';

import { endStats } from './account-request.ts';
import type { RequestIo } from './request-io.ts';

/** How long to wait before a target that asked for a delay gets the request again (DM_REQUEUE_DELAY). */
const DELAY = millis(100);

export function requeueOriginal(io: RequestIo, { delayed }: { readonly delayed: boolean }): void {
  const { ti, context } = io;
  endStats(io);
  if (context.clone !== null) ti.type.releaseCloneRq?.(ti, context);
  context.clone = null;
  requeueRequest(context.original, delayed ? DELAY : 0);
}
