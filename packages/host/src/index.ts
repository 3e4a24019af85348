export { createMachine, REQUEUE_NAMES } from './create-machine.ts';
export { completeEvents, events } from './events.ts';
export { watchInvariants } from './invariants/watch.ts';
export { runLab } from './run-lab.ts';
export { selectorsOf } from './user-selectors.ts';
export { writeTimeline } from './timeline/write-timeline.ts';

export type { MachineOptions } from './create-machine.ts';
export type { TraceBatch, TraceStream } from './events.ts';
export type { UserSelector } from './user-selectors.ts';
export type { Violation } from './invariants/violation.ts';
export type { LoadedModule, Machine, ModuleParameter } from './machine.ts';
export type { LabOptions, LabOutcome, LabResult } from './run-lab.ts';
export type { TimelineWriting } from './timeline/write-timeline.ts';
