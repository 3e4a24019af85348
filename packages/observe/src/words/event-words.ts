// event-words.ts — One record of the trace as a sentence, whatever it is about.
import type { TraceEvent } from '../trace-event.ts';
import { BLOCK_SENTENCES } from './block-words.ts';
import { DM_SENTENCES } from './dm-words.ts';
import { MULTIPATH_SENTENCES } from './multipath-words.ts';
import { MULTIPATHD_SENTENCES } from './multipathd-words.ts';
import { PROCESS_SENTENCES } from './process-words.ts';
import type { EventKind, Names, Sentence, Source } from './sentence.ts';

export interface EventWords extends Source {
  /** A sentence without its full stop. */
  readonly text: string;
}

const SENTENCES: ReadonlyMap<number, Sentence> = new Map(
  [
    ...BLOCK_SENTENCES,
    ...DM_SENTENCES,
    ...MULTIPATH_SENTENCES,
    ...MULTIPATHD_SENTENCES,
    ...PROCESS_SENTENCES,
  ].map((one) => [one.code, one]),
);

/** Undefined for points that nothing is said about: a sector's data, a shell's line. */
export function eventWords(event: TraceEvent, names: Names): EventWords | undefined {
  const found = SENTENCES.get(event.point);
  if (found === undefined) return undefined;
  const { kind, kernel, file, say } = found;
  return { kind, kernel, file, text: say(event, names) };
}

/** By code of the trace point. */
export const eventKind = (code: number): EventKind | undefined => SENTENCES.get(code)?.kind;
