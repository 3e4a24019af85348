// latency-models.ts — The models of `simctl latency`: their parameters, and how each one is made.
import type { Latency, ScsiDevice } from '@dmsim/block';
import {
  bimodalLatency,
  empiricalLatency,
  exponentialLatency,
  exponentialState,
  fixedLatency,
  latencyOf,
  lognormalLatency,
  paretoLatency,
} from '@dmsim/block';
import type { Nanos, Prng } from '@dmsim/sim';
import { createPrng, streamSeed } from '@dmsim/sim';

import { parseNanos } from './units.ts';
import type { Call } from './verb.ts';
import { failCall } from './verb.ts';

export interface ModelCall {
  readonly call: Call;
  readonly rng: Prng;
  readonly words: readonly string[];
  /** The samples of a file. */
  readonly samples: Float64Array;
}

export interface LatencyWord {
  readonly usage: string;
  readonly what: string;
  /** How many words follow the model's name. */
  readonly words: number;
  /** The last of these words is the name of a file with samples. */
  readonly readsFile?: boolean;
  readonly make: (made: ModelCall) => Latency;
}

/** With the same seed a disk draws the same numbers whatever other disks do, and starts over when its model is set again. */
export const streamOf = ({ machine: { sim } }: Call, { name }: ScsiDevice): Prng =>
  createPrng(streamSeed(sim.seed, `latency of ${name}`));

export const LATENCY_WORDS: Readonly<Record<string, LatencyWord>> = {
  fixed: {
    usage: 'TIME',
    what: 'every command takes TIME',
    words: 1,
    make: ({ call, words }) => latencyOf(fixedLatency, { ns: time(call, words[0]) }),
  },
  exponential: {
    usage: 'MEAN',
    what: 'commands take MEAN on average, exponentially distributed',
    words: 1,
    make: ({ call, rng, words }) =>
      latencyOf(exponentialLatency, exponentialState(rng, time(call, words[0]))),
  },
  lognormal: {
    usage: 'MEDIAN SIGMA',
    what: 'like disk arrays: SIGMA is that of the logarithm, usually 0.5',
    words: 2,
    make: ({ call, rng, words }) =>
      latencyOf(lognormalLatency, {
        rng,
        median: time(call, words[0]),
        sigma: number(call, words[1], 'a sigma, such as 0.5'),
      }),
  },
  pareto: {
    usage: 'LEAST ALPHA',
    what: 'a heavy tail: (LEAST/x)^ALPHA of the commands take longer than x',
    words: 2,
    make: ({ call, rng, words }) =>
      latencyOf(paretoLatency, {
        rng,
        least: time(call, words[0]),
        alpha: number(call, words[1], 'an alpha above 0, such as 2.5'),
      }),
  },
  bimodal: {
    usage: 'USUAL RARE PERCENT',
    what: 'PERCENT of the commands take RARE, the others USUAL',
    words: 3,
    make: ({ call, rng, words }) =>
      latencyOf(bimodalLatency, {
        rng,
        usual: time(call, words[0]),
        rare: time(call, words[1]),
        part: percent(call, words[2]),
      }),
  },
  empirical: {
    usage: 'FILE',
    what: 'drawn from FILE: one time a line, or a latency log of fio',
    words: 1,
    readsFile: true,
    make: ({ rng, samples }) => latencyOf(empiricalLatency, { rng, samples }),
  },
};

function time(call: Call, word = ''): Nanos {
  return parseNanos(word) ?? failCall(call, `${word}: not a time, such as 200us, 1.5ms or 10s`);
}

function number(call: Call, word = '', what: string): number {
  const value = /^\d*\.?\d+$/.test(word) ? Number(word) : 0;
  return value > 0 ? value : failCall(call, `${word}: not ${what}`);
}

function percent(call: Call, word = ''): number {
  const value = /^(\d*\.?\d+)%?$/.exec(word)?.[1];
  if (value === undefined || Number(value) > 100)
    return failCall(call, `${word}: not a percentage, such as 1 or 0.5`);
  return Number(value) / 100;
}

/** Parses samples: one time per line (`250us`), or a latency log with `msec, nsec, direction, size, priority`. `#` starts a comment. */
export function parseSamples(text: string): Float64Array | { readonly line: number } {
  const samples: number[] = [];
  for (const [i, raw] of text.split('\n').entries()) {
    const line = raw.replace(/#.*/, '').trim();
    if (line === '') continue;
    const log = /^\d+,\s*(\d+),/.exec(line)?.[1];
    const value = log === undefined ? parseNanos(line) : Number(log);
    if (value === undefined) return { line: i + 1 };
    samples.push(value);
  }
  return Float64Array.from(samples);
}
