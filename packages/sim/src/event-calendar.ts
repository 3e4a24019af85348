// event-calendar.ts — A calendar queue for the near future: a ring of days, each an ordered list of events. A bit per day tells
// which days have events, so empty ones are skipped. Adding an event costs the same however many there are, and unlike a heap
// it has hardly any branch that the processor can't predict.
//
// A day should be shorter than the mean gap between events, so the calendar needs a steady flow to know its length. Without
// one it is closed and takes no events. Events of the far future, or of a day that would be long to search, go to the heap:
// either place is right for any event.
import type { SimEvent } from './sim-event.ts';
import { PLACE } from './sim-event.ts';
import type { Nanos } from './time.ts';

/** The days of the ring: 32 words of 32 bits, and one word that tells which of them are not 0. */
const DAYS = 1024;
const WORD_BITS = 32;
/** How many events of its day a new event may have to pass. */
const LONGEST_SEARCH = 8;
export interface EventCalendar {
  /** Days per ns. */
  rate: number;
  /** Today's place in the ring, or an earlier day with no events in between. */
  today: number;
  /** The first day, counted from time 0, that may not fit into the ring; -1 if the calendar is closed. */
  end: number;
  /** The day of the event that `calendarFront` found. */
  found: number;
  /** The first event of each day. Filled when the calendar is first opened, since most runs are too short for it. */
  readonly days: (SimEvent | null)[];
  /** A bit for each day that isn't empty. Made like `days`. */
  words: Int32Array;
  /** Bit w: `words[w]` isn't 0. */
  summary: number;
}

const NO_WORDS = new Int32Array(0);

export const createEventCalendar = (): EventCalendar => ({
  rate: 1,
  today: 0,
  end: -1,
  found: 0,
  days: [],
  words: NO_WORDS,
  summary: 0,
});

/** Opens the calendar with days of `length` ns, or closes it for null. It must be empty. */
export function calendarOpen(calendar: EventCalendar, now: Nanos, length: Nanos | null): void {
  calendar.end = -1;
  if (length === null) return;
  calendar.rate = 1 / length;
  if (calendar.words === NO_WORDS) calendar.words = new Int32Array(DAYS / WORD_BITS);
  while (calendar.days.length < DAYS) calendar.days.push(null);
  calendarAdvance(calendar, now);
}

/** Moves the ring on when the clock has reached `now`. */
export function calendarAdvance(calendar: EventCalendar, now: Nanos): void {
  const day = now * calendar.rate;
  calendar.today = day & (DAYS - 1);
  calendar.end = day + (DAYS - 1);
}

/** False if the event does not belong into the calendar. */
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

/** Adds the event behind all that are due before it or at the same time, since it was scheduled last. */
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

/** The first event of a day that is due after `at`. One exists, but the answer is null if the search would be long. */
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
    // Nothing comes later in the ring: the search goes on at its start.
    word = lowestBit(later === 0 ? summary : later);
    bits = words[word] as number;
  }
  const day = (word << 5) | lowestBit(bits);
  calendar.found = day;
  return calendar.days[day] as SimEvent;
}

const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits);

/** Removes the event that `calendarFront` found. */
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

/** Removes any event. */
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
