// strategies.test.ts — Each strategy keeps the contract; what one can do that others can't.
import type { Branch, Chooser } from '@dmsim/sim';
import {
  counting,
  deviationText,
  exhaustive,
  fifo,
  narrating,
  pct,
  random,
  RedundantRun,
  replay,
  urw,
} from '@dmsim/sim';
import type { Deviation } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import { smallWorld, strategyContract } from './strategy.case.ts';

/** Every branch of whatever is run with the choosers. */
function allBranches(): (nth: number) => Chooser | null {
  const open: Branch[] = [];
  let running: ReturnType<typeof exhaustive> | null = null;
  return (nth) => {
    if (running !== null) open.push(...running.branches());
    const next: Branch | undefined = nth === 0 ? [] : open.shift();
    running = next === undefined ? null : exhaustive(next);
    return running;
  };
}

strategyContract({ name: 'random', choosers: () => random, draws: true });
strategyContract({ name: 'urw', choosers: () => (nth) => urw(nth, new Map()), draws: true });
strategyContract({ name: 'pct', choosers: () => (nth) => pct(nth, { length: 6 }), draws: true });
strategyContract({ name: 'exhaustive', choosers: allBranches, draws: false });
strategyContract({
  name: 'replay',
  choosers: () => (nth) => replay(digits(nth)),
  draws: true,
});

/** Lists of choices, all different. */
const digits = (nth: number): number[] => [nth % 3, Math.floor(nth / 3) % 2, nth % 5, nth % 4];

/** Runs all; how many were run, how many were given up as redundant, and what came of them. */
function runAll(
  slack: number,
  reduce: boolean,
): { runs: number; redundant: number; outcomes: Set<string> } {
  const open: Branch[] = [[]];
  const outcomes = new Set<string>();
  let [runs, redundant] = [0, 0];
  for (let branch = open.shift(); branch !== undefined; branch = open.shift()) {
    const chooser = exhaustive(branch, { reduce });
    try {
      outcomes.add(smallWorld({ chooser, slack }));
      runs++;
    } catch (error) {
      if (!(error instanceof RedundantRun)) throw error;
      redundant++;
    }
    open.push(...chooser.branches());
  }
  return { runs, redundant, outcomes };
}

describe('exhaustive', () => {
  it.each([0, 5, 15])(
    'with a slack of %d ns finds with fewer runs what it finds without reduction',
    (slack) => {
      const all = runAll(slack, false);
      const reduced = runAll(slack, true);
      expect(reduced.outcomes).toEqual(all.outcomes);
      expect(reduced.runs).toBeLessThan(all.runs);
    },
  );

  it('finds all that random finds, and tries those with few deviations first', () => {
    const { outcomes } = runAll(5, false);
    for (let seed = 0; seed < 500; seed++) {
      expect(outcomes).toContain(smallWorld({ chooser: random(seed), slack: 5 }));
    }
    const lengths: number[] = [];
    const chooserOf = allBranches();
    for (let nth = 0; ; nth++) {
      const chooser = chooserOf(nth);
      if (chooser === null) break;
      smallWorld({ chooser, slack: 0 });
      lengths.push(chooser.choices.filter((choice) => choice > 0).length);
    }
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
  });
});

describe('urw', () => {
  it('lets a short process be last as often as the number of orders says', () => {
    const lastIsShort = (chooserOf: (seed: number) => Chooser): number => {
      let count = 0;
      for (let seed = 0; seed < 2000; seed++) if (race(chooserOf(seed)).endsWith('s')) count++;
      return count / 2000;
    };
    const { chooser, steps } = counting(random(1));
    race(chooser);
    // The one step of the short process can have 10 places, and the last is as likely as the others.
    expect(lastIsShort((seed) => urw(seed, steps))).toBeGreaterThan(0.05);
    expect(lastIsShort(random)).toBeLessThan(0.02);
  });
});

/** A process of nine steps and one of one step, all at one instant. */
function race(chooser: Chooser): string {
  let text = '';
  const long = { name: 'step of long', left: 9 };
  const short = { name: 'step of short', left: 1 };
  for (;;) {
    const candidates = [long, short].filter(({ left }) => left > 0);
    const [first] = candidates;
    if (first === undefined) return text;
    const asks = candidates.length > 1 || chooser.seesAll;
    const i = asks ? chooser.pick(candidates as never, 0) : 0;
    const picked = candidates[i] ?? first;
    picked.left--;
    text += picked === long ? 'l' : 's';
  }
}

describe('choices in words', () => {
  it('say what went first, before what, and when', () => {
    const deviations: Deviation[] = [];
    smallWorld({ chooser: narrating(replay([1]), deviations), slack: 0 });
    expect(deviations.map(deviationText)).toEqual([
      'at 0.000000 s: step of b (pid 101) before step of a (pid 100)',
    ]);
  });

  it('say nothing of fifo', () => {
    const deviations: Deviation[] = [];
    smallWorld({ chooser: narrating(fifo, deviations), slack: 0 });
    expect(deviations).toEqual([]);
  });
});
