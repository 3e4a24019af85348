// trace-event.ts — One record of the trace, with what the ledger knows of its bio and its device.
import type { Nanos, TracePoint } from '@dmsim/sim';

import type { BioNote, DmNote } from './invariants/ledger.ts';

/** One object that is overwritten for each record: an invariant copies what it needs and never keeps the event. */
export interface TraceEvent {
  at: Nanos;
  /** Counts the records of the run. */
  nth: number;
  /** The code of a `TracePoint`. */
  point: number;
  /** The six arguments, under the names they have in points about bios. `decode` gives them those of another point. */
  dev: number;
  id: number;
  op: number;
  sector: number;
  nrSectors: number;
  extra: number;
  /** The bio before this event. Null for points that are not about a bio, and for an unknown bio. */
  bio: BioNote | null;
  /** The mapped device `dev`; null when it is none. */
  dm: DmNote | null;
}

export function createTraceEvent(): TraceEvent {
  return {
    at: 0,
    nth: 0,
    point: 0,
    dev: 0,
    id: 0,
    op: 0,
    sector: 0,
    nrSectors: 0,
    extra: 0,
    bio: null,
    dm: null,
  };
}

/** The code of the point of the record that begins at index `i`, as a small integer: it is compared and looked up for every record. */
export const pointOf = (records: Float64Array, i: number): number => (records[i + 1] as number) | 0;

/** Fills `event` from the record that begins at index `i`; `bio` and `dm` are the ledger's to fill. */
export function readRecord(event: TraceEvent, records: Float64Array, i: number): void {
  event.at = records[i] as number;
  event.point = pointOf(records, i);
  event.dev = records[i + 2] as number;
  event.id = records[i + 3] as number;
  event.op = records[i + 4] as number;
  event.sector = records[i + 5] as number;
  event.nrSectors = records[i + 6] as number;
  event.extra = records[i + 7] as number;
}

/** Returns the arguments of `event` by the names that `point` gives them; `point` must be the event's own. */
export const decode = <Field extends string>(
  event: TraceEvent,
  point: TracePoint<Field>,
): Readonly<Record<Field, number>> => ({ ...argumentsOf(event, point) });

/**
 * The same, to be read at once: there is one such object for each point, and it shows the event that was asked about last. For
 * invariants, which see every record: objects with computed names were a seventh of what a schedule of the kit takes.
 */
export function argumentsOf<Field extends string>(
  event: TraceEvent,
  { code, fields }: TracePoint<Field>,
): Readonly<Record<Field, number>> {
  decoded = event;
  return (VIEWS[code] ??= createView(fields));
}

let decoded: TraceEvent = createTraceEvent();

/** By code of the point. */
const VIEWS: (Readonly<Record<string, number>> | undefined)[] = [];

function createView(fields: readonly string[]): Readonly<Record<string, number>> {
  const view = {};
  for (const [nth, field] of fields.entries()) {
    Object.defineProperty(view, field, { enumerable: true, get: () => argument(decoded, nth) });
  }
  return view;
}

function argument({ dev, id, op, sector, nrSectors, extra }: TraceEvent, nth: number): number {
  switch (nth) {
    case 0:
      return dev;
    case 1:
      return id;
    case 2:
      return op;
    case 3:
      return sector;
    case 4:
      return nrSectors;
    default:
      return extra;
  }
}
