// wall-clock.ts — The host's time of day, which snapshots carry.
import type { Sim } from '@dmsim/sim';

/** Seconds since 1970, and nanoseconds beyond. */
export type WallClock = () => { readonly seconds: number; readonly nanos: number };

const NS = 1e9;

/** A clock that begins with the simulation. */
export const virtualClock =
  (sim: Sim): WallClock =>
  () => ({ seconds: Math.floor(sim.now / NS), nanos: sim.now % NS });
