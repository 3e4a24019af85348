import { describe, expect, it } from 'vitest';

import { EventQueue } from './event-queue.ts';
import type { Prng } from './prng.ts';
import { createPrng, exponential, uniformInteger } from './prng.ts';
import type { SimEvent } from './sim-event.ts';
import { createEvent, PLACE } from './sim-event.ts';
import { createSim, schedule } from './sim.ts';

const event = (name: string) => createEvent(name, undefined, () => undefined);

function push(queue: EventQueue, e: SimEvent, at: number): void {
  e.at = at;
  queue.push(e);
}

function drain(queue: EventQueue): string[] {
  const names: string[] = [];
  for (let next = queue.find(); next !== null; next = queue.find()) {
    queue.take(next);
    names.push(next.name);
  }
  return names;
}

describe('the event queue', () => {
  it('refuses an event that waits already', () => {
    const sim = createSim();
    const twice = event('twice');
    schedule(sim, twice, 1);
    expect(() => schedule(sim, twice, 2)).toThrow('scheduled once');
    expect(() => schedule(sim, twice, 0)).toThrow('scheduled once');
    expect(twice.at).toBe(1);
  });

  it('refuses to cancel what does not wait', () => {
    expect(() => new EventQueue().cancel(event('idle'))).toThrow('only a scheduled event');
  });

  it('gives events of one instant in order of scheduling', () => {
    const queue = new EventQueue();
    for (const name of ['a', 'b', 'c', 'd', 'e']) push(queue, event(name), 7);
    expect(drain(queue)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('knows how many wait while the root fires', () => {
    const queue = new EventQueue();
    push(queue, event('a'), 1);
    push(queue, event('b'), 2);
    queue.take(queue.find() ?? event('none'));
    expect(queue.length).toBe(1);
    push(queue, event('c'), 3);
    expect(queue.length).toBe(2);
    expect(drain(queue)).toEqual(['b', 'c']);
  });

  it('does not give what was cancelled, however much it was', () => {
    const queue = new EventQueue();
    const all = Array.from({ length: 500 }, (_, i) => event(String(i)));
    for (const [i, e] of all.entries()) push(queue, e, i % 17);
    for (const [i, e] of all.entries()) if (i % 5 !== 0) queue.cancel(e);
    expect(queue.length).toBe(100);
    expect(drain(queue)).toHaveLength(100);
  });

  it('agrees with a sorted list over random pushes, pops and cancels', () => {
    const rng = createPrng(7);
    const queue = new EventQueue();
    let model: { at: number; seq: number; e: ReturnType<typeof event> }[] = [];
    for (let seq = 0; seq < 20_000; seq++) {
      const what = uniformInteger(rng, 0, 9);
      if (what < 5) {
        const e = event(String(seq));
        const at = uniformInteger(rng, 0, 50);
        push(queue, e, at);
        model.push({ at, seq, e });
      } else if (what < 7 && model.length > 0) {
        const [gone] = model.splice(uniformInteger(rng, 0, model.length - 1), 1);
        if (gone !== undefined) queue.cancel(gone.e);
      } else if (model.length > 0) {
        model = model.toSorted((a, b) => a.at - b.at || a.seq - b.seq);
        const first = model.shift();
        const next = queue.find();
        expect(next?.at).toBe(first?.at);
        expect(next).toBe(first?.e);
        if (next !== null) queue.take(next);
      }
      expect(queue.length).toBe(model.length);
    }
  });

  /** A queue and a sorted list in step: what is due next is the same, whichever way the queue keeps it. */
  function inStep(
    rng: Prng,
    delay: (now: number) => number,
    { steps = 20_000, waiting = 64 } = {},
  ) {
    const queue = new EventQueue();
    const model: { at: number; seq: number; e: ReturnType<typeof event> }[] = [];
    const came: string[] = [];
    const due: string[] = [];
    let now = 0;
    for (let seq = 0; seq < steps; seq++) {
      const e = event(String(seq));
      const at = now + delay(now);
      push(queue, e, at);
      const place = model.findLastIndex((each) => each.at <= at);
      model.splice(place + 1, 0, { at, seq, e });
      if (uniformInteger(rng, 0, 99) === 0) {
        const [gone] = model.splice(uniformInteger(rng, 0, model.length - 1), 1);
        if (gone !== undefined) queue.cancel(gone.e);
      }
      while (model.length > waiting) {
        const first = model.shift();
        const next = queue.find() ?? event('none');
        queue.take(next);
        now = next.at;
        came.push(`${next.name} at ${now} before ${queue.length}`);
        due.push(`${first?.e.name} at ${first?.at} before ${model.length}`);
      }
    }
    const left = model.map(({ e: { name } }) => name);
    return { queue: [...came, ...drain(queue)], list: [...due, ...left] };
  }

  it('keeps a steady flow in its calendar, and no longer than it lasts', () => {
    const rng = createPrng(5);
    const queue = new EventQueue();
    const places: number[] = [];
    const flow = (events: number, delay: () => number) => {
      for (let i = 0; i < events; i++) {
        const next = queue.find() ?? event('none');
        queue.take(next);
        push(queue, next, next.at + delay());
        places.push(next.place);
      }
    };
    for (let i = 0; i < 64; i++) push(queue, event(String(i)), i);
    flow(5000, () => Math.ceil(exponential(rng, 1e6)));
    const inCalendar = places.slice(-1000).filter((place) => place === PLACE.CALENDAR).length;
    expect(inCalendar).toBeGreaterThan(950);
    flow(5000, () => 0);
    expect(places.slice(-1000)).not.toContain(PLACE.CALENDAR);
  });

  const flows: Record<string, (rng: Prng) => (now: number) => number> = {
    'a steady flow': (rng) => () => Math.ceil(exponential(rng, 1e6)),
    'a flow that is now fast and now slow': (rng) => (now) =>
      Math.ceil(exponential(rng, now % 7e8 < 3e8 ? 1e3 : 1e7)),
    'one with time-outs far away': (rng) => () =>
      uniformInteger(rng, 0, 3) === 0 ? 30e9 : uniformInteger(rng, 1, 1e5),
    'one where many are due at once': (rng) => () => uniformInteger(rng, 1, 3) * 1e6,
    'one whose gaps are nothing and then seconds': (rng) => () =>
      uniformInteger(rng, 0, 9) === 0 ? 5e9 : 1,
    'one late in a long run': (rng) => (now) =>
      (now === 0 ? 8e15 : 0) + Math.ceil(exponential(rng, 1e4)),
  };

  it.each(Object.entries(flows))('agrees with a sorted list over %s', (_name, flow) => {
    for (const waiting of [1, 5, 64, 700]) {
      const rng = createPrng(11 + waiting);
      const { queue, list } = inStep(rng, flow(rng), { waiting });
      expect(queue).toEqual(list);
    }
  });
});
