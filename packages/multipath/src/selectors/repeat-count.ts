// repeat-count.ts — The argument that round-robin, queue-length and service-time share, and no longer use. Mirrors
// rr_add_path, ql_add_path, st_add_path; lib/ratelimit.c.
import { parseKernelUnsigned } from '@dmsim/dm';
import type { Nanos } from '@dmsim/sim';
import { printk, seconds } from '@dmsim/sim';

import type { RateLimit, SelectorHost } from './path-selector.ts';

/** Lines a place may print in an interval (DEFAULT_RATELIMIT_*). */
const BURST = 10;
const INTERVAL: Nanos = seconds(5);

/** Since 4.6 a path is chosen anew for each I/O: a larger count is taken for 1. Zero stays, and is shown. Null: not a number. */
export function readRepeatCount(
  host: SelectorHost,
  selector: { readonly name: string; readonly caller: string },
  word: string | undefined,
): number | null {
  if (word === undefined) return 1;
  const count = parseKernelUnsigned(word);
  if (count === null || count <= 1) return count;
  if (mayPrint(host, selector.caller)) {
    const text = 'repeat_count > 1 is deprecated, using 1 instead';
    printk(host.sim, `device-mapper: multipath ${selector.name}: ${text}`);
  }
  return 1;
}

/** ___ratelimit */
function mayPrint({ sim, rateLimits }: SelectorHost, caller: string): boolean {
  let limit = rateLimits.get(caller);
  if (limit === undefined) {
    limit = { begin: sim.now, printed: 0, missed: 0 };
    rateLimits.set(caller, limit);
  }
  if (sim.now > limit.begin + INTERVAL) startInterval(sim, limit, caller);
  if (limit.printed < BURST) {
    limit.printed++;
    return true;
  }
  limit.missed++;
  return false;
}

function startInterval(sim: SelectorHost['sim'], limit: RateLimit, caller: string): void {
  if (limit.missed > 0) printk(sim, `${caller}: ${limit.missed} callbacks suppressed`);
  limit.begin = sim.now;
  limit.printed = 0;
  limit.missed = 0;
}
