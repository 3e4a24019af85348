// prng.ts — Seeded random numbers, the only source of chance below `cli` (library pure-rand).
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

import { negLog } from './neg-log.ts';

/** A stream of random numbers. `next` is uniform over the signed 32-bit integers. */
export interface Prng {
  next(): number;
}

/** Moves neighbouring seeds far apart, since small seeds would give streams that begin alike. */
export const spread = (seed: number): number => Math.imul(seed, 0x9e3779b1);

/** `seed` is a 32-bit integer. Every consumer makes its own stream, so that a draw elsewhere changes nothing here. */
export function createPrng(seed: number): Prng {
  return xoroshiro128plus(spread(seed));
}

/** The seed of the stream called `name` in a world with `seed`; streams of other names are independent of it. */
export function streamSeed(seed: number, name: string): number {
  let hash = seed ^ 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  // The last characters, in which names of devices differ, must affect all bits.
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
