// event-queue.ts — What is due, by time and order of scheduling: a binary heap on typed arrays.
//
// The heap's arrays hold a key (ns), a sequence number that keeps ties in order of scheduling, and a small slot number;
// the event objects stand beside it in an array by slot, so that sifting moves numbers only. Two habits of the
// workloads are built in: an event that fires nearly always schedules the next one, so the root is not removed before
// we know (a push then replaces it: one sift instead of two); and cancelled events are marked and dropped when they
// surface, or all at once when half of the heap is dead.
import { assert } from './assert.ts';
import type { Nanos } from './time.ts';

/** Something that can be due. Made once, scheduled as often as wanted; never in the queue twice. */
export interface SimEvent {
  /** Called when it is due. A plain function of the event's owner: no closure per schedule. */
  readonly fire: (owner: never) => void;
  readonly owner: unknown;
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
  #seq = new Float64Array(INITIAL);
  #slot = new Int32Array(INITIAL);
  #size = 0;
  /** The root's event is firing: its place may be taken by the next push. */
  #hole = false;
  #nextSeq = 0;
  readonly #bySlot: SimEvent[] = [];
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
    const slot = this.#freeTop > 0 ? this.#takeFree() : this.#bySlot.length;
    this.#bySlot[slot] = event;
    event.slot = slot;
    if (event.background) this.#background++;
    if (this.#hole) {
      this.#hole = false;
      this.#siftDown(at, this.#nextSeq++, slot);
      return;
    }
    if (this.#size === this.#at.length) this.#grow();
    this.#siftUp(this.#size++, at, this.#nextSeq++, slot);
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
    this.#release(slot);
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
      const event = this.#bySlot[this.#slot[i] as number] as SimEvent;
      if (event !== NOTHING)
        all.push({ at: this.#at[i] as number, seq: this.#seq[i] as number, event });
    }
    return all.toSorted((a, b) => a.at - b.at || a.seq - b.seq);
  }

  #takeFree(): number {
    return this.#free[--this.#freeTop] as number;
  }

  #release(slot: number): void {
    if (this.#freeTop === this.#free.length) this.#free = doubled(this.#free, Int32Array);
    this.#free[this.#freeTop++] = slot;
  }

  /** Closes the hole and drops cancelled events, so that the root, if any, is alive. */
  #settle(): void {
    for (;;) {
      if (this.#hole) {
        this.#hole = false;
        this.#removeRoot();
      }
      if (this.#dead === 0 || this.#size === 0) return;
      const slot = this.#slot[0] as number;
      if (this.#bySlot[slot] !== NOTHING) return;
      this.#release(slot);
      this.#dead--;
      this.#removeRoot();
    }
  }

  #removeRoot(): void {
    const last = --this.#size;
    if (last > 0) {
      this.#siftDown(
        this.#at[last] as number,
        this.#seq[last] as number,
        this.#slot[last] as number,
      );
    }
  }

  #siftUp(from: number, at: number, seq: number, slot: number): void {
    const ats = this.#at;
    const seqs = this.#seq;
    const slots = this.#slot;
    let i = from;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const parentAt = ats[parent] as number;
      // A later push has the larger sequence number, so a tie with the parent is in order already.
      if (parentAt < at || (parentAt === at && (seqs[parent] as number) < seq)) break;
      ats[i] = parentAt;
      seqs[i] = seqs[parent] as number;
      slots[i] = slots[parent] as number;
      i = parent;
    }
    ats[i] = at;
    seqs[i] = seq;
    slots[i] = slot;
  }

  #siftDown(at: number, seq: number, slot: number): void {
    const ats = this.#at;
    const seqs = this.#seq;
    const slots = this.#slot;
    const n = this.#size;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= n) break;
      let childAt = ats[child] as number;
      if (child + 1 < n) {
        const rightAt = ats[child + 1] as number;
        if (
          rightAt < childAt ||
          (rightAt === childAt && (seqs[child + 1] as number) < (seqs[child] as number))
        ) {
          child++;
          childAt = rightAt;
        }
      }
      if (childAt > at || (childAt === at && (seqs[child] as number) > seq)) break;
      ats[i] = childAt;
      seqs[i] = seqs[child] as number;
      slots[i] = slots[child] as number;
      i = child;
    }
    ats[i] = at;
    seqs[i] = seq;
    slots[i] = slot;
  }

  #grow(): void {
    this.#at = doubled(this.#at, Float64Array);
    this.#seq = doubled(this.#seq, Float64Array);
    this.#slot = doubled(this.#slot, Int32Array);
  }

  #compact(): void {
    if (this.#hole) {
      this.#hole = false;
      this.#removeRoot();
    }
    const n = this.#size;
    this.#size = 0;
    for (let i = 0; i < n; i++) {
      const slot = this.#slot[i] as number;
      if (this.#bySlot[slot] === NOTHING) this.#release(slot);
      else this.#siftUp(this.#size++, this.#at[i] as number, this.#seq[i] as number, slot);
    }
    this.#dead = 0;
  }
}

function doubled<A extends Float64Array | Int32Array>(from: A, make: new (n: number) => A): A {
  const to = new make(from.length * 2);
  to.set(from);
  return to;
}
