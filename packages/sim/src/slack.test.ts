// slack.test.ts — The orders that slack may change, and those that it never changes: slack.ts lists these, by the same numbers.
import { describe, expect, it } from 'vitest';

import type { Chooser } from './chooser.ts';
import { spawn } from './process.ts';
import type { Sim } from './sim.ts';
import { after, cancel, createSim, run, setChooser } from './sim.ts';
import { fifo } from './strategies/fifo.ts';
import { pct } from './strategies/pct.ts';
import { random } from './strategies/random.ts';
import { urw } from './strategies/urw.ts';
import { millis } from './time.ts';
import { createTimer, modTimer } from './timer.ts';
import { sleepFor } from './wait-queue.ts';
import { createWork, createWorkqueue, queueDelayedWork, queueWork } from './workqueue.ts';

const SLACK = 100;
const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);

const STRATEGIES: readonly (readonly [string, (seed: number) => Chooser])[] = [
  ['random', random],
  ['urw', (seed) => urw(seed, new Map())],
  ['pct', (seed) => pct(seed, { length: 20 })],
];

/** A world in which `build` was done, run to its end, under each strategy and seed. */
function forAll(build: (sim: Sim) => () => void): void {
  for (const [, strategy] of STRATEGIES) {
    for (const seed of SEEDS) {
      const sim = createSim({ chooser: strategy(seed), slack: SLACK });
      const check = build(sim);
      run(sim);
      check();
    }
  }
}

function order(chooser: Chooser, slack: number, times: readonly number[]): string {
  const sim = createSim({ chooser, slack });
  const seen: string[] = [];
  for (const at of times) after(sim, at, String(at), () => seen.push(`${at}@${sim.now}`));
  run(sim);
  return seen.join(' ');
}

describe('with slack', () => {
  it.each(STRATEGIES)(
    '%s lets what is due soon go first, and what was overtaken is late',
    (_, strategy) => {
      const orders = new Set(SEEDS.map((seed) => order(strategy(seed), SLACK, [10, 60])));
      expect(orders).toEqual(new Set(['10@10 60@60', '60@60 10@60']));
    },
  );

  it.each(STRATEGIES)('%s lets nothing go first that is due after the slack', (_, strategy) => {
    const orders = new Set(SEEDS.map((seed) => order(strategy(seed), SLACK, [10, 111])));
    expect(orders).toEqual(new Set(['10@10 111@111']));
  });

  it('fifo is as exact as without', () => {
    const times = [30, 10, 20, 10, 400, 0];
    expect(order(fifo, SLACK, times)).toBe(order(fifo, 0, times));
  });

  it('a choice of 0 is what fifo does, also among what was scheduled meanwhile', () => {
    const zeros: Chooser = { ...fifo, name: 'zeros' };
    const text = (chooser: Chooser): string => {
      const sim = createSim({ chooser, slack: SLACK });
      let seen = '';
      for (const at of [50, 10, 10, 90]) {
        after(sim, at, String(at), () => {
          seen += `${at} `;
          after(sim, 0, 'now', () => (seen += `${at}+0 `));
          after(sim, 40, 'later', () => (seen += `${at}+40 `));
        });
      }
      run(sim);
      return seen;
    };
    expect(text(zeros)).toBe(text(fifo));
  });

  it('a run that stops leaves what it had gathered, and another goes on with it, under another chooser as well', () => {
    const sim = createSim({ chooser: random(3), slack: SLACK });
    const seen: number[] = [];
    for (const at of [10, 20, 30, 200]) after(sim, at, 'x', () => seen.push(at));
    expect(run(sim, { stop: () => seen.length === 1 })).toEqual({ kind: 'stopped' });
    setChooser(sim, fifo);
    run(sim);
    expect(seen.toSorted((a, b) => a - b)).toEqual([10, 20, 30, 200]);
    expect(seen.slice(1)).toEqual(seen.slice(1).toSorted((a, b) => a - b));
  });

  it('no run goes past its end', () => {
    const sim = createSim({ chooser: random(1), slack: SLACK });
    const seen: number[] = [];
    for (const at of [10, 20, 30]) after(sim, at, 'x', () => seen.push(at));
    expect(run(sim, { until: 20 })).toEqual({ kind: 'limit', limit: 'until' });
    expect(new Set(seen)).toEqual(new Set([10, 20]));
  });
});

