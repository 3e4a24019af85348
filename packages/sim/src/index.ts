export { liveAlone, passAlone } from './alone.ts';
export { AssertionFailed, assert, unreachable } from './assert.ts';
export { recording } from './chooser.ts';
export { errnoNumber, errnoOf, isErrno, strerror } from './errno.ts';
export { touchDevices, touchProcess, TOUCHES_DEVICES } from './footprint.ts';
export { hangReport } from './hang.ts';
export { currentComm, printk } from './kernel-log.ts';
export { DEFAULT_LIMITS, LIMITS, LimitReached, withinLimit } from './limits.ts';
export { NotSupported } from './not-supported.ts';
export { createPrng, exponential, normal, streamSeed, uniform, uniformInteger } from './prng.ts';
export {
  checkSignals,
  fatalSignal,
  resumeProcess,
  sendSignal,
  spawn,
  takeTrapped,
  threadsOf,
} from './process.ts';
export { userWait, waitForExit } from './user-wait.ts';
export { Killed, SIGNALS, parseSignal, signalName } from './signal.ts';
export { createEvent, describeEvent, isScheduled } from './sim-event.ts';
export {
  after,
  cancel,
  continueRun,
  createSim,
  onlyPollsAreDue,
  reschedule,
  run,
  schedule,
  setChooser,
  startRun,
} from './sim.ts';
export { deviationText, narrating } from './strategies/narrating.ts';
export { exhaustive, RedundantRun } from './strategies/exhaustive.ts';
export { fifo } from './strategies/fifo.ts';
export { pct } from './strategies/pct.ts';
export { random } from './strategies/random.ts';
export { replay } from './strategies/replay.ts';
export { counting, urw } from './strategies/urw.ts';
export { asError, thrownAt } from './thrown-at.ts';
export { formatSeconds, micros, millis, seconds } from './time.ts';
export { createTimer, deleteTimer, isArmed, modTimer } from './timer.ts';
export { SIM_TRACE, traceExec, traceSubmitter, unpackName } from './trace-points.ts';
export {
  RECORD_WIDTH,
  createTrace,
  endTrace,
  flushTrace,
  record,
  recordAll,
  recordIo,
  showTrace,
  traceName,
} from './trace.ts';
export { factorText, JITTER, vary } from './vary.ts';
export {
  createMutex,
  createWaitQueue,
  interruptible,
  lock,
  sleepFor,
  sleeping,
  unlock,
  waitEvent,
  wakeUp,
} from './wait-queue.ts';
export {
  cancelWork,
  createWork,
  createWorkqueue,
  flushWork,
  flushWorkqueue,
  modDelayedWork,
  queueDelayedWork,
  queueWork,
} from './workqueue.ts';

export type { Chooser, Decisions } from './chooser.ts';
export type { Errno } from './errno.ts';
export type { Footprint } from './footprint.ts';
export type { LimitName, Limits } from './limits.ts';
export type { LogLine } from './kernel-log.ts';
export type { Prng } from './prng.ts';
export { keepIgnoring, resetHandlers, setDisposition } from './disposition.ts';
export type { Disposition } from './disposition.ts';
export type { Origin, Process, SpawnOptions, ThreadGroup } from './process.ts';
export type { Signal, SignalName } from './signal.ts';
export type { EventOptions, SimEvent } from './sim-event.ts';
export type { ChoiceOptions, Run, RunOptions, RunOutcome, Sim, SimOptions } from './sim.ts';
export type { Deviation } from './strategies/narrating.ts';
export type { Branch, Exhaustive } from './strategies/exhaustive.ts';
export type { PctOptions } from './strategies/pct.ts';
export type { StepCounts } from './strategies/urw.ts';
export type { Nanos } from './time.ts';
export type { Timer } from './timer.ts';
export type { Trace, TraceListener } from './trace.ts';
export type { TracePoint } from './trace-points.ts';
export type { Mutex, Task, Wait, WaitOptions, WaitQueue, Waiter, Wake } from './wait-queue.ts';
export type { Work, WorkOptions, Workqueue } from './workqueue.ts';
