// ratelimit.ts — Messages that may come in floods. Mirrors lib/ratelimit.c: ___ratelimit.
import type { Nanos } from '@dmsim/sim';
import { printk, seconds } from '@dmsim/sim';

import type { BlockLayer } from './block-device.ts';

/** DEFAULT_RATELIMIT_INTERVAL, DEFAULT_RATELIMIT_BURST */
const INTERVAL: Nanos = seconds(5);
const BURST = 10;

export interface RateLimit {
  begin: Nanos;
  printed: number;
  missed: number;
}

/** Whether the kernel function `where` may print now; how much it kept to itself is told when it may again. */
export function mayPrint({ sim, rateLimits }: BlockLayer, where: string): boolean {
  let limit = rateLimits.get(where);
  if (limit === undefined) {
    limit = { begin: sim.now, printed: 0, missed: 0 };
    rateLimits.set(where, limit);
  }
  if (sim.now > limit.begin + INTERVAL) {
    if (limit.missed > 0) printk(sim, `${where}: ${limit.missed} callbacks suppressed`);
    limit.begin = sim.now;
    limit.printed = 0;
    limit.missed = 0;
  }
  if (limit.printed === BURST) {
    limit.missed++;
    return false;
  }
  limit.printed++;
  return true;
}
