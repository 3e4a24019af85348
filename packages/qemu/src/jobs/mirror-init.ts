// mirror-init.ts — What a mirror begins with: the chunks that differ, and zeroes on a target that can unmap them. Mirrors block/mirror.c: mirror_dirty_init.
import type { Co } from '../aio/coroutine.ts';
import { allocatedAbove } from '../block/allocated-above.ts';
import { unmapsZeroes } from '../block/block-status.ts';
import { setDirty } from '../block/dirty-bitmap.ts';
import { childNode, nodeLength, skipFilters } from '../block/node.ts';
import type { Job } from './job.ts';
import { isCancelled, jobSleep, pausePoint } from './job.ts';
import { startOp, waitForAll, waitForRoom } from './mirror-ops.ts';
import type { MirrorState } from './mirror-state.ts';
import { SLICE } from './rate-limit.ts';

/** The bytes that one request of zeroes writes at most. */
const MOST_ZEROES: number = 2 ** 31;

/** Marks what is to be copied. A cancelled job may leave some of it out. */
export function* markDirty(job: Job, s: MirrorState): Co<void> {
  if (s.sync === 'none') return;
  const length = nodeLength(s.source);
  const below =
    s.base ?? (s.sync === 'top' ? (childNode(skipFilters(s.source), 'backing') ?? null) : null);
  if (s.base === null && s.sync === 'full' && !s.targetIsZero) {
    if (!unmapsZeroes(s.target)) {
      setDirty(s.bitmap, 0, length);
      return;
    }
    yield* zeroTarget(job, s, length);
  }
  for (let offset = 0; offset < length;) {
    yield* breathe(job, s);
    if (isCancelled(job)) return;
    const bytes = length - offset;
    const run = allocatedAbove(s.source, below, { offset, bytes });
    if (run.allocated) setDirty(s.bitmap, offset, run.bytes);
    offset += run.bytes;
  }
}

/** Where the source has nothing, the target needs nothing more than these zeroes. */
function* zeroTarget(job: Job, s: MirrorState, length: number): Co<void> {
  const most = MOST_ZEROES - s.granularity;
  for (let offset = 0; offset < length;) {
    yield* breathe(job, s);
    if (isCancelled(job)) return;
    yield* waitForRoom(s, 0);
    const bytes = Math.min(length - offset, most);
    startOp(job, s, { offset, bytes, method: 'zero', isFirst: true, waiting: [] });
    offset += bytes;
  }
  yield* waitForAll(s);
}

/** mirror_throttle */
function* breathe(job: Job, s: MirrorState): Co<void> {
  const { now } = job.layer.sim;
  if (now - s.lastPause > SLICE) {
    s.lastPause = now;
    yield* jobSleep(job, 0);
  } else yield* pausePoint(job);
}
