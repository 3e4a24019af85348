export { anyCommand, anyFlags, noflushOnly } from './arbitraries/commands.ts';
export { anyGuest } from './arbitraries/guests.ts';
export { anySchedule, queueingSchedule } from './arbitraries/schedules.ts';
export { anyTable, linearTable, multipathTable, stripedTable } from './arbitraries/tables.ts';
export { BadSchedule } from './check-schedule.ts';
export { check, CheckFailed, failureText } from './check/check.ts';
export { checkSelector, SelectorUnfit } from './check/check-selector.ts';
export { search, soundness } from './check/search.ts';
export { anyOrder, chooserOf } from './check/order.ts';
export * from './extend.ts';
export { causesOf } from './explore/causes.ts';
export { BadChoices, parseChoices, printChoices } from './explore/choices-text.ts';
export {
  createExploration,
  isSettled,
  nextBatch,
  ranAll,
  restoreExploration,
  saveExploration,
  takeResult,
} from './explore/exploration.ts';
export { explore } from './explore/explore.ts';
export { minimiseLab, minimiseRun } from './explore/minimise-lab.ts';
export { endingText, failureOf, outcomeKey } from './explore/outcome.ts';
export { ANY_NUMBER, runFifo, seedOf, STRATEGIES } from './explore/plan.ts';
export { partWays } from './explore/part-ways.ts';
export { recordChoices } from './explore/record-choices.ts';
export { replayChoices } from './explore/replay-choices.ts';
export { batchRunner } from './explore/run-batch.ts';
export { runOnce } from './explore/run-once.ts';
export { tellChoices } from './explore/tell-choices.ts';
export { inOrder } from './explore/tally.ts';
export { traceRun } from './explore/traced-run.ts';
export { transcriptDiff } from './explore/transcript-diff.ts';
export { failedWrites } from './io.ts';
export { createSelectorGroup, SELECTOR_RULES } from './check/selector-rules.ts';
export { printLab } from './print-lab.ts';
export { runSchedule } from './run-schedule.ts';
export { MAP_SECTORS, PATHS, UNIT } from './schedule.ts';

export type { CommandChoice } from './arbitraries/commands.ts';
export type { GuestOptions } from './arbitraries/guests.ts';
export type { ScheduleOptions } from './arbitraries/schedules.ts';
export type { QueueMode } from './arbitraries/tables.ts';

export type { CheckSelectorOptions, SelectorToCheck } from './check/check-selector.ts';
export type { CheckOptions, Failure, SearchResult } from './check/search.ts';
export type { Order, OrderStrategy } from './check/order.ts';
export type { Causes } from './explore/causes.ts';
export type { ChoicesFile, RecordedChoice } from './explore/choices-text.ts';
export type { Exploration, NumberedBatch, SavedExploration } from './explore/exploration.ts';
export type { Counterexample, IsOver } from './explore/minimise-lab.ts';
export type { Ending, Outcome } from './explore/outcome.ts';
export type { Plan, StrategyName } from './explore/plan.ts';
export type { Parting } from './explore/part-ways.ts';
export type { Replay, Unplaced } from './explore/replay-choices.ts';
export type { Batch, BatchResult } from './explore/run-batch.ts';
export type { Lab, LabRun, Setup } from './explore/run-once.ts';
export type { RunEvent, TracedChoice, TracedRun } from './explore/traced-run.ts';
export type { Seen, Tally } from './explore/tally.ts';
export type { SelectorArgs, SelectorGroup, SelectorRule } from './check/selector-rules.ts';
export type { IoResult } from './io.ts';
export type { RunScheduleOptions, ScheduleResult } from './run-schedule.ts';
export type {
  Command,
  ErrorPolicy,
  GuestSetup,
  JobWord,
  LinearTable,
  MonitorWord,
  MultipathTable,
  OwnSelector,
  OwnTable,
  Schedule,
  Selector,
  StripedTable,
  SuspendFlags,
  Table,
} from './schedule.ts';
export type { World } from './world.ts';
