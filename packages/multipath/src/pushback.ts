// pushback.ts — Whether an I/O without a path goes back to the core. Mirrors dm-mpath.c: __must_push_back, must_push_back_rq.
import type { Multipath } from './multipath.ts';

/** A noflush suspend is under way: the table that comes next may have paths. Asked whether or not queueing was ever on. */
export const mustPushBack = (m: Multipath): boolean => m.md.noflushSuspending;

/** A request is never kept here: it waits in the queue it came from. */
export const mustPushBackRq = (m: Multipath): boolean => m.queueIfNoPath || mustPushBack(m);
