// flusher.ts — The kernel's own write-back of dirty pages. Mirrors fs/fs-writeback.c: wb_workfn, wb_check_old_data_flush, wb_check_background_flush; mm/page-writeback.c: wb_over_bg_thresh.
//
// The flusher wakes some seconds after a disk's first page has become dirty, and again as long as there are dirty pages. It writes
// pages that are old. Of a disk that has hardly been written to it writes all pages: that disk has no share yet of the memory that
// dirty pages may take.
import type { Nanos, Sim, Task } from '@dmsim/sim';
import { createTimer, isArmed, modTimer, seconds, spawn } from '@dmsim/sim';
import { ready } from '@dmsim/vfs';

import type { PageCache } from './page-cache.ts';
import { startWriteBack } from './write-back.ts';

/** The settings of all disks of a machine, in ns. */
export interface FlusherSettings {
  /** The time between two passes of the flusher; 0: it never runs (dirty_writeback_centisecs). */
  interval: Nanos;
  /** The age at which pages are written (dirty_expire_centisecs). */
  expire: Nanos;
}

/** The settings of a machine that has booted, in ns (dirty_writeback_centisecs, dirty_expire_centisecs). */
export const createFlusherSettings = (): FlusherSettings => ({
  interval: seconds(5),
  expire: seconds(30),
});

/** A disk has a share once it has written this many pages (PROP_BATCH on one CPU). */
const SHARE_FROM = 8;

/** Starts the flusher of one disk. */
export function startFlusher(sim: Sim, cache: PageCache, settings: FlusherSettings): void {
  const timer = createTimer(sim, {
    name: `write-back of ${cache.dev.name}`,
    owner: cache,
    fire: () => {
      if (cache.dirtyPages === 0) return;
      const hasShare = cache.writtenPages >= SHARE_FROM;
      if (!hasShare || sim.now - cache.dirtySince >= settings.expire)
        spawn(sim, 'kworker/u2:0', flush);
      else look();
    },
  });
  const flush = (): Task<number> => {
    startWriteBack(cache);
    return ready(0);
  };
  const look = (): void => {
    if (settings.interval > 0 && !isArmed(timer)) modTimer(timer, settings.interval);
  };
  cache.flusher = {
    onDirty() {
      cache.dirtySince = sim.now;
      look();
    },
  };
}
