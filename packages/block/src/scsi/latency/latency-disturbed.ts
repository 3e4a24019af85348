// latency-disturbed.ts — A path that is worse than usual for a while: a brown-out, a controller that fails over.
import type { Nanos } from '@dmsim/sim';

import type { Latency, LatencyModel } from './latency.ts';

/** Commands that begin before `until` take `factor` times as long. */
export interface BrownoutState {
  readonly base: Latency;
  readonly factor: number;
  readonly until: Nanos;
}

export const brownoutLatency: LatencyModel<BrownoutState> = {
  name: 'brownout',
  draw({ base, factor, until }, now, bytes) {
    const usual = base.draw(base.state, now, bytes);
    return now < until ? Math.round(usual * factor) : usual;
  },
};

/** Commands that begin before `until` are served from then on. */
export interface StallState {
  readonly base: Latency;
  readonly until: Nanos;
}

export const stallLatency: LatencyModel<StallState> = {
  name: 'stall',
  draw: ({ base, until }, now, bytes) =>
    Math.max(0, until - now) + base.draw(base.state, now, bytes),
};

/** The latency below disturbances that are over or are to be replaced. */
export function undisturbed(latency: Latency): Latency {
  let below = latency;
  while (below.name === brownoutLatency.name || below.name === stallLatency.name)
    below = (below.state as BrownoutState | StallState).base;
  return below;
}
