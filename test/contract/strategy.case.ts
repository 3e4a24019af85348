// strategy.case.ts — The contract of every strategy.
import type { Chooser, Sim, SimOptions } from '@dmsim/sim';
import { after, createSim, fifo, replay, run, sleepFor, spawn, vary } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

export interface StrategyCase {
  readonly name: string;
  /** Choosers of as many runs as one asks for, all different; null when there are no more. */
  readonly choosers: () => (nth: number) => Chooser | null;
  /** Whether it draws costs, too. */
  readonly draws: boolean;
}

/** Some processes that sleep and some timers at one time; what was done, in order. */
export function smallWorld(options: SimOptions): string {
  const sim = createSim(options);
  const seen: string[] = [];
  for (const name of ['a', 'b']) {
    spawn(sim, name, function* twice() {
      for (let i = 0; i < 2; i++) {
        yield* sleepFor(vary(sim, 10, () => name));
        seen.push(`${name}${i}`);
      }
      return 0;
    });
  }
  after(sim, 20, 'timer', () => seen.push('timer'));
  run(sim);
  return seen.join(' ');
}

const MANY = 300;

function runs({ choosers }: StrategyCase, go: (chooser: Chooser) => void, count = MANY): void {
  const chooserOf = choosers();
  for (let nth = 0; nth < count; nth++) {
    const chooser = chooserOf(nth);
    if (chooser === null) return;
    go(chooser);
  }
}

export function strategyContract(strategy: StrategyCase): void {
  const options = { slack: 15, variesCosts: true };

  describe(`the strategy ${strategy.name}`, () => {
    it('chooses the same again in the same run', () => {
      const outcomes = (): string[] => {
        const list: string[] = [];
        runs(strategy, (chooser) =>
          list.push(`${smallWorld({ chooser, ...options })} ${chooser.choices.join()}`),
        );
        return list;
      };
      expect(outcomes()).toEqual(outcomes());
    });

    it('is repeated by its choices, and these are what was there to choose', () => {
      runs(strategy, (chooser) => {
        const bounds: number[] = [];
        const watched: Chooser = {
          ...chooser,
          pick(candidates, now) {
            if (candidates.length > 1) bounds.push(candidates.length);
            else expect(chooser.seesAll).toBe(true);
            return chooser.pick(candidates, now);
          },
          draw(n, what) {
            bounds.push(n);
            return chooser.draw(n, what);
          },
        };
        const text = smallWorld({ chooser: watched, ...options });
        expect(chooser.choices).toHaveLength(bounds.length);
        for (const [i, choice] of chooser.choices.entries()) {
          expect(Number.isInteger(choice) && choice >= 0 && choice < (bounds[i] ?? 0)).toBe(true);
        }
        expect(smallWorld({ chooser: replay(chooser.choices), ...options })).toBe(text);
      });
    });

    it('comes to every order of three events of one instant', () => {
      const orders = new Set<string>();
      runs(strategy, (chooser) => orders.add(orderOf(chooser, [10, 10, 10], 0)));
      expect(orders.size).toBe(6);
    });

    it('comes to every order that slack allows, and to no other', () => {
      const orders = new Set<string>();
      runs(strategy, (chooser) => orders.add(orderOf(chooser, [10, 20, 40], 15)));
      expect([...orders].toSorted()).toEqual(['012', '102']);
    });

    it('can do what fifo does', () => {
      const outcomes = new Set<string>();
      runs(strategy, (chooser) => outcomes.add(smallWorld({ chooser, slack: 0 })), 2000);
      expect(outcomes).toContain(smallWorld({ chooser: fifo }));
    });

    it('draws every cost, or keeps each as it is', () => {
      const costs = new Set<number>();
      runs(strategy, (chooser) => {
        const sim = createSim({ chooser, ...options });
        for (let i = 0; i < 20; i++) costs.add(vary(sim, 100, () => 'x'));
      });
      expect(costs.size).toBe(strategy.draws ? 5 : 1);
    });

    it('asks no one when there is nothing to choose', () => {
      runs(strategy, (chooser) => {
        expect(orderOf(chooser, [10, 50, 90], 15)).toBe('012');
        expect(chooser.choices).toEqual([]);
      });
    });
  });
}

function orderOf(chooser: Chooser, times: readonly number[], slack: number): string {
  const sim: Sim = createSim({ chooser, slack });
  let text = '';
  for (const [i, at] of times.entries()) after(sim, at, `event ${i}`, () => (text += i));
  run(sim);
  return text;
}
