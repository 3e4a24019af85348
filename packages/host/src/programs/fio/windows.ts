// windows.ts — Samples throughput in windows of half a second. After fio's stat.c: add_bw_samples, add_iops_samples.
import type { Nanos } from '@dmsim/sim';

import type { Direction } from './job-options.ts';
import { DIRECTIONS } from './job-options.ts';
import { addSample } from './sampler.ts';
import type { ThreadStats } from './thread-stats.ts';

const WINDOW: Nanos = 500e6;

export interface Windows {
  start: Nanos;
  readonly ios: Record<Direction, number>;
  readonly bytes: Record<Direction, number>;
}

export const createWindows = (): Windows => ({
  start: 0,
  ios: { read: 0, write: 0, trim: 0 },
  bytes: { read: 0, write: 0, trim: 0 },
});

/** Ends the windows that are over by `now`. The window that is open at the end of a job is no sample. */
export function closeWindows(windows: Windows, stats: ThreadStats, now: Nanos): void {
  if (now - windows.start < WINDOW) return;
  // A long pause makes one long window, as if a thread woke up late.
  const spent = Math.floor((now - windows.start) / WINDOW) * WINDOW;
  for (const way of DIRECTIONS) {
    if (windows.ios[way] === 0) continue;
    addSample(stats[way].bw, Math.floor((windows.bytes[way] * 1e9) / spent / 1024));
    addSample(stats[way].iops, Math.floor((windows.ios[way] * 1e9) / spent));
    windows.ios[way] = 0;
    windows.bytes[way] = 0;
  }
  windows.start += spent;
}
