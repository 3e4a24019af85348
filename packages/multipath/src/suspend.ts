// suspend.ts — What a suspend and a resume mean to queueing. Mirrors dm-mpath.c: multipath_presuspend,
// multipath_postsuspend, multipath_resume, flush_multipath_work.
import type { DmTarget } from '@dmsim/dm';
import { DM_TYPE } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';
import { flushWork, flushWorkqueue, waitEvent } from '@dmsim/sim';

import type { MpathIo, Multipath } from './multipath.ts';
import { setQueueIfNoPath, traceQueueing } from './queue-if-no-path.ts';

/** What waits for a path must not keep the suspend waiting; requests do not, unless they are to be failed. */
export function presuspend({ state: m }: DmTarget<Multipath, MpathIo>): void {
  if (m.queueMode === DM_TYPE.BIO_BASED || !m.md.noflushSuspending) {
    setQueueIfNoPath(m, { on: false, save: true });
  }
}

export function* postsuspend({ state: m }: DmTarget<Multipath, MpathIo>): Task<void> {
  yield* flushMultipathWork(m);
}

/** A suspend that failed is not undone: its flag waits, saved, for the next resume. */
export function resume({ state: m }: DmTarget<Multipath, MpathIo>): void {
  if (!m.savedQueueIfNoPath) return;
  m.queueIfNoPath = true;
  m.savedQueueIfNoPath = false;
  traceQueueing(m, 'resume');
}

function* flushMultipathWork(m: Multipath): Task<void> {
  if (m.hwHandlerName !== null && m.pgInitInProgress > 0 && !m.pgInitDisabled) {
    // No further attempt: one that is asked for from now on counts as failed.
    m.pgInitDisabled = true;
    yield* flushWorkqueue(m.module.kmpathHandlerd);
    yield* waitEvent(m.pgInitWait, () => m.pgInitInProgress === 0);
    m.pgInitDisabled = false;
  }
  if (m.queueMode === DM_TYPE.BIO_BASED) yield* flushWork(m.processQueuedBios);
  yield* flushWork(m.triggerEvent);
}
