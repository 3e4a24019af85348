// log-line.ts — One record of the trace as a line of text: when, which trace point, what happened in words.
import { BLOCK_TRACE } from '@dmsim/block';
import { DM_TRACE } from '@dmsim/dm';
import { MULTIPATH_TRACE } from '@dmsim/multipath';
import { VM_TRACE } from '@dmsim/qemu';
import { formatSeconds, SIM_TRACE } from '@dmsim/sim';

import type { TraceEvent } from '../trace-event.ts';
import { eventWords } from '../words/event-words.ts';
import type { Names } from '../words/sentence.ts';

const POINTS: ReadonlyMap<number, string> = new Map(
  [BLOCK_TRACE, DM_TRACE, MULTIPATH_TRACE, VM_TRACE, SIM_TRACE].flatMap((table) =>
    Object.entries(table).map(([name, { code }]) => [code, name] as const),
  ),
);

const WIDTH = 22;

/**
 * `5.003000 mpath_path_failed      path sda of group 1 fails: 1 path is left`, with its newline; undefined for records that
 * nothing is said about. The same record and names give the same line.
 */
export function logLine(event: TraceEvent, names: Names): string | undefined {
  const words = eventWords(event, names);
  if (words === undefined) return undefined;
  const point = (POINTS.get(event.point) ?? '').padEnd(WIDTH);
  return `${formatSeconds(event.at)} ${point} ${words.text}\n`;
}
