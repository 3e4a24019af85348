export { getDevice, putDevice, resolveDevice } from './dm-device.ts';
export { createDeviceMapper } from './device-mapper.ts';
export { tableEvent } from './event.ts';
export { DM_TYPE } from './table.ts';
export { getTargetType, registerTarget } from './target-registry.ts';
export { pathUevent } from './uevent.ts';

export type { DeviceMapper, DeviceMapperOptions, DmHost } from './device-mapper.ts';
export type { HashCell } from './ioctl/hash-cell.ts';
export type { MappedDevice } from './mapped-device.ts';
export type { RequeueName, RequeueStrategy } from './requeue.ts';
export type { DmDev, DmTable, QueueMode } from './table.ts';
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
