export { completeEvents, createTraceStream, events } from './events.ts';
export { decode } from './trace-event.ts';
export { watchInvariants } from './invariants/watch.ts';
export { writeTimeline } from './timeline/write-timeline.ts';

export type { TraceBatch, TraceStream } from './events.ts';
export type { Watched } from './watched.ts';
export type { Violation } from './invariants/violation.ts';
export type { TimelineWriting } from './timeline/write-timeline.ts';
export type { Check, Finding, Invariant, WatchedRun } from './invariants/invariant.ts';
export type { TraceEvent } from './trace-event.ts';
