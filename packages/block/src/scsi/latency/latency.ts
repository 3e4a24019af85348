// latency.ts — Models of how long a device takes for a command.
import type { Nanos, Prng, Sim } from '@dmsim/sim';
import { exponential, normal, vary } from '@dmsim/sim';

/**
 * A readonly record, whose memory is a state that is made when the model is set. `draw` is called when the device begins a
 * command: it must be quick, allocate nothing, and return a whole number of nanoseconds (Infinity: never).
 */
export interface LatencyModel<S> {
  readonly name: string;
  readonly draw: (state: S, now: Nanos, bytes: number) => Nanos;
}

/** A model and its state, as a device holds them. */
export interface Latency {
  readonly name: string;
  readonly state: unknown;
  readonly draw: (state: unknown, now: Nanos, bytes: number) => Nanos;
}

export function latencyOf<S>(model: LatencyModel<S>, state: S): Latency {
  return { name: model.name, state, draw: model.draw as Latency['draw'] };
}

export interface FixedState {
  readonly ns: Nanos;
}

export const fixedLatency: LatencyModel<FixedState> = {
  name: 'fixed',
  draw: (state) => state.ns,
};

/** The time of every command, in ns; null where it has to be drawn. */
export const fixedTime = ({ name, state }: Latency): Nanos | null =>
  name === fixedLatency.name ? (state as FixedState).ns : null;

/** About `ns`, as the chooser draws it: for a world that varies costs. */
export interface VaryingState {
  readonly sim: Sim;
  readonly ns: Nanos;
}

export const varyingLatency: LatencyModel<VaryingState> = {
  name: 'varying',
  draw: ({ sim, ns }) => vary(sim, ns, () => 'a command of a disk'),
};

/** True if the command is done by the time it was sent. */
export const isInstant = (latency: Latency): boolean => fixedTime(latency) === 0;

/** Made by `exponentialState`. */
export interface ExponentialState {
  readonly rng: Prng;
  readonly mean: Nanos;
  /** Numbers drawn in advance, since drawing many in a loop is faster than one at a time. */
  readonly drawn: Float64Array;
  left: number;
}

const DRAWN_AT_ONCE = 32;

export const exponentialState = (rng: Prng, mean: Nanos): ExponentialState => ({
  rng,
  mean,
  drawn: new Float64Array(DRAWN_AT_ONCE),
  left: 0,
});

export const exponentialLatency: LatencyModel<ExponentialState> = {
  name: 'exponential',
  draw(state) {
    if (state.left === 0) drawAhead(state);
    return state.drawn[--state.left] as number;
  },
};

function drawAhead(state: ExponentialState): void {
  const { rng, mean, drawn } = state;
  for (let i = DRAWN_AT_ONCE - 1; i >= 0; i--) drawn[i] = Math.ceil(exponential(rng, mean));
  state.left = DRAWN_AT_ONCE;
}

/** The median, and sigma of the logarithm (0.5 is usual for a disk array). */
export interface LognormalState {
  readonly rng: Prng;
  readonly median: Nanos;
  readonly sigma: number;
}

export const lognormalLatency: LatencyModel<LognormalState> = {
  name: 'lognormal',
  draw: (state) => Math.round(state.median * Math.exp(state.sigma * normal(state.rng))),
};

/** A link that carries one transfer after another, after a fixed time `base`. */
export interface BandwidthState {
  readonly bytesPerSecond: number;
  readonly base: Latency;
  freeAt: Nanos;
}

export const bandwidthLatency: LatencyModel<BandwidthState> = {
  name: 'bandwidth',
  draw(state, now, bytes) {
    const start = Math.max(now, state.freeAt);
    state.freeAt = start + Math.round((bytes * 1e9) / state.bytesPerSecond);
    return state.freeAt - now + state.base.draw(state.base.state, now, bytes);
  },
};
