export { targetBioNr } from './free-io.ts';
export { getDevice, putDevice, resolveDevice } from './table/dm-device.ts';
export { createDeviceMapper } from './device-mapper.ts';
export { tableEvent } from './event.ts';
export {
  internalResume,
  internalResumeFast,
  internalSuspendFast,
  internalSuspendNoflush,
} from './internal-suspend.ts';
export { devCreate } from './ioctl/create.ts';
export { deviceInfo } from './ioctl/device-info.ts';
export { allCells, findCell } from './ioctl/find-device.ts';
export { devSetGeometry } from './ioctl/geometry.ts';
export { tableClear, tableLoad } from './ioctl/load.ts';
export { targetMessage } from './ioctl/message.ts';
export { prepareIoctl } from './ioctl/pass-through.ts';
export { devRemove, removeAll, removeIfDeferred } from './ioctl/remove.ts';
export { devRename } from './ioctl/rename.ts';
export { listVersions, tableDeps, tableStatus } from './ioctl/status.ts';
export { devResume, devSuspend } from './ioctl/suspend.ts';
export { devWait } from './ioctl/wait.ts';
export { parseKernelUint, parseKernelUnsigned, parseSector } from './table/parse-number.ts';
export {
  argsLeft,
  createArgSet,
  readArg,
  readArgGroup,
  shiftArg,
  shiftArgs,
} from './table/read-arg.ts';
export { DM_TYPE, findTarget, tableSize } from './table/table.ts';
export { getTargetType, registerTarget } from './target-registry.ts';
export { submitRemapped } from './map-bio.ts';
export { noflushSuspending } from './suspend.ts';
export { delayTarget } from './targets/delay.ts';
export { dustTarget } from './targets/dust.ts';
export { errorTarget } from './targets/error.ts';
export { flakeyTarget } from './targets/flakey.ts';
export { linearTarget } from './targets/linear.ts';
export { stripedTarget } from './targets/striped.ts';
export { zeroTarget } from './targets/zero.ts';
export { DM_TRACE, END_IO_VERDICTS, MAP_VERDICTS, SUSPEND_PHASES } from './trace-points.ts';
export { pathUevent } from './uevent.ts';

export type { DeviceMapper, DeviceMapperOptions, DmHost } from './device-mapper.ts';
export type { CreateOptions } from './ioctl/create.ts';
export type { DeviceInfo } from './ioctl/device-info.ts';
export type { DeviceKey } from './ioctl/find-device.ts';
export type { HashCell } from './ioctl/hash-cell.ts';
export type { StatusOptions, TargetStatus } from './ioctl/status.ts';
export type { TargetSpec } from './table/load-table.ts';
export type { MappedDevice } from './mapped-device.ts';
export type { ArgRange, ArgSet } from './table/read-arg.ts';
export type { RequeueName, RequeueStrategy } from './requeue.ts';
export type { SuspendOptions } from './suspend.ts';
export type { DmDev, DmTable, QueueMode } from './table/table.ts';
export type {
  CtrFailure,
  CtrResult,
  DmTarget,
  EndIoVerdict,
  IoctlTarget,
  MapVerdict,
  MessageResult,
  RqContext,
  TargetFeatures,
  TargetType,
} from './target-type.ts';
export type { Uevent } from './uevent.ts';
