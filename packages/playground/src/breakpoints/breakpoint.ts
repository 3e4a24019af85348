// breakpoint.ts — Breakpoints: where play stops, and how the next such place is found in a recording.
import { BLOCK_TRACE } from '@dmsim/block';
import { DM_TRACE, SUSPEND_PHASES } from '@dmsim/dm';
import { MULTIPATH_TRACE } from '@dmsim/multipath';
import type { Instant } from '@dmsim/observe';
import { createReplay, pointOf } from '@dmsim/observe';
import { RECORD_WIDTH } from '@dmsim/sim';

import type { Row } from '../model/rows.ts';
import { isLabCommand } from '../model/rows.ts';
import type { Run } from '../model/session.ts';
import { durationText } from '../timeline/time-text.ts';

export type Counted = 'deferred' | 'pushed back' | 'in the target' | 'in flight';

export type Breakpoint =
  | { readonly kind: 'time'; readonly at: number }
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'event'; readonly event: EventName }
  | { readonly kind: 'count'; readonly counted: Counted; readonly over: number };

/** Selects records by their code, and perhaps by their second and last argument. */
interface Wanted {
  readonly code: number;
  readonly second?: number;
  readonly failed?: boolean;
}

export const EVENT_NAMES = [
  'a bio is pushed back',
  'a bio is deferred',
  'a bio is queued in the target',
  'a bio fails',
  'a path fails',
  'a path is reinstated',
  'the group is switched',
  'a suspend begins',
  'a device is suspended',
  'a table is loaded',
  'a table becomes live',
] as const;
export type EventName = (typeof EVENT_NAMES)[number];

const EVENTS: Readonly<Record<EventName, Wanted>> = {
  'a bio is pushed back': { code: DM_TRACE.dm_pushback.code },
  'a bio is deferred': { code: DM_TRACE.dm_defer.code },
  'a bio is queued in the target': { code: MULTIPATH_TRACE.mpath_bio_queued.code },
  'a bio fails': { code: BLOCK_TRACE.block_bio_complete.code, failed: true },
  'a path fails': { code: MULTIPATH_TRACE.mpath_path_failed.code },
  'a path is reinstated': { code: MULTIPATH_TRACE.mpath_path_reinstated.code },
  'the group is switched': { code: MULTIPATH_TRACE.mpath_group_switched.code },
  'a suspend begins': { code: DM_TRACE.dm_suspend.code, second: SUSPEND_PHASES.indexOf('begin') },
  'a device is suspended': {
    code: DM_TRACE.dm_suspend.code,
    second: SUSPEND_PHASES.indexOf('suspended'),
  },
  'a table is loaded': { code: DM_TRACE.dm_load_table.code },
  'a table becomes live': { code: DM_TRACE.dm_swap_table.code },
};

export const COUNTED: readonly Counted[] = [
  'deferred',
  'pushed back',
  'in the target',
  'in flight',
];

export function breakpointText(breakpoint: Breakpoint): string {
  switch (breakpoint.kind) {
    case 'time':
      return `at ${durationText(breakpoint.at)}`;
    case 'line':
      return `line ${breakpoint.line}`;
    case 'event':
      return breakpoint.event;
    case 'count':
      return `${breakpoint.counted} > ${breakpoint.over}`;
  }
}

export interface Search {
  readonly from: number;
  readonly back: boolean;
  /** The last instant to look at. @defaultValue the end of the run */
  readonly to?: number;
}

/** Returns `nth` of the next place, or of the last one before; null if there is none. */
export function findBreak(
  run: Run,
  breakpoints: readonly Breakpoint[],
  search: Search,
): number | null {
  let best: number | null = null;
  for (const breakpoint of breakpoints) {
    const found = search.back ? before(run, breakpoint, search) : after(run, breakpoint, search);
    if (found === null) continue;
    if (best === null || (search.back ? found > best : found < best)) best = found;
  }
  return best;
}

function after(run: Run, breakpoint: Breakpoint, { from, to = Infinity }: Search): number | null {
  const hits = createHits(run, breakpoint);
  for (const row of run.rows) {
    if (row.nth > to) return null;
    // Earlier rows are tested too, since a time or a count is reached only relative to them.
    const hit = hits(row);
    if (hit && row.nth > from) return row.nth;
  }
  return null;
}

function before(run: Run, breakpoint: Breakpoint, { from }: Search): number | null {
  const hits = createHits(run, breakpoint);
  let last: number | null = null;
  for (const row of run.rows) {
    if (row.nth >= from) break;
    if (hits(row)) last = row.nth;
  }
  return last;
}

/** The test is called with the rows in order. */
function createHits(run: Run, breakpoint: Breakpoint): (row: Row) => boolean {
  const { recording } = run.result;
  switch (breakpoint.kind) {
    case 'time': {
      let reached = false;
      return ({ at }) => {
        const now = at >= breakpoint.at;
        const first = now && !reached;
        reached = now;
        return first;
      };
    }
    case 'line':
      return (row) => isLabCommand(row) && row.line === breakpoint.line;
    case 'event': {
      const wanted = EVENTS[breakpoint.event];
      return ({ nth, kind }) => {
        if (kind === 'change' || pointOf(recording, nth) !== wanted.code) return false;
        const i = (nth - 1) * RECORD_WIDTH;
        if (wanted.second !== undefined) return recording.records[i + 3] === wanted.second;
        return wanted.failed === true ? recording.records[i + 7] !== 0 : true;
      };
    }
    case 'count': {
      const replay = createReplay(recording);
      let over = false;
      return ({ nth, kind }) => {
        if (kind !== 'queue' && kind !== 'request') return false;
        const now = count(replay.stateAt(nth), breakpoint.counted) > breakpoint.over;
        const crossed = now && !over;
        over = now;
        return crossed;
      };
    }
  }
}

function count({ maps, bios }: Instant, counted: Counted): number {
  switch (counted) {
    case 'deferred':
      return Math.max(0, ...maps.map(({ deferred }) => deferred.length));
    case 'pushed back':
      return Math.max(0, ...maps.map(({ pushedBack }) => pushedBack.length));
    case 'in the target':
      return Math.max(0, ...maps.map(({ queued }) => queued.length));
    case 'in flight':
      return bios.flatMap(({ places }) => places).filter(({ kind }) => kind === 'on a device')
        .length;
  }
}
