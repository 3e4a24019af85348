export { completeEvents, createTraceStream, events } from './events.ts';
export {
  createGuarded,
  guardInvariant,
  HookStuck,
  InvariantThrew,
} from './invariants/guard-invariant.ts';
export { leftSuspended } from './invariants/left-suspended.ts';
export { watchGuest } from './invariants/watch-guest.ts';
export { watchVm } from './invariants/watch-vm.ts';
export { INVARIANTS, watchInvariants } from './invariants/watch.ts';
export { foldRepeats } from './log/fold-repeats.ts';
export { logLine } from './log/log-line.ts';
export { subjectsOf } from './log/subjects.ts';
export { readLog, writeLog } from './log/write-log.ts';
export { lastUpTo, pointOf, surveyAt, timeOf } from './recording/recording.ts';
export { startRecorder } from './recording/recorder.ts';
export { createReplay, stateAt } from './recording/state-at.ts';
export { createTraceEvent, decode, readRecord } from './trace-event.ts';
export { writeTimeline } from './timeline/write-timeline.ts';
export { eventKind, eventWords } from './words/event-words.ts';
export { nameIn } from './words/names.ts';
export { surveyChanges } from './words/survey-changes.ts';
export { devText, instantText } from './invariants/violation.ts';

export type { TraceBatch, TraceStream } from './events.ts';
export type { Watched } from './watched.ts';
export type { TraceEvent } from './trace-event.ts';
export type { Subjects } from './log/subjects.ts';
export type { RepeatFold } from './log/fold-repeats.ts';
export type { LogReader, LogWriting } from './log/write-log.ts';
export type { VmWatch } from './invariants/watch-vm.ts';
export type { Violation } from './invariants/violation.ts';
export type { Recorder, RecorderOptions } from './recording/recorder.ts';
export type { Recording, SurveyAt } from './recording/recording.ts';
export type {
  BioState,
  Instant,
  MapState,
  Place,
  PlaceKind,
  Replay,
} from './recording/state-at.ts';
export type {
  DiskSurvey,
  GroupSurvey,
  MapSurvey,
  MultipathSurvey,
  PathSurvey,
  ProcessSurvey,
  ScsiSurvey,
  Survey,
  TableSurvey,
} from './recording/survey.ts';
export type { TimelineWriting } from './timeline/write-timeline.ts';
export type { Guarded, InvariantHook } from './invariants/guard-invariant.ts';
export type { Check, Finding, Invariant, WatchedRun } from './invariants/invariant.ts';
export type { EventWords } from './words/event-words.ts';
export type { EventKind, Names } from './words/sentence.ts';
export type { SurveyChange } from './words/survey-changes.ts';
