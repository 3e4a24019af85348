// jiffies.ts — Times in ticks of the kernel's clock, of which it keeps 32 bits. Mirrors kernel/time/time.c: __msecs_to_jiffies.
import type { Nanos } from '@dmsim/sim';
import { millis, seconds } from '@dmsim/sim';

/** Ticks a second (CONFIG_HZ). */
export const HZ = 250;
/** Nothing that counts in ticks is due between two of them. */
export const JIFFY: Nanos = millis(1000 / HZ);
/** The most milliseconds that are a time; more are for ever (MAX_JIFFY_OFFSET). */
const INT_MAX = 0x7fffffff;
const FOR_EVER = 0xfffffffe;

/** Rounded up to a tick. */
export const millisInJiffies = (ms: number): Nanos =>
  (ms > INT_MAX ? FOR_EVER : Math.ceil(ms / (1000 / HZ))) * JIFFY;

/** As many seconds as are whole when their number times HZ has wrapped at 32 bits. */
export const secondsInJiffies = (s: number): Nanos => seconds(Math.floor(((s * HZ) >>> 0) / HZ));
