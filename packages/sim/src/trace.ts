// trace.ts — The trace: fixed-width records of numbers in a typed array, delivered in batches.
import { assert } from './assert.ts';
import type { Sim } from './sim.ts';

/** The width of a record in numbers: time (ns), code of the point, and its six arguments. */
export const RECORD_WIDTH = 8;

/** Tells V8 that a count is small and not negative, so that it checks none of the eight indices for overflow: a sixth of `record`. */
const COUNT_MASK = 0xff_ffff;

/** Records `0 … count-1` of `records`, `RECORD_WIDTH` numbers each; valid only during the call. */
export type TraceListener = (records: Float64Array, count: number) => void;

export interface Trace {
  readonly records: Float64Array;
  readonly capacity: number;
  count: number;
  readonly onBatch: TraceListener;
}

/** `capacity` in records: how many are gathered before `onBatch` sees them. */
export function createTrace(capacity: number, onBatch: TraceListener): Trace {
  assert(capacity <= COUNT_MASK, 'a trace gathers no more records than a count may be');
  const width = capacity * RECORD_WIDTH;
  const records = SPARE.length === width ? SPARE : new Float64Array(width);
  SPARE = NONE;
  return { records, capacity, count: 0, onBatch };
}

const NONE: Float64Array = new Float64Array(0);
/** The array of the last trace that ended: searches make thousands of traces, one after another, and an array costs more than most runs write to it. */
let SPARE: Float64Array = NONE;

/** Nobody writes to the trace any more. */
export function endTrace(trace: Trace): void {
  flushTrace(trace);
  SPARE = trace.records;
}

/**
 * Every trace point reads `if (sim.trace !== null) record(sim, POINT.code, …)`: one branch when nobody listens. The time is read here,
 * since passing it as an argument would box it.
 */
// oxlint-disable-next-line max-params -- an object per record would cost ten times as much
export function record(
  sim: Sim,
  point: number,
  a: number = 0,
  b: number = 0,
  c: number = 0,
  d: number = 0,
  e: number = 0,
  f: number = 0,
): void {
  recordAll(sim, point, a, b, c, d, e, f);
}

/** `record` with all of its arguments. Points that each bio passes call it, for each default that may be meant takes six instructions. */
// oxlint-disable-next-line max-params -- as for `record`
export function recordAll(
  sim: Sim,
  point: number,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
): void {
  const { trace } = sim;
  if (trace === null) return;
  const { records } = trace;
  const i = (trace.count & COUNT_MASK) * RECORD_WIDTH;
  records[i] = sim.now;
  records[i + 1] = point;
  records[i + 2] = a;
  records[i + 3] = b;
  records[i + 4] = c;
  records[i + 5] = d;
  records[i + 6] = e;
  records[i + 7] = f;
  if (++trace.count === trace.capacity) flushTrace(trace);
}

/** What a record says of an I/O. */
export interface TracedIo {
  readonly id: number;
  readonly op: number;
  /** In sectors of 512 bytes, as is `nrSectors`. */
  readonly sector: number;
  readonly nrSectors: number;
}

/** `recordAll` of `dev`, the I/O, and one argument more. To read four fields of the I/O here takes less than to pass them. */
// oxlint-disable-next-line max-params -- as for `record`
export function recordIo(sim: Sim, point: number, dev: number, io: TracedIo, last: number): void {
  const { trace } = sim;
  if (trace === null) return;
  const { records } = trace;
  const i = (trace.count & COUNT_MASK) * RECORD_WIDTH;
  records[i] = sim.now;
  records[i + 1] = point;
  records[i + 2] = dev;
  records[i + 3] = io.id;
  records[i + 4] = io.op;
  records[i + 5] = io.sector;
  records[i + 6] = io.nrSectors;
  records[i + 7] = last;
  if (++trace.count === trace.capacity) flushTrace(trace);
}

/** Called before something goes: a reader of the trace may look at the machine, too, and still finds it there. */
export function showTrace({ trace }: Sim): void {
  if (trace !== null) flushTrace(trace);
}

/** Delivers the records gathered so far. Called when the batch is full, and to see them at once. */
export function flushTrace(trace: Trace): void {
  const { count } = trace;
  trace.count = 0;
  if (count > 0) trace.onBatch(trace.records, count);
}

/** The number by which a record can refer to `name`: its place in `sim.traceNames`, where it is put if it is new. */
export function traceName({ traceNames, traceNumbers }: Sim, name: string): number {
  let number = traceNumbers.get(name);
  if (number === undefined) traceNumbers.set(name, (number = traceNames.push(name) - 1));
  return number;
}
