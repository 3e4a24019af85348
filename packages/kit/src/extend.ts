// extend.ts — The interfaces people extend, so that a selector, a target or an invariant can be written outside this repository.
export { bioEndio, BLK_STS, BLOCK_TRACE, REQ, REQ_OP } from '@dmsim/block';
export {
  DM_TRACE,
  END_IO_VERDICTS,
  getDevice,
  MAP_VERDICTS,
  noflushSuspending,
  parseSector,
  putDevice,
  submitRemapped,
  SUSPEND_PHASES,
} from '@dmsim/dm';
export { MULTIPATH_TRACE } from '@dmsim/multipath';
export { decode, devText, instantText } from '@dmsim/observe';
export { VM_TRACE } from '@dmsim/qemu';
export { createTimer, deleteTimer, millis, modTimer } from '@dmsim/sim';

export type { Bio, BlkStatus, BlockDevice, LatencyModel } from '@dmsim/block';
export type { CtrFailure, DmDev, DmTarget, EndIoVerdict, MapVerdict, TargetType } from '@dmsim/dm';
export type { DmPath, HardwareHandler, PathSelectorType, SelectorHost } from '@dmsim/multipath';
export type { Check, Finding, Invariant, TraceEvent, WatchedRun } from '@dmsim/observe';
export type { Errno, Nanos, Sim, Timer } from '@dmsim/sim';
