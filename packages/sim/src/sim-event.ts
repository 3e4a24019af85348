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
  /** What a person would call it, when its name says too little; for lists of choices, never on the way of an event. */
  readonly describe: ((owner: never) => string) | null;
  /** What it reads or changes when it fires; null: perhaps anything. Events that share nothing may go either way round. */
  readonly touches: ((owner: never) => readonly object[] | null) | null;
  place: number;
  /** When it is due. */
  at: Nanos;
  /** Keeps what is due at the same time in order of scheduling. */
  seq: number;
  /** Links of its day in the calendar: the first one's `prev` is the last, whose `next` is null. */
  next: SimEvent | null;
  prev: SimEvent | null;
}

export interface EventOptions<T> {
  readonly background?: boolean;
  readonly describe?: (owner: T) => string;
  readonly touches?: (owner: T) => readonly object[] | null;
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
    // A time that is no small integer from the start: V8 then never changes its mind about the field.
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
