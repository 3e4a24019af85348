// distribution.ts — Draws blocks of unequal popularity, by Zipf's or Pareto's law. After fio's lib/zipf.c.
import type { Prng } from '@dmsim/sim';
import { uniform } from '@dmsim/sim';

import type { Distribution } from './job-options.ts';

/** Draws a block, 0 … blocks-1. */
export type PickBlock = (rng: Prng) => number;

/** How many terms of the zeta function are added one by one; an integral gives the rest. */
const ZETA_TERMS = 1_000_000;

export function pickerOf(distribution: Distribution, blocks: number): PickBlock {
  switch (distribution.kind) {
    case 'random':
      return (rng) => Math.floor(uniform(rng) * blocks);
    case 'zipf':
      return zipfPicker(distribution.parameter, blocks);
    case 'pareto':
      return paretoPicker(distribution.parameter, blocks);
  }
}

function zeta(n: number, theta: number): number {
  let sum = 0;
  const terms = Math.min(n, ZETA_TERMS);
  for (let i = 1; i <= terms; i++) sum += i ** -theta;
  if (n > terms) sum += (n ** (1 - theta) - terms ** (1 - theta)) / (1 - theta);
  return sum;
}

/** Gray et al., "Quickly generating billion-record synthetic databases". */
function zipfPicker(theta: number, blocks: number): PickBlock {
  const zetaN = zeta(blocks, theta);
  const alpha = 1 / (1 - theta);
  const second = 1 + 0.5 ** theta;
  const eta = (1 - (2 / blocks) ** (1 - theta)) / (1 - second / zetaN);
  return (rng) => {
    const u = uniform(rng);
    const scaled = u * zetaN;
    if (scaled < 1) return spreadOver(0, blocks);
    if (scaled < second) return spreadOver(1, blocks);
    const rank = Math.floor(blocks * (eta * u - eta + 1) ** alpha);
    return spreadOver(Math.min(rank, blocks - 1), blocks);
  };
}

function paretoPicker(h: number, blocks: number): PickBlock {
  const power = Math.log(h) / Math.log(1 - h);
  return (rng) => spreadOver(Math.floor((blocks - 1) * uniform(rng) ** power), blocks);
}

/** Spreads popular blocks over the file: from rank to rank it takes a step that has no factor in common with most sizes. */
const spreadOver = (rank: number, blocks: number): number =>
  Number((BigInt(rank) * 0x9e3779b97f4a7c15n) % BigInt(blocks));
