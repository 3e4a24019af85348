// event-calendar.ts — A calendar queue for the near future: a ring of days, each an ordered list of events; which days have
// some stands in bits, so that the next one is found without looking at empty days. To write something down costs the same
// however much is written down, and unlike a heap has hardly a branch that goes now one way, now the other.
//
// It needs a flow to know how long a day should be: less than the mean gap between events. Without one it is closed and
// takes nothing. What it can't take well, the far future or a day that would be long to search, is the heap's: either place
// is right for any event.
import type { SimEvent } from './sim-event.ts';
import { PLACE } from './sim-event.ts';
import type { Nanos } from './time.ts';

/** Days of the ring: 32 words of 32 bits, one word to say which of them aren't empty. */
const DAYS = 1024;
const WORD_BITS = 32;
/** Events a new one may have to pass in its day. */
const LONGEST_SEARCH = 8;
export interface EventCalendar {
  /** Days per ns. */
  rate: number;
  /** Today's place in the ring, or a day before it: nothing stands between. */
  today: number;
  /** A day, counted from time 0, from which on the ring may have no place; -1: closed. */
  end: number;
  /** The day of what `calendarFront` has found. */
  found: number;
  /** First event of each day; there from the first opening on: most worlds are too short for it. */
  readonly days: (SimEvent | null)[];
  /** A bit for each day that isn't empty. */
  readonly words: Int32Array;
  /** Bit w: `words[w]` isn't 0. */
  summary: number;
}

export const createEventCalendar = (): EventCalendar => ({
  rate: 1,
  today: 0,
  end: -1,
  found: 0,
  days: [],
  words: new Int32Array(DAYS / WORD_BITS),
  summary: 0,
});

/** Opens it, or closes it for null, with days of `length` ns. It must be empty. */
export function calendarOpen(calendar: EventCalendar, now: Nanos, length: Nanos | null): void {
  calendar.end = -1;
  if (length === null) return;
  calendar.rate = 1 / length;
  while (calendar.days.length < DAYS) calendar.days.push(null);
  calendarAdvance(calendar, now);
}

/** The clock has come to `now`: the ring moves on. */
export function calendarAdvance(calendar: EventCalendar, now: Nanos): void {
  const day = now * calendar.rate;
  calendar.today = day & (DAYS - 1);
  calendar.end = day + (DAYS - 1);
}

/** False when it is not for the calendar. */
export function calendarPut(calendar: EventCalendar, event: SimEvent): boolean {
  const day = event.at * calendar.rate;
  if (day >= calendar.end) return false;
  const i = day & (DAYS - 1);
  const word = i >> 5;
  const bits = calendar.words[word] as number;
  const bit = 1 << (i & 31);
  if ((bits & bit) !== 0) return addToDay(calendar, i, event);
  calendar.words[word] = bits | bit;
  calendar.summary |= 1 << word;
  calendar.days[i] = event;
  event.prev = event;
  event.next = null;
  event.place = PLACE.CALENDAR;
  return true;
}

/** Behind all that are due before it or at the same time: it is the one scheduled last. */
function addToDay({ days }: EventCalendar, i: number, event: SimEvent): boolean {
  const first = days[i] as SimEvent;
  const last = first.prev as SimEvent;
  if (last.at <= event.at) {
    last.next = event;
    event.prev = last;
    event.next = null;
    first.prev = event;
  } else {
    const after = laterIn(first, event.at);
    if (after === null) return false;
    event.prev = after.prev;
    event.next = after;
    if (after === first) days[i] = event;
    else (after.prev as SimEvent).next = event;
    after.prev = event;
  }
  event.place = PLACE.CALENDAR;
  return true;
}

/** The first event of a day that is due after `at`: there is one, but null when it would be long to search. */
function laterIn(first: SimEvent, at: Nanos): SimEvent | null {
  let after = first;
  for (let passed = 0; after.at <= at; passed++) {
    if (passed === LONGEST_SEARCH) return null;
    after = after.next as SimEvent;
  }
  return after;
}

/** The next event; null when there is none. */
export function calendarFront(calendar: EventCalendar): SimEvent | null {
  const { summary, words, today } = calendar;
  if (summary === 0) return null;
  let word = today >> 5;
  let bits = (words[word] as number) & (-1 << (today & 31));
  if (bits === 0) {
    const later = summary & (-2 << word);
    // None later in the ring: it goes on at its start.
    word = lowestBit(later === 0 ? summary : later);
    bits = words[word] as number;
  }
  const day = (word << 5) | lowestBit(bits);
  calendar.found = day;
  return calendar.days[day] as SimEvent;
}

const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits);

/** Takes out what `calendarFront` has found. */
export function calendarTake(calendar: EventCalendar, event: SimEvent): void {
  const i = calendar.found;
  const { next } = event;
  event.place = PLACE.IDLE;
  calendar.days[i] = next;
  if (next === null) emptyDay(calendar, i);
  else next.prev = event.prev;
}

function emptyDay(calendar: EventCalendar, i: number): void {
  const word = i >> 5;
  const bits = (calendar.words[word] as number) & ~(1 << (i & 31));
  calendar.words[word] = bits;
  if (bits === 0) calendar.summary &= ~(1 << word);
}

/** Takes out any. */
export function calendarRemove(calendar: EventCalendar, event: SimEvent): void {
  const i = (event.at * calendar.rate) & (DAYS - 1);
  const first = calendar.days[i] as SimEvent;
  if (event === first) {
    calendar.found = i;
    calendarTake(calendar, event);
    return;
  }
  event.place = PLACE.IDLE;
  (event.prev as SimEvent).next = event.next;
  (event.next ?? first).prev = event.prev;
}
