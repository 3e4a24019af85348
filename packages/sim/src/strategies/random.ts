// random.ts — Any of what may be next, each as likely as the others.
import type { Chooser } from '../chooser.ts';
import { recording } from '../chooser.ts';
import { createPrng, uniformInteger } from '../prng.ts';

/** The same seed picks the same, in any process. `seed` is a 32-bit integer. */
export function random(seed: number): Chooser {
  const rng = createPrng(seed);
  return recording(`random(${seed})`, {
    pick: ({ length }) => uniformInteger(rng, 0, length - 1),
    draw: (n) => uniformInteger(rng, 0, n - 1),
  });
}
