// event-calendar.ts — A calendar queue for the near future: a ring of days, each an ordered list of slots; which days have
// entries stands in bits, so that the next one is found without looking at empty days. To write something down costs the
// same however much is written down, and unlike a heap has hardly a branch that goes now one way, now the other.
//
// It needs a flow to know how long a day should be: a few events long on the average. Without one it is closed and takes
// nothing. What it can't take well, the far future or a day that would be long to search, is the heap's: either place is
// right for any entry.
import type { EventSlots } from './event-slots.ts';
import type { Nanos } from './time.ts';

/** Days of the ring: 32 words of 32 bits, one word to say which of them aren't empty. */
const DAYS = 1024;
const WORD_BITS = 32;

export interface EventCalendar {
  /** Days per ns. */
  rate: number;
  /** Today as a day number from time 0, and the first that is beyond the ring; -1: closed. */
  today: number;
  end: number;
  readonly head: Int32Array;
  readonly tail: Int32Array;
  readonly words: Int32Array;
  /** Bit w: `words[w]` isn't 0. */
  summary: number;
}

export const createEventCalendar = (): EventCalendar => ({
  rate: 1,
  today: 0,
  end: -1,
  head: new Int32Array(DAYS),
  tail: new Int32Array(DAYS),
  words: new Int32Array(DAYS / WORD_BITS),
  summary: 0,
});

/** Entries a new one may have to pass in its day. */
const LONGEST_SEARCH = 8;

/** False when it is not for the calendar. Its time stands in `slots.at`. */
export function calendarPut(calendar: EventCalendar, slots: EventSlots, slot: number): boolean {
  const day = (slots.at[slot] as number) * calendar.rate;
  if (day >= calendar.end) return false;
  const i = day & (DAYS - 1);
  const word = i >> 5;
  const bits = calendar.words[word] as number;
  const bit = 1 << (i & 31);
  if ((bits & bit) !== 0) return addToDay(calendar, slots, i, slot);
  calendar.words[word] = bits | bit;
  calendar.summary |= 1 << word;
  calendar.head[i] = slot;
  calendar.tail[i] = slot;
  slots.next[slot] = -1;
  return true;
}

/** Behind all that are due before it or at the same time: it is the one scheduled last. */
function addToDay(
  { head, tail }: EventCalendar,
  slots: EventSlots,
  i: number,
  slot: number,
): boolean {
  const { at, next } = slots;
  const due = at[slot] as number;
  const last = tail[i] as number;
  if ((at[last] as number) <= due) {
    next[last] = slot;
    next[slot] = -1;
    tail[i] = slot;
    return true;
  }
  let before = -1;
  let after = head[i] as number;
  for (let passed = 0; (at[after] as number) <= due; passed++) {
    if (passed === LONGEST_SEARCH) return false;
    before = after;
    after = next[after] as number;
  }
  next[slot] = after;
  if (before < 0) head[i] = slot;
  else next[before] = slot;
  return true;
}

/** The next entry's slot; -1 when there is none. */
export function calendarFront(calendar: EventCalendar): number {
  const { summary, words, head } = calendar;
  if (summary === 0) return -1;
  const i = calendar.today & (DAYS - 1);
  let word = i >> 5;
  let bits = (words[word] as number) & (-1 << (i & 31));
  if (bits === 0) {
    const later = summary & (-2 << word);
    // None later in the ring: it goes on at its start.
    word = lowestBit(later === 0 ? summary : later);
    bits = words[word] as number;
  }
  return head[(word << 5) | lowestBit(bits)] as number;
}

const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits);

/** Takes out what `calendarFront` has found. */
export function calendarTake(calendar: EventCalendar, slots: EventSlots, slot: number): void {
  const i = ((slots.at[slot] as number) * calendar.rate) & (DAYS - 1);
  const next = slots.next[slot] as number;
  if (next >= 0) {
    calendar.head[i] = next;
    return;
  }
  const word = i >> 5;
  const bits = (calendar.words[word] as number) & ~(1 << (i & 31));
  calendar.words[word] = bits;
  if (bits === 0) calendar.summary &= ~(1 << word);
}

/** The clock has come to `now`: the ring moves on. */
export function calendarAdvance(calendar: EventCalendar, now: Nanos): void {
  const today = Math.floor(now * calendar.rate);
  calendar.today = today;
  calendar.end = today + DAYS;
}

/** Opens it, or closes it for null, with days of `length` ns. It must be empty. */
export function calendarOpen(calendar: EventCalendar, now: Nanos, length: Nanos | null): void {
  calendar.end = -1;
  if (length === null) return;
  calendar.rate = 1 / length;
  calendarAdvance(calendar, now);
}
