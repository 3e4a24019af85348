// random.ts — Any of 1 … 10. Mirrors libmultipath/prioritizers/random.c.
import type { Prng } from '@dmsim/sim';
import { createPrng, streamSeed, uniformInteger } from '@dmsim/sim';
import { ready } from '@dmsim/vfs';

import type { MultipathHost } from '../host.ts';
import type { Prioritizer } from './prioritizer.ts';

/** A stream of its own in each machine. */
const streams = new WeakMap<MultipathHost, Prng>();

function streamOf(host: MultipathHost): Prng {
  const known = streams.get(host);
  if (known !== undefined) return known;
  const made = createPrng(streamSeed(host.sim.seed, 'prio random'));
  streams.set(host, made);
  return made;
}

export const random: Prioritizer = {
  name: 'random',
  getPriority: (_path, { host }) => ready(uniformInteger(streamOf(host), 1, 10)),
};
