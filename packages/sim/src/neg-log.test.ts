import { describe, expect, it } from 'vitest';

import { negLog } from './neg-log.ts';
import { createPrng } from './prng.ts';

describe('the logarithm of exponential times', () => {
  it('agrees with that of the engine', () => {
    const rng = createPrng(3);
    const ends = [0, 1, 2, 3, 255, 256, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1];
    const others = Array.from({ length: 100_000 }, () => rng.next() >>> 0);
    const worst = [...ends, ...others].reduce(
      (far, n) => Math.max(far, Math.abs(negLog(n) + Math.log((n + 0.5) / 2 ** 32))),
      0,
    );
    expect(worst).toBeLessThan(4e-12);
  });

  it('is never nothing', () => {
    expect(negLog(2 ** 32 - 1)).toBeGreaterThan(0);
  });
});
