// pushback.ts — Tells whether an I/O without a path goes back to the core. Mirrors dm-mpath.c: __must_push_back, must_push_back_rq.
import type { Multipath } from './multipath.ts';

/** True during a noflush suspend, since the next table may have paths. It does not matter whether queueing was ever on. */
export const mustPushBack = (m: Multipath): boolean => m.md.noflushSuspending;

/** A request is never queued in the target: it waits in the queue it came from. */
export const mustPushBackRq = (m: Multipath): boolean => m.queueIfNoPath || mustPushBack(m);
