// order-of-release.ts — I/O leaves a suspended device in the order that the core's strategy promises.
//
// The queue is modelled exactly. Deferred bios go to its tail. Bios that are given back go
// - with `deferred-head`, Linux 6.12, each to the head by itself;
// - with `pushback`, the patches of 2006, to a queue of their own, which is put in front as a whole when the suspend's wait ends.
// A bio that leaves must be at the head.
import { DM_TRACE, SUSPEND_PHASES } from '@dmsim/dm';

import { argumentsOf } from '../trace-event.ts';
import type { TraceEvent } from '../trace-event.ts';
import type { Check, Invariant, WatchedRun } from './invariant.ts';
import { bioText, devText, instantText, rangeText } from './violation.ts';

interface Held {
  readonly id: number;
  readonly sector: number;
  readonly nrSectors: number;
  readonly how: 'deferred' | 'pushed back';
}

interface Queue {
  held: Held[];
  /** Given back in the present suspend, with `pushback` alone. */
  given: Held[];
}

class OrderOfRelease implements Check {
  readonly #run: WatchedRun;
  readonly #queues: Map<number, Queue> = new Map();
  readonly #givesBackToOwnQueue: boolean;

  constructor(run: WatchedRun) {
    this.#run = run;
    this.#givesBackToOwnQueue = run.machine.dm.strategy.name === 'pushback';
  }

  see(event: TraceEvent): void {
    switch (event.point) {
      case DM_TRACE.dm_defer.code:
        if (event.bio !== null) this.#queue(event.dev).held.push(heldOf(event, 'deferred'));
        break;
      case DM_TRACE.dm_pushback.code:
        if (event.bio !== null) this.#givenBack(event);
        break;
      case DM_TRACE.dm_undefer.code:
        if (event.bio !== null) this.#released(event);
        break;
      case DM_TRACE.dm_suspend.code:
        this.#suspended(event);
        break;
    }
  }

  #queue(dev: number): Queue {
    let queue = this.#queues.get(dev);
    if (queue === undefined) this.#queues.set(dev, (queue = { held: [], given: [] }));
    return queue;
  }

  #givenBack(event: TraceEvent): void {
    const { held, given } = this.#queue(event.dev);
    if (this.#givesBackToOwnQueue) given.push(heldOf(event, 'pushed back'));
    else held.unshift(heldOf(event, 'pushed back'));
  }

  #suspended(event: TraceEvent): void {
    const queue = this.#queues.get(event.dev);
    if (queue === undefined || queue.given.length === 0) return;
    const phase = SUSPEND_PHASES[argumentsOf(event, DM_TRACE.dm_suspend).phase];
    if (phase !== 'suspended' && phase !== 'undone') return;
    queue.held = [...queue.given, ...queue.held];
    queue.given = [];
  }

  #released(event: TraceEvent): void {
    const { held } = this.#queue(event.dev);
    const at = held.findIndex((one) => isOf(one, event));
    // A bio that is on no queue at all breaks `one-place.ts`, not this invariant.
    if (at < 0) return;
    const [first] = held;
    if (at > 0 && first !== undefined) this.#report(event, held[at] as Held, first);
    held.splice(at, 1);
  }

  #report({ bio, id, dev, at, ...event }: TraceEvent, { how }: Held, first: Held): void {
    const what = bioText(bio ?? { id, dev, ...event });
    const before = this.#run.ledger.bios.get(first.id);
    const other = before === undefined ? `bio ${first.id}` : bioText(before);
    const part = `${rangeText(first.sector, first.nrSectors)} of ${other}`;
    const message = `${what}, ${how}, leaves the queue of ${devText(dev)} ${instantText(at)} before ${part}, which was ${first.how} and stands in front of it`;
    this.#run.report({ message, at, bioId: id, dev });
  }
}

const heldOf = ({ id, sector, nrSectors }: TraceEvent, how: Held['how']): Held => ({
  id,
  sector,
  nrSectors,
  how,
});

const isOf = (held: Held, { id, sector, nrSectors }: TraceEvent): boolean =>
  held.id === id && held.sector === sector && held.nrSectors === nrSectors;

export const orderOfRelease: Invariant = {
  name: 'what was held is released in order',
  meaning: 'Writes that wait overtake each other: the older data may overwrite the newer.',
  points: [
    DM_TRACE.dm_defer.code,
    DM_TRACE.dm_pushback.code,
    DM_TRACE.dm_undefer.code,
    DM_TRACE.dm_suspend.code,
  ],
  start: (run) => new OrderOfRelease(run),
};
