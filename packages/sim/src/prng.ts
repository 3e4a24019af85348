// prng.ts — Chance, seeded: the only source of it below `host` (library pure-rand).
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

import { negLog } from './neg-log.ts';

/** A stream of chance. `next` is uniform over the signed 32-bit integers. */
export interface Prng {
  next(): number;
}

/** Small seeds would give streams that begin alike: this sends neighbours far apart. */
export const spread = (seed: number): number => Math.imul(seed, 0x9e3779b1);

/** `seed` is a 32-bit integer; every consumer makes a stream of its own, so that one more draw elsewhere changes nothing here. */
export function createPrng(seed: number): Prng {
  return xoroshiro128plus(spread(seed));
}

/** The seed of the stream called `name` in a world with `seed`: streams of other names know nothing of it. */
export function streamSeed(seed: number, name: string): number {
  let hash = seed ^ 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  // The last characters, which tell devices apart, have to reach all bits.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

/** Uniform in [0, 1), 32 bits of it. */
export function uniform(rng: Prng): number {
  return (rng.next() >>> 0) / 4294967296;
}

/** Uniform integer, both bounds included. */
export function uniformInteger(rng: Prng, from: number, to: number): number {
  return uniformInt(rng as Parameters<typeof uniformInt>[0], from, to);
}

/** Exponential with the given mean. */
export function exponential(rng: Prng, mean: number): number {
  return negLog(rng.next() >>> 0) * mean;
}

/** Standard normal (Box–Muller, one of the pair). */
export function normal(rng: Prng): number {
  return Math.sqrt(-2 * Math.log(1 - uniform(rng))) * Math.cos(2 * Math.PI * uniform(rng));
}
