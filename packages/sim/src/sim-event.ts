// sim-event.ts — An event: something that can be due, and the place where it waits.
import type { Footprint } from './footprint.ts';
import type { Nanos } from './time.ts';

/** The place of an event that is not in the heap, where it is the index from 0. */
export const PLACE = { IDLE: -1, READY: -2, CALENDAR: -3 } as const;

/** An event is made once and can be scheduled again and again, but is never in the queue twice. */
export interface SimEvent {
  /** Called with the owner when the event is due, so that scheduling needs no closure. */
  readonly fire: (owner: never) => void;
  /** Set later where the event is made before its owner. */
  owner: unknown;
  /** True for polls, which change nothing by themselves: a run in which only these are left has hung. */
  readonly background: boolean;
  readonly name: string;
  /** A name for people, if `name` says too little; used in lists of choices, never while events run. */
  readonly describe: ((owner: never) => string) | null;
  /** Returns the things that it reads or changes when it fires; called just before that. Null: anything. */
  readonly touches: ((owner: never) => Footprint) | null;
  place: number;
  /** When it is due. */
  at: Nanos;
  /** Orders events that are due at the same time by when they were scheduled. */
  seq: number;
  /** Links within its day of the calendar: the first event's `prev` is the last, whose `next` is null. */
  next: SimEvent | null;
  prev: SimEvent | null;
}

export interface EventOptions<T> {
  readonly background?: boolean;
  readonly describe?: (owner: T) => string;
  /** @defaultValue anything. Things that it is seen to touch (`touchProcess`) are added. */
  readonly touches?: (owner: T) => Footprint;
}

export function createEvent<T>(
  name: string,
  owner: T,
  fire: (owner: T) => void,
  { background = false, describe, touches }: EventOptions<T> = {},
): SimEvent {
  return {
    fire,
    owner,
    background,
    name,
    describe: describe ?? null,
    touches: touches ?? null,
    place: PLACE.IDLE,
    // Not a small integer, so that V8 stores the field as a double from the start.
    at: NaN,
    seq: 0,
    next: null,
    prev: null,
  };
}

/** `end_io of bio 7 on sda`, or its name. */
export function describeEvent({ name, describe, owner }: SimEvent): string {
  return describe === null ? name : (describe as (owner: unknown) => string)(owner);
}

export const isScheduled = (event: SimEvent): boolean => event.place !== PLACE.IDLE;

/** `a` comes before `b`. */
export const isBefore = (a: SimEvent, b: SimEvent): boolean =>
  a.at < b.at || (a.at === b.at && a.seq < b.seq);
