// suspend.ts — Stops and restores queueing around a suspend. Mirrors dm-mpath.c: multipath_presuspend,
// multipath_postsuspend, multipath_resume, flush_multipath_work.
import type { DmTarget } from '@dmsim/dm';
import { DM_TYPE } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';
import { flushWork, flushWorkqueue, waitEvent } from '@dmsim/sim';

import type { MpathIo, Multipath } from './multipath.ts';
import { setQueueIfNoPath, traceQueueing } from './queue-if-no-path.ts';

/** Bios that wait for a path must not block the suspend. Requests don't, so their queueing stays unless the suspend flushes. */
export function presuspend({ state: m }: DmTarget<Multipath, MpathIo>): void {
  if (m.queueMode === DM_TYPE.BIO_BASED || !m.md.noflushSuspending) {
    setQueueIfNoPath(m, { on: false, save: true });
  }
}

export function* postsuspend({ state: m }: DmTarget<Multipath, MpathIo>): Task<void> {
  yield* flushMultipathWork(m);
}

/** Restores queueing. A suspend that failed is not undone: its saved flag stays until the next resume. */
export function resume({ state: m }: DmTarget<Multipath, MpathIo>): void {
  if (!m.savedQueueIfNoPath) return;
  m.queueIfNoPath = true;
  m.savedQueueIfNoPath = false;
  traceQueueing(m, 'resume');
}

function* flushMultipathWork(m: Multipath): Task<void> {
  if (m.hwHandlerName !== null && m.pgInitInProgress > 0 && !m.pgInitDisabled) {
    // From now on another attempt counts as failed.
    m.pgInitDisabled = true;
    yield* flushWorkqueue(m.module.kmpathHandlerd);
    yield* waitEvent(m.pgInitWait, () => m.pgInitInProgress === 0);
    m.pgInitDisabled = false;
  }
  if (m.queueMode === DM_TYPE.BIO_BASED) yield* flushWork(m.processQueuedBios);
  yield* flushWork(m.triggerEvent);
}
