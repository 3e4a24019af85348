// event-queue.ts — What is due, by time and order of scheduling: in a calendar for the near future of a steady flow, in a
// heap for all else.
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

/** Events between two looks at the flow, at least; with many waiting twice their number. */
const TUNE_EVERY = 1024;
/** Events after which the calendar's far end moves on. It may lag: what is beyond it goes to the heap. */
const ADVANCE_EVERY = 64;
/** With fewer waiting a heap is as good. */
const FLOW = 4;

export class EventQueue {
  readonly #near: EventCalendar = createEventCalendar();
  readonly #far: EventHeap = [];
  #length = 0;
  #background = 0;
  #nextSeq = 0;
  /** Events until the next look at the flow, and from the last to it; when the last one was; the calendar's days by it. */
  #untilTuned = TUNE_EVERY;
  #tuneAfter = TUNE_EVERY;
  #tunedAt: Nanos = 0;
  #dayLength: Nanos | null = null;

  /** How many events wait here. */
  get length(): number {
    return this.#length;
  }

  /** How many of them are not mere polls. */
  get foreground(): number {
    return this.#length - this.#background;
  }

  /** It is due at `event.at`: a time handed over might be allocated. */
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

  /** The next one, which stays; null when there is none. */
  find(): SimEvent | null {
    const near = calendarFront(this.#near);
    const far = this.#far;
    return far.length === 0 ? near : earlier(near, far[0] as SimEvent);
  }

  /** Takes out what `find` has just found: the clock is at its time now. */
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

  /** When the next event is due; Infinity when there is none. */
  nextAt(): Nanos {
    return this.find()?.at ?? Infinity;
  }

  #forget(event: SimEvent): void {
    this.#length--;
    if (event.background) this.#background--;
  }

  /** Opens the calendar when there is a flow, closes it when there is none, and keeps its days shorter than a gap. */
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
