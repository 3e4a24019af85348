// feed.case.ts — Records made by hand, and what the invariants say to them.
import { BLOCK_TRACE, devNumber, REQ_OP, runOf } from '@dmsim/block';
import { DM_TRACE, END_IO_VERDICTS, MAP_VERDICTS, SUSPEND_PHASES } from '@dmsim/dm';
import { MULTIPATH_TRACE, QUEUE_IF_NO_PATH_REASONS } from '@dmsim/multipath';
import { RECORD_WIDTH } from '@dmsim/sim';

import { createMachine } from '../../packages/host/src/create-machine.ts';
import { completeEvents } from '../../packages/observe/src/events.ts';
import { suspendsPaired } from '../../packages/observe/src/invariants/suspends-paired.ts';
import type { Violation } from '../../packages/observe/src/invariants/violation.ts';
import { watchInvariants } from '../../packages/observe/src/invariants/watch.ts';

export type TraceRecord = readonly [point: number, ...args: number[]];

/** The device all these records are about. */
export const DEV: number = devNumber(254, 0);

const { WRITE } = REQ_OP;
const range = [8, 8] as const;

export const queue = (id: number): TraceRecord => [
  BLOCK_TRACE.block_bio_queue.code,
  DEV,
  id,
  WRITE,
  ...range,
  1,
];
export const complete = (id: number, status = 0): TraceRecord => [
  BLOCK_TRACE.block_bio_complete.code,
  DEV,
  id,
  WRITE,
  ...range,
  status,
];
export const map = (id: number, verdict: (typeof MAP_VERDICTS)[number]): TraceRecord => [
  DM_TRACE.dm_map.code,
  DEV,
  id,
  WRITE,
  ...range,
  MAP_VERDICTS.indexOf(verdict),
];
export const endIo = (id: number, verdict: (typeof END_IO_VERDICTS)[number]): TraceRecord => [
  DM_TRACE.dm_end_io.code,
  DEV,
  id,
  WRITE,
  0,
  0,
  END_IO_VERDICTS.indexOf(verdict),
];
/** The write reaches the medium, through another disk. */
export const landed = (id: number): TraceRecord => [
  BLOCK_TRACE.block_landed.code,
  devNumber(8, 16),
  id,
  WRITE,
  ...range,
];
export const pathEvent = (
  point: 'mpath_path_failed' | 'mpath_path_reinstated',
  validPaths: number,
  table = 1,
): TraceRecord => [MULTIPATH_TRACE[point].code, DEV, devNumber(8, 0), 1, validPaths, 1, table];
/** Onto one of the device's queues, or off it. */
export const move = (point: 'dm_pushback' | 'dm_defer' | 'dm_undefer', id: number): TraceRecord => [
  DM_TRACE[point].code,
  DEV,
  id,
  WRITE,
  ...range,
  1,
];
export const inTarget = (
  point: 'mpath_bio_queued' | 'mpath_bio_dequeued',
  id: number,
): TraceRecord => [MULTIPATH_TRACE[point].code, DEV, id, WRITE, ...range, 1];
export const suspend = (
  phase: (typeof SUSPEND_PHASES)[number],
  { noflush }: { readonly noflush: boolean },
): TraceRecord => [DM_TRACE.dm_suspend.code, DEV, SUSPEND_PHASES.indexOf(phase), noflush ? 1 : 0];
export const resume: TraceRecord = [DM_TRACE.dm_resume.code, DEV, 1];
export const swap = (table: number, size = 1024, before = 0): TraceRecord => [
  DM_TRACE.dm_swap_table.code,
  DEV,
  table,
  size,
  before,
];
export const destroy = (table: number): TraceRecord => [DM_TRACE.dm_destroy_table.code, DEV, table];
export const queueing = (
  table: number,
  on: boolean,
  why: (typeof QUEUE_IF_NO_PATH_REASONS)[number],
): TraceRecord => [
  MULTIPATH_TRACE.mpath_queue_if_no_path.code,
  DEV,
  table,
  on ? 1 : 0,
  QUEUE_IF_NO_PATH_REASONS.indexOf(why),
  2,
];
/** The data of `count` sectors that hold the same: by itself, of the first sector of the range. */
export const data = (
  id: number,
  op: 'READ' | 'WRITE',
  hash: number,
  { sector = 8, count = 1 } = {},
): TraceRecord => [BLOCK_TRACE.block_data.code, DEV, id, runOf(REQ_OP[op], count), sector, 0, hash];

/** One record a microsecond; then the run is over, with nothing due. */
export const violationsOf = (...records: readonly TraceRecord[]): readonly Violation[] =>
  violationsIn({}, records);

export interface Feed {
  readonly requeue?: 'deferred-head' | 'pushback';
  /** Between two records, in ns. */
  readonly apart?: number;
}

export function violationsIn(
  { requeue = 'deferred-head', apart = 1000 }: Feed,
  records: readonly TraceRecord[],
): readonly Violation[] {
  const machine = createMachine({ requeue });
  const violations: Violation[] = [];
  watchInvariants(machine, violations, { deviceIsMedium: true });
  const all = new Float64Array(records.length * RECORD_WIDTH);
  for (const [i, record] of records.entries()) {
    all[i * RECORD_WIDTH] = i * apart;
    all.set(record, i * RECORD_WIDTH + 1);
  }
  machine.events.batches.next({ records: all, count: records.length });
  completeEvents(machine.events);
  return violations;
}

/** Most records leave out what came before: whether suspends and resumes take turns is asked by `allNamesOf` alone. */
export const namesOf = (...records: readonly TraceRecord[]): string[] => namesIn({}, records);

export const namesIn = (feed: Feed, records: readonly TraceRecord[]): string[] =>
  namesAmong(violationsIn(feed, records)).filter((name) => name !== suspendsPaired.name);

export const allNamesOf = (...records: readonly TraceRecord[]): string[] =>
  namesAmong(violationsOf(...records));

const namesAmong = (violations: readonly Violation[]): string[] => [
  ...new Set(violations.map(({ invariant }) => invariant)),
];
