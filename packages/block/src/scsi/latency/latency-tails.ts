// latency-tails.ts — Latencies with a tail: Pareto, two modes, and what was measured elsewhere.
import type { Nanos, Prng } from '@dmsim/sim';
import { exponential, uniform } from '@dmsim/sim';

import type { LatencyModel } from './latency.ts';

/** No command is quicker than `least`; one that takes longer than x is (least/x)^alpha of all. */
export interface ParetoState {
  readonly rng: Prng;
  readonly least: Nanos;
  /** At 1 or below there is no mean. */
  readonly alpha: number;
}

export const paretoLatency: LatencyModel<ParetoState> = {
  name: 'pareto',
  draw: ({ rng, least, alpha }) => Math.round(least * Math.exp(exponential(rng, 1) / alpha)),
};

/** Some commands find what they want at once, others do not: a cache, a spun-down disk. */
export interface BimodalState {
  readonly rng: Prng;
  readonly usual: Nanos;
  readonly rare: Nanos;
  /** Part of the commands that take `rare`, 0 … 1. */
  readonly part: number;
}

export const bimodalLatency: LatencyModel<BimodalState> = {
  name: 'bimodal',
  draw: ({ rng, usual, rare, part }) => (uniform(rng) < part ? rare : usual),
};

/** Each command takes as long as one of the samples, all equally likely. */
export interface EmpiricalState {
  readonly rng: Prng;
  readonly samples: Float64Array;
}

export const empiricalLatency: LatencyModel<EmpiricalState> = {
  name: 'empirical',
  draw: ({ rng, samples }) => samples[Math.floor(uniform(rng) * samples.length)] as number,
};
