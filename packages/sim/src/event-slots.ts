// event-slots.ts — What waits, by slot: a small number that heap and calendar move about instead of the event.
import type { SimEvent } from './event-queue.ts';

export interface EventSlots {
  readonly events: SimEvent[];
  /** When it is due, ns. */
  at: Float64Array;
  /** Keeps what is due at the same time in order of scheduling. */
  seq: Float64Array;
  /** Link of the list the slot stands in: a day of the calendar, or the free ones. */
  next: Int32Array;
  /** Head of the free ones, -1 for none. */
  free: number;
  nextSeq: number;
}

const INITIAL = 64;

export const createEventSlots = (): EventSlots => ({
  events: [],
  at: new Float64Array(INITIAL),
  seq: new Float64Array(INITIAL),
  next: new Int32Array(INITIAL),
  free: -1,
  nextSeq: 0,
});

/** A slot for an event scheduled now. The caller writes `at`: a time handed to a function might be allocated. */
export function takeSlot(slots: EventSlots, event: SimEvent): number {
  const slot = slots.free >= 0 ? slots.free : addSlot(slots, event);
  slots.free = slots.next[slot] as number;
  slots.events[slot] = event;
  slots.seq[slot] = slots.nextSeq++;
  event.slot = slot;
  return slot;
}

/** Leaves it as the only free one. */
function addSlot(slots: EventSlots, event: SimEvent): number {
  const slot = slots.events.push(event) - 1;
  if (slot === slots.at.length) {
    slots.at = doubled(slots.at, Float64Array);
    slots.seq = doubled(slots.seq, Float64Array);
    slots.next = doubled(slots.next, Int32Array);
  }
  slots.next[slot] = -1;
  return slot;
}

export function releaseSlot(slots: EventSlots, slot: number): void {
  slots.next[slot] = slots.free;
  slots.free = slot;
}

/** Slot `a` is due before slot `b`. */
export function isBefore({ at, seq }: EventSlots, a: number, b: number): boolean {
  const atA = at[a] as number;
  const atB = at[b] as number;
  return atA < atB || (atA === atB && (seq[a] as number) < (seq[b] as number));
}

export function doubled<A extends Float64Array | Int32Array>(
  from: A,
  make: new (n: number) => A,
): A {
  const to = new make(from.length * 2);
  to.set(from);
  return to;
}
