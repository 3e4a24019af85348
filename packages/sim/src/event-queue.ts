// event-queue.ts — What is due, by time and order of scheduling: a binary heap on typed arrays.
//
// The heap's arrays hold a key (ns) and a small slot number; by slot stand the event and a sequence number that keeps
// ties in order of scheduling. So sifting moves two numbers a level and no object. Two habits of the workloads are
// built in: an event that fires nearly always schedules the next one, so the root is not removed before we know (a push
// then takes its place and its slot: one sift instead of two); and cancelled events are marked and dropped when they
// surface, or all at once when half of the heap is dead. The sifts take what they move from the arrays: a time passed
// to a function that isn't inlined would be allocated.
import { assert } from './assert.ts';
import type { Nanos } from './time.ts';

/** Something that can be due. Made once, scheduled as often as wanted; never in the queue twice. */
export interface SimEvent {
  /** Called when it is due. A plain function of the event's owner: no closure per schedule. */
  readonly fire: (owner: never) => void;
  /** Set later where the event is made before its owner. */
  owner: unknown;
  /** Polls that change nothing by themselves: a run in which only these are left has hung. */
  readonly background: boolean;
  readonly name: string;
  /** Place in the queue's table, -1 when not scheduled. */
  slot: number;
}

export function createEvent<T>(
  name: string,
  owner: T,
  fire: (owner: T) => void,
  { background = false }: { readonly background?: boolean } = {},
): SimEvent {
  return { fire, owner, background, name, slot: -1 };
}

const NOTHING: SimEvent = createEvent('cancelled', undefined, () => undefined);
const INITIAL = 64;

export class EventQueue {
  #at = new Float64Array(INITIAL);
  #slot = new Int32Array(INITIAL);
  #size = 0;
  /** The root's event is firing: its place may be taken by the next push. */
  #hole = false;
  #nextSeq = 0;
  readonly #bySlot: SimEvent[] = [];
  #seqBySlot = new Float64Array(INITIAL);
  #free = new Int32Array(INITIAL);
  #freeTop = 0;
  #dead = 0;
  #background = 0;

  /** How many live events wait here. */
  get length(): number {
    return this.#size - this.#dead - (this.#hole ? 1 : 0);
  }

  /** How many of them are not mere polls. */
  get foreground(): number {
    return this.length - this.#background;
  }

  push(event: SimEvent, at: Nanos): void {
    assert(event.slot < 0, 'an event is scheduled once at a time');
    if (event.background) this.#background++;
    if (!this.#hole) {
      this.#append(event, at);
      return;
    }
    this.#hole = false;
    this.#put(event, this.#slot[0] as number);
    this.#at[0] = at;
    this.#siftDown();
  }

