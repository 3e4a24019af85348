// sentence.ts — The words for one kind of record: a sentence, the kernel function that acts, and our file that stands for it.
import type { TracePoint } from '@dmsim/sim';

import { decode } from '../trace-event.ts';
import type { TraceEvent } from '../trace-event.ts';

/** The kinds of events. Lists of events are filtered by them. */
export type EventKind =
  | 'bio'
  | 'request'
  | 'verdict'
  | 'queue'
  | 'suspend'
  | 'table'
  | 'path'
  | 'process'
  | 'vm';

/** Names for things that records can only number. */
export interface Names {
  /** Names a `devNumber`, at the event's instant (`nameIn`). */
  readonly device: (dev: number) => string;
  /** Returns the text with that number in `sim.traceNames`. */
  readonly text: (n: number) => string;
}

/** The function that decides, in Linux and here: `dm.c: __map_bio`, `dm/src/map-bio.ts`. Empty if Linux has no such function. */
export interface Source {
  readonly kind: EventKind;
  readonly kernel: string;
  readonly file: string;
}

export interface Sentence extends Source {
  readonly code: number;
  /** Without its full stop. */
  readonly say: (event: TraceEvent, names: Names) => string;
}

/** A sentence about records of `point`, made of their arguments by name. */
export function sentence<Field extends string>(
  point: TracePoint<Field>,
  source: Source,
  say: (fields: Readonly<Record<Field, number>>, names: Names) => string,
): Sentence {
  return { code: point.code, say: (event, names) => say(decode(event, point), names), ...source };
}
