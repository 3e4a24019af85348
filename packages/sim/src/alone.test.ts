import { expect, it } from 'vitest';

import { liveAlone, passAlone } from './alone.ts';
import { after, createSim, run } from './sim.ts';
import type { Sim, SimOptions } from './sim.ts';
import { random } from './strategies/random.ts';
import { createTrace } from './trace.ts';

/** The result of `act` within an event at 10 ns, when another event is due at `next`. */
function within<T>(
  act: (sim: Sim) => T,
  next: number,
  options: SimOptions = {},
  until?: number,
): T | undefined {
  const sim = createSim(options);
  const results: T[] = [];
  after(sim, 10, 'act', () => results.push(act(sim)));
  after(sim, next, 'another', () => undefined);
  run(sim, until === undefined ? {} : { until });
  return results[0];
}

const pass = (sim: Sim): readonly [boolean, number] => [passAlone(sim, 5), sim.now];

it('lets time pass up to the next event, and not up to its very instant', () => {
  expect(within(pass, 16)).toEqual([true, 15]);
  expect(within(pass, 15)).toEqual([false, 10]);
  expect(within(pass, 12)).toEqual([false, 10]);
});

it('lets no time pass beside events of the same instant', () => {
  const readied = (sim: Sim): boolean => {
    after(sim, 0, 'ready', () => undefined);
    return passAlone(sim, 5);
  };
  expect(within(readied, 100)).toBe(false);
});

it('lets no time pass where somebody chooses', () => {
  expect(within(pass, 100, { chooser: random(1) })).toEqual([false, 10]);
});

it('does not go beyond the end of the run', () => {
  expect(within(pass, 100, {}, 15)).toEqual([true, 15]);
  expect(within(pass, 100, {}, 14)).toEqual([false, 10]);
});

it('gives a thread that nobody sees its number and its records', () => {
  const records: number[][] = [];
  const live = (sim: Sim): readonly [boolean, number] => {
    sim.trace = createTrace(1, (batch) => records.push(Array.from(batch.subarray(0, 3))));
    return [liveAlone(sim, 'checker', 5), sim.nextPid];
  };
  expect(within(live, 100)).toEqual([true, 101]);
  expect(records).toEqual([
    [10, 50, 100],
    [15, 51, 100],
  ]);
});

it('makes no thread of one that somebody could see', () => {
  expect(within((sim) => [liveAlone(sim, 'checker', 5), sim.nextPid], 12)).toEqual([false, 100]);
});
