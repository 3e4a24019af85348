// sim-event.ts — Something that can be due, and where it waits.
import type { Nanos } from './time.ts';

/** Where an event stands that is not in the heap; there it is the index, from 0. */
export const PLACE = { IDLE: -1, READY: -2, CALENDAR: -3 } as const;

/** Made once, scheduled as often as wanted; never in the queue twice. */
export interface SimEvent {
  /** Called when it is due. A plain function of the event's owner: no closure per schedule. */
  readonly fire: (owner: never) => void;
  /** Set later where the event is made before its owner. */
  owner: unknown;
  /** Polls that change nothing by themselves: a run in which only these are left has hung. */
  readonly background: boolean;
  readonly name: string;
  place: number;
  /** When it is due. */
  at: Nanos;
  /** Keeps what is due at the same time in order of scheduling. */
  seq: number;
  /** Links of its day in the calendar: the first one's `prev` is the last, whose `next` is null. */
  next: SimEvent | null;
  prev: SimEvent | null;
}

export function createEvent<T>(
  name: string,
  owner: T,
  fire: (owner: T) => void,
  { background = false }: { readonly background?: boolean } = {},
): SimEvent {
  // A time that is no small integer from the start: V8 then never changes its mind about the field.
  const at = NaN;
  return { fire, owner, background, name, place: PLACE.IDLE, at, seq: 0, next: null, prev: null };
}

export const isScheduled = (event: SimEvent): boolean => event.place !== PLACE.IDLE;

/** `a` comes before `b`. */
export const isBefore = (a: SimEvent, b: SimEvent): boolean =>
  a.at < b.at || (a.at === b.at && a.seq < b.seq);
