// event-queue.ts — What is due, by time and order of scheduling: in a calendar for the near future of a steady flow, in a
// heap for all else. Cancelled events are marked and dropped when they surface, or all at once when there are many.
import { assert } from './assert.ts';
import type { EventCalendar } from './event-calendar.ts';
import {
  calendarAdvance,
  calendarFront,
  calendarOpen,
  calendarPut,
  calendarTake,
  createEventCalendar,
} from './event-calendar.ts';
import type { EventHeap } from './event-heap.ts';
import { createEventHeap, heapPop, heapPush } from './event-heap.ts';
import type { EventSlots } from './event-slots.ts';
import { createEventSlots, isBefore, releaseSlot, takeSlot } from './event-slots.ts';
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

/** Events between two looks at the flow, at least; with more waiting it is that many times two. */
const TUNE_EVERY = 1024;
/** With fewer waiting a heap is as good. */
const FLOW = 4;

export class EventQueue {
  readonly #slots: EventSlots = createEventSlots();
  readonly #near: EventCalendar = createEventCalendar();
  readonly #far: EventHeap = createEventHeap();
  /** Of both, dead ones too. */
  #size = 0;
  #dead = 0;
  #background = 0;
  /** What `nextAt` found, or -1. */
  #front = -1;
  /** Events until the next look at the flow; when the last one was. */
  #untilTuned = TUNE_EVERY;
  #tunedAt: Nanos = 0;
  #dayLength: Nanos | null = null;

  /** How many live events wait here. */
  get length(): number {
    return this.#size - this.#dead;
  }

  /** How many of them are not mere polls. */
  get foreground(): number {
    return this.length - this.#background;
  }

  push(event: SimEvent, at: Nanos): void {
    assert(event.slot < 0, 'an event is scheduled once at a time');
    if (event.background) this.#background++;
    this.#size++;
    const slot = takeSlot(this.#slots, event);
    this.#slots.at[slot] = at;
    if (!calendarPut(this.#near, this.#slots, slot)) heapPush(this.#far, this.#slots, slot);
  }

  cancel(event: SimEvent): void {
    assert(event.slot >= 0, 'only a scheduled event can be cancelled');
    this.#slots.events[event.slot] = NOTHING;
    event.slot = -1;
    if (event.background) this.#background--;
    this.#dead++;
    if (this.#dead > 64 && this.#dead * 2 > this.#size) this.#gather();
  }

  /** When the next live event is due; Infinity when there is none. */
  nextAt(): Nanos {
    let slot = this.#first();
    if (this.#dead > 0) slot = this.#dropDead(slot);
    this.#front = slot;
    return slot < 0 ? Infinity : (this.#slots.at[slot] as number);
  }

  /** Takes the next live event out. Call only when `nextAt()` said there is one. */
  pop(): SimEvent {
    const slot = this.#front;
    const event = this.#slots.events[slot] as SimEvent;
    const at = this.#slots.at[slot] as number;
    this.#remove(slot);
    event.slot = -1;
    if (event.background) this.#background--;
    if (this.#dayLength !== null) calendarAdvance(this.#near, at);
    if (--this.#untilTuned === 0) this.#tune(at);
    return event;
  }

  /** All live events in order of due time, for reports. */
  peekAll(): { readonly at: Nanos; readonly event: SimEvent }[] {
    const { events, at, seq } = this.#slots;
    return events
      .map((event, slot) => ({ event, slot }))
      .filter(({ event, slot }) => event.slot === slot)
      .map(({ event, slot }) => ({ event, at: at[slot] as number, seq: seq[slot] as number }))
      .toSorted((a, b) => a.at - b.at || a.seq - b.seq);
  }

  /** The first live one from `slot` on. */
  #dropDead(first: number): number {
    let slot = first;
    while (slot >= 0 && this.#slots.events[slot] === NOTHING) {
      this.#dead--;
      this.#remove(slot);
      slot = this.#first();
    }
    return slot;
  }

  #first(): number {
    const near = calendarFront(this.#near);
    if (this.#far.size === 0) return near;
    const far = this.#far.slots[0] as number;
    return near >= 0 && isBefore(this.#slots, near, far) ? near : far;
  }

  /** Takes out what `#first` has found. */
  #remove(slot: number): void {
    if (this.#far.size > 0 && this.#far.slots[0] === slot) heapPop(this.#far, this.#slots);
    else calendarTake(this.#near, this.#slots, slot);
    releaseSlot(this.#slots, slot);
    this.#size--;
  }

  /** Opens the calendar when there is a flow, closes it when there is none, and keeps its days a few events long. */
  #tune(now: Nanos): void {
    const every = Math.max(TUNE_EVERY, 2 * this.#size);
    const gap = (now - this.#tunedAt) / every;
    this.#untilTuned = every;
    this.#tunedAt = now;
    const flows = this.#size >= FLOW && gap >= 1;
    const length = this.#dayLength;
    if (flows ? length !== null && gap >= length && gap <= 8 * length : length === null) return;
    this.#gather();
    this.#dayLength = flows ? 2 ** Math.floor(Math.log2(gap) - 1) : null;
    calendarOpen(this.#near, now, this.#dayLength);
  }

  /** Everything alive into the heap; the calendar is empty then. */
  #gather(): void {
    const slots = this.#slots;
    const near = this.#near;
    const far = this.#far;
    for (let slot = calendarFront(near); slot >= 0; slot = calendarFront(near)) {
      calendarTake(near, slots, slot);
      heapPush(far, slots, slot);
    }
    const all = far.slots.slice(0, far.size);
    far.size = 0;
    for (const slot of all) {
      if (slots.events[slot] === NOTHING) releaseSlot(slots, slot);
      else heapPush(far, slots, slot);
    }
    this.#size = far.size;
    this.#dead = 0;
  }
}
