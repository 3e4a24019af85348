// event-queue.ts — All scheduled events, by time and order of scheduling: a calendar for the near future of a steady flow, and
// a heap for the rest.
import { assert } from './assert.ts';
import type { EventCalendar } from './event-calendar.ts';
import {
  calendarAdvance,
  calendarFront,
  calendarOpen,
  calendarPut,
  calendarRemove,
  calendarTake,
  createEventCalendar,
} from './event-calendar.ts';
import type { EventHeap } from './event-heap.ts';
import { heapPush, heapRemove } from './event-heap.ts';
import type { SimEvent } from './sim-event.ts';
import { isBefore, isScheduled, PLACE } from './sim-event.ts';
import type { Nanos } from './time.ts';

/** The flow is measured after at least this many events; with many waiting, after twice their number. */
const TUNE_EVERY = 1024;
/** After this many events the calendar's far end moves on. It may lag, since events beyond it go to the heap. */
const ADVANCE_EVERY = 64;
/** With fewer events waiting, a heap is as good. */
const FLOW = 4;

export class EventQueue {
  readonly #near: EventCalendar = createEventCalendar();
  readonly #far: EventHeap = [];
  #length = 0;
  #background = 0;
  #nextSeq = 0;
  /** Events until the flow is measured next, and between the last measurement and that; when the last was; the length of days by it. */
  #untilTuned = TUNE_EVERY;
  #tuneAfter = TUNE_EVERY;
  #tunedAt: Nanos = 0;
  #dayLength: Nanos | null = null;

  /** How many events wait here. */
  get length(): number {
    return this.#length;
  }

  /** How many of them are not background polls. */
  get foreground(): number {
    return this.#length - this.#background;
  }

  /** Adds the event. Reads `event.at`; passing the time as an argument would box it. */
  push(event: SimEvent): void {
    if (event.background) this.#background++;
    this.#length++;
    event.seq = this.#nextSeq++;
    if (!calendarPut(this.#near, event)) heapPush(this.#far, event);
  }

  cancel(event: SimEvent): void {
    assert(isScheduled(event), 'only a scheduled event can be cancelled');
    if (event.place === PLACE.CALENDAR) calendarRemove(this.#near, event);
    else heapRemove(this.#far, event);
    this.#forget(event);
  }

  /** Returns the next event without removing it; null if there is none. */
  find(): SimEvent | null {
    const near = calendarFront(this.#near);
    const far = this.#far;
    return far.length === 0 ? near : earlier(near, far[0] as SimEvent);
  }

  /** Removes the event that `find` has just returned; the clock is at its time now. */
  take(event: SimEvent): void {
    if (event.place === PLACE.CALENDAR) {
      calendarTake(this.#near, event);
      this.#near.today = this.#near.found;
    } else {
      heapRemove(this.#far, event);
    }
    this.#forget(event);
    if ((--this.#untilTuned & (ADVANCE_EVERY - 1)) === 0) this.#look(event);
  }

  #look({ at: now }: SimEvent): void {
    if (this.#dayLength !== null) calendarAdvance(this.#near, now);
    if (this.#untilTuned === 0) this.#tune(now);
  }

  /** The time of the next event; Infinity if there is none. */
  nextAt(): Nanos {
    return this.find()?.at ?? Infinity;
  }

  #forget(event: SimEvent): void {
    this.#length--;
    if (event.background) this.#background--;
  }

  /** Opens the calendar if there is a steady flow, closes it if not, and keeps its days shorter than a gap. */
  #tune(now: Nanos): void {
    const wanted = Math.max(TUNE_EVERY, 2 * this.#length);
    const every = Math.ceil(wanted / ADVANCE_EVERY) * ADVANCE_EVERY;
    const gap = (now - this.#tunedAt) / this.#tuneAfter;
    this.#untilTuned = every;
    this.#tuneAfter = every;
    this.#tunedAt = now;
    const length = this.#dayLength;
    const flows = this.#length >= FLOW && gap >= 1;
    if (flows ? length !== null && gap >= length / 2 && gap <= 4 * length : length === null) return;
    this.#emptyCalendar();
    this.#dayLength = flows ? 2 ** Math.floor(Math.log2(gap)) : null;
    calendarOpen(this.#near, now, this.#dayLength);
  }

  #emptyCalendar(): void {
    const near = this.#near;
    for (let event = calendarFront(near); event !== null; event = calendarFront(near)) {
      calendarTake(near, event);
      heapPush(this.#far, event);
    }
  }
}

const earlier = (near: SimEvent | null, far: SimEvent): SimEvent =>
  near !== null && isBefore(near, far) ? near : far;
