// pace.ts — Decides when the next I/O may go, by rates and think time. After fio's backend.c: usec_for_io, handle_thinktime.
import type { Nanos, Prng } from '@dmsim/sim';
import { exponential } from '@dmsim/sim';

import type { Direction, JobOptions } from './job-options.ts';

export interface Pace {
  readonly options: JobOptions;
  readonly rng: Prng;
  readonly since: Nanos;
  /** The I/Os and bytes sent so far, by direction. */
  readonly ios: Record<Direction, number>;
  readonly bytes: Record<Direction, number>;
  /** When the next I/O is due, if arrivals are a Poisson process. */
  readonly arrival: Record<Direction, Nanos>;
  /** The number of I/Os since the last pause, and the end of the pause. */
  sincePause: number;
  pausedUntil: Nanos;
  readonly limited: boolean;
}

export function createPace(options: JobOptions, rng: Prng, now: Nanos): Pace {
  const { rate, rateIops, thinktime } = options;
  const rates = [rate.read, rate.write, rate.trim, rateIops.read, rateIops.write, rateIops.trim];
  return {
    options,
    rng,
    since: now,
    ios: { read: 0, write: 0, trim: 0 },
    bytes: { read: 0, write: 0, trim: 0 },
    arrival: { read: now, write: now, trim: now },
    sincePause: 0,
    pausedUntil: 0,
    limited: thinktime > 0 || rates.some((value) => value > 0),
  };
}

/** Returns the time at which an I/O of `direction` may go. */
export function dueAt(pace: Pace, direction: Direction): Nanos {
  if (!pace.limited) return 0;
  const { rate, rateIops, poisson } = pace.options;
  let due = pace.pausedUntil;
  const perSecond = rateIops[direction];
  if (perSecond > 0)
    due = Math.max(
      due,
      poisson ? pace.arrival[direction] : pace.since + (pace.ios[direction] * 1e9) / perSecond,
    );
  const bytesPerSecond = rate[direction];
  if (bytesPerSecond > 0)
    due = Math.max(due, pace.since + (pace.bytes[direction] * 1e9) / bytesPerSecond);
  return Math.ceil(due);
}

/** Notes that an I/O was sent. */
export function countSent(pace: Pace, direction: Direction, length: number): void {
  if (!pace.limited) return;
  pace.ios[direction]++;
  pace.bytes[direction] += length;
  const perSecond = pace.options.rateIops[direction];
  if (perSecond > 0 && pace.options.poisson)
    pace.arrival[direction] += Math.round(exponential(pace.rng, 1e9 / perSecond));
}

/** Notes that I/Os have ended. After every so many of them the job pauses to think. */
export function countDone(pace: Pace, count: number, now: Nanos): void {
  const { thinktime, thinktimeBlocks } = pace.options;
  if (thinktime === 0) return;
  pace.sincePause += count;
  if (pace.sincePause < thinktimeBlocks) return;
  pace.sincePause = 0;
  pace.pausedUntil = now + thinktime;
}
