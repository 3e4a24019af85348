// log-line.ts — One record of the trace as a line of text: when, which trace point, what happened in words.
import { formatSeconds } from '@dmsim/sim';

import type { TraceEvent } from '../trace-event.ts';
import { eventWords } from '../words/event-words.ts';
import type { Names } from '../words/sentence.ts';
import { pointName } from './subjects.ts';

const WIDTH = 22;

/**
 * `5.003000 mpath_path_failed      path sda of group 1 fails: 1 path is left`, with its newline; undefined for records that
 * nothing is said about. The same record and names give the same line.
 */
export function logLine(event: TraceEvent, names: Names): string | undefined {
  const words = eventWords(event, names);
  if (words === undefined) return undefined;
  const point = pointName(event.point).padEnd(WIDTH);
  return `${formatSeconds(event.at)} ${point} ${words.text}\n`;
}
