// ratelimit.ts — Limits floods of log messages. Mirrors lib/ratelimit.c: ___ratelimit.
import type { Nanos, Sim } from '@dmsim/sim';
import { printk, seconds } from '@dmsim/sim';

/** DEFAULT_RATELIMIT_INTERVAL, DEFAULT_RATELIMIT_BURST */
const INTERVAL: Nanos = seconds(5);
const BURST = 10;

export interface RateLimit {
  begin: Nanos;
  printed: number;
  missed: number;
}

/** An owner of rate limits: the block layer, or a module. */
export interface RateLimited {
  readonly sim: Sim;
  /** By kernel function. */
  readonly rateLimits: Map<string, RateLimit>;
}

/** True if the kernel function `where` may print now. When it may again, logs how many messages were suppressed. */
export function mayPrint({ sim, rateLimits }: RateLimited, where: string): boolean {
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
