// rate-limit.ts — Limits the speed of a job. Mirrors include/qemu/ratelimit.h.
import type { Nanos } from '@dmsim/sim';

/** The time over which a speed is measured (SLICE_TIME). */
export const SLICE: Nanos = 100e6;

export interface RateLimit {
  /** Bytes per second; 0 means no limit. */
  speed: number;
  sliceStart: Nanos;
  sliceEnd: Nanos;
  /** Bytes of this slice so far. */
  dispatched: number;
}

export const createRateLimit = (): RateLimit => ({
  speed: 0,
  sliceStart: 0,
  sliceEnd: 0,
  dispatched: 0,
});

/** `speed` is in bytes per second; 0: no limit. */
export function setLimit(limit: RateLimit, speed: number): void {
  limit.speed = speed;
}

/** How long in ns to sleep after copying `bytes`. Exceeding a slice's share lengthens the slice. */
export function delayFor(limit: RateLimit, now: Nanos, bytes: number): Nanos {
  if (limit.speed === 0) return 0;
  const quota = Math.max(Math.floor(limit.speed / 10), 1);
  if (limit.sliceEnd < now) {
    limit.sliceStart = now;
    limit.sliceEnd = now + SLICE;
    limit.dispatched = 0;
  }
  limit.dispatched += bytes;
  if (limit.dispatched < quota) return 0;
  limit.sliceEnd = limit.sliceStart + Math.floor((limit.dispatched / quota) * SLICE);
  return Math.max(0, limit.sliceEnd - now);
}