describe('the orders that Linux guarantees, under slack:', () => {
  it('1, 2. nothing comes early, and nothing later than the slack', () => {
    forAll((sim) => {
      let late = 0;
      const start = (delay: number): void => {
        const due = sim.now + delay;
        after(sim, delay, 'x', () => {
          expect(sim.now).toBeGreaterThanOrEqual(due);
          late = Math.max(late, sim.now - due);
          if (delay > 10) start(delay - 7);
        });
      };
      for (const delay of [5, 30, 31, 60, 90, 150]) start(delay);
      return () => expect(late).toBeLessThanOrEqual(SLACK);
    });
  });

  it('1. the clock never goes back', () => {
    forAll((sim) => {
      let last = 0;
      for (let at = 0; at < 300; at += 7) {
        after(sim, at, 'x', () => {
          expect(sim.now).toBeGreaterThanOrEqual(last);
          last = sim.now;
        });
      }
      return () => expect(last).toBeGreaterThanOrEqual(294);
    });
  });

  it('3. a process makes its steps in order, and sleeps at least as long as it asked', () => {
    forAll((sim) => {
      const seen: string[] = [];
      for (const name of ['a', 'b']) {
        spawn(sim, name, function* steps() {
          for (let i = 0; i < 5; i++) {
            const asleep = sim.now;
            yield* sleepFor(20);
            expect(sim.now - asleep).toBeGreaterThanOrEqual(20);
            seen.push(`${name}${i}`);
          }
          return 0;
        });
      }
      return () => {
        for (const name of ['a', 'b']) {
          const own = seen.filter((step) => step.startsWith(name));
          expect(own).toEqual([0, 1, 2, 3, 4].map((i) => `${name}${i}`));
        }
      };
    });
  });

  it('4. an ordered workqueue keeps its order', () => {
    forAll((sim) => {
      const queue = createWorkqueue(sim, 'kdmflush', { ordered: true });
      let text = '';
      const works = 'abcde'.split('').map((name) => createWork(name, () => (text += name)));
      for (const [i, work] of works.entries()) {
        after(sim, 200 * i, 'queue', () => queueWork(queue, work));
        after(sim, 200 * i + 1, 'noise', () => undefined);
      }
      return () => expect(text).toBe('abcde');
    });
  });

  it('4. work that is queued twice before it runs, runs once', () => {
    forAll((sim) => {
      const queue = createWorkqueue(sim, 'events');
      let runs = 0;
      const work = createWork('w', () => runs++);
      queueDelayedWork(queue, work, 50);
      queueDelayedWork(queue, work, 10);
      return () => expect(runs).toBe(1);
    });
  });

  it('5. what is cancelled does not fire, and a timer counts from the last time it was armed', () => {
    forAll((sim) => {
      const fired: number[] = [];
      const timer = createTimer(sim, { name: 't', owner: null, fire: () => fired.push(sim.now) });
      modTimer(timer, 40);
      let armed = 0;
      after(sim, 10, 're-arm', () => {
        armed = sim.now;
        fired.length = 0;
        modTimer(timer, 500);
      });
      const never = after(sim, 400, 'never', () => expect.unreachable());
      after(sim, 200, 'cancel', () => cancel(sim, never));
      return () => {
        expect(fired).toHaveLength(1);
        expect(fired[0]).toBeGreaterThanOrEqual(armed + 500);
      };
    });
  });

  it('6. a cause comes before its effect', () => {
    forAll((sim) => {
      let depth = 0;
      const next = (n: number): void => {
        after(sim, n % 3, 'effect', () => {
          expect(depth).toBe(n);
          depth++;
          if (n < 20) next(n + 1);
        });
      };
      next(0);
      for (let i = 0; i < 20; i++) after(sim, i, 'noise', () => undefined);
      return () => expect(depth).toBe(21);
    });
  });
});

it('two processes of three commands each are seen in all 20 orders, where exact costs show few', () => {
  const shells = (slack: number): Set<string> =>
    new Set(
      Array.from({ length: 2000 }, (_, seed) => {
        const sim = createSim({ chooser: random(seed), slack });
        let text = '';
        for (const name of 'ab') {
          spawn(sim, name, function* shell() {
            for (let i = 0; i < 3; i++) {
              yield* sleepFor(millis(1));
              text += name;
            }
            return 0;
          });
        }
        run(sim);
        return text;
      }),
    );
  expect(shells(0).size).toBe(8);
  expect(shells(millis(3)).size).toBe(20);
});