  cancel(event: SimEvent): void {
    assert(event.slot >= 0, 'only a scheduled event can be cancelled');
    this.#bySlot[event.slot] = NOTHING;
    event.slot = -1;
    if (event.background) this.#background--;
    this.#dead++;
    if (this.#dead > 64 && this.#dead * 2 > this.#size) this.#compact();
  }

  /** When the next live event is due; Infinity when there is none. */
  nextAt(): Nanos {
    this.#settle();
    return this.#size === 0 ? Infinity : (this.#at[0] as number);
  }

  /** Takes the next live event out. Call only when `nextAt()` said there is one. */
  pop(): SimEvent {
    const slot = this.#slot[0] as number;
    const event = this.#bySlot[slot] as SimEvent;
    assert(event.slot === slot, 'the root is alive');
    event.slot = -1;
    if (event.background) this.#background--;
    this.#hole = true;
    return event;
  }

  /** All live events in order of due time, for reports. */
  peekAll(): { readonly at: Nanos; readonly event: SimEvent }[] {
    this.#settle();
    const all: { at: Nanos; seq: number; event: SimEvent }[] = [];
    for (let i = 0; i < this.#size; i++) {
      const slot = this.#slot[i] as number;
      const event = this.#bySlot[slot] as SimEvent;
      if (event === NOTHING) continue;
      all.push({ at: this.#at[i] as number, seq: this.#seqBySlot[slot] as number, event });
    }
    return all.toSorted((a, b) => a.at - b.at || a.seq - b.seq);
  }

  /** It is in the queue from now on, after all that are due at the same time. */
  #put(event: SimEvent, slot: number): void {
    event.slot = slot;
    this.#bySlot[slot] = event;
    this.#seqBySlot[slot] = this.#nextSeq++;
  }

  #append(event: SimEvent, at: Nanos): void {
    if (this.#size === this.#at.length) this.#grow();
    const slot = this.#freeTop > 0 ? (this.#free[--this.#freeTop] as number) : this.#bySlot.length;
    this.#put(event, slot);
    const i = this.#size++;
    this.#at[i] = at;
    this.#slot[i] = slot;
    this.#siftUp(i);
  }

  #release(slot: number): void {
    if (this.#freeTop === this.#free.length) this.#free = doubled(this.#free, Int32Array);
    this.#free[this.#freeTop++] = slot;
  }

  /** Closes the hole and drops cancelled events, so that the root, if any, is alive. */
  #settle(): void {
    if (this.#hole) this.#closeHole();
    while (this.#dead > 0 && this.#size > 0) {
      if (this.#bySlot[this.#slot[0] as number] !== NOTHING) return;
      this.#dead--;
      this.#removeRoot();
    }
  }

  #closeHole(): void {
    this.#hole = false;
    this.#removeRoot();
  }

  #removeRoot(): void {
    this.#release(this.#slot[0] as number);
    const last = --this.#size;
    if (last === 0) return;
    this.#at[0] = this.#at[last] as number;
    this.#slot[0] = this.#slot[last] as number;
    this.#siftDown();
  }

  /** The entry at `from` is new or has moved there: finds its place above. */
  #siftUp(from: number): void {
    const ats = this.#at;
    const slots = this.#slot;
    const seqs = this.#seqBySlot;
    const at = ats[from] as number;
    const slot = slots[from] as number;
    let i = from;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const parentAt = ats[parent] as number;
      const parentSlot = slots[parent] as number;
      if (parentAt <= at && (parentAt < at || older(seqs, parentSlot, slot))) break;
      ats[i] = parentAt;
      slots[i] = parentSlot;
      i = parent;
    }
    ats[i] = at;
    slots[i] = slot;
  }

  /** The entry at the root is new: finds its place below. */
  #siftDown(): void {
    const ats = this.#at;
    const slots = this.#slot;
    const seqs = this.#seqBySlot;
    const n = this.#size;
    const at = ats[0] as number;
    const slot = slots[0] as number;
    let i = 0;
    for (let child = 1; child < n; child = 2 * i + 1) {
      let childAt = ats[child] as number;
      let childSlot = slots[child] as number;
      const right = child + 1;
      if (right < n) {
        const rightAt = ats[right] as number;
        const rightSlot = slots[right] as number;
        if (rightAt <= childAt && (rightAt < childAt || older(seqs, rightSlot, childSlot))) {
          child = right;
          childAt = rightAt;
          childSlot = rightSlot;
        }
      }
      if (childAt >= at && (childAt > at || older(seqs, slot, childSlot))) break;
      ats[i] = childAt;
      slots[i] = childSlot;
      i = child;
    }
    ats[i] = at;
    slots[i] = slot;
  }

  #grow(): void {
    this.#at = doubled(this.#at, Float64Array);
    this.#slot = doubled(this.#slot, Int32Array);
    this.#seqBySlot = doubled(this.#seqBySlot, Float64Array);
  }

  #compact(): void {
    if (this.#hole) this.#closeHole();
    const n = this.#size;
    this.#size = 0;
    for (let i = 0; i < n; i++) {
      const slot = this.#slot[i] as number;
      if (this.#bySlot[slot] === NOTHING) {
        this.#release(slot);
        continue;
      }
      const to = this.#size++;
      this.#at[to] = this.#at[i] as number;
      this.#slot[to] = slot;
      this.#siftUp(to);
    }
    this.#dead = 0;
  }
}

/** Of two events due at the same time, `a` was scheduled first. */
const older = (seqBySlot: Float64Array, a: number, b: number): boolean =>
  (seqBySlot[a] as number) < (seqBySlot[b] as number);

function doubled<A extends Float64Array | Int32Array>(from: A, make: new (n: number) => A): A {
  const to = new make(from.length * 2);
  to.set(from);
  return to;
}
