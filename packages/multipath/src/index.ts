export { alua } from './handlers/alua.ts';
export { emc } from './handlers/emc.ts';
export { registerHardwareHandler, SCSI_DH } from './handlers/hardware-handler.ts';
export { hpSw } from './handlers/hp-sw.ts';
export { rdac } from './handlers/rdac.ts';
export { createMultipathModule, HARDWARE_HANDLERS, PATH_SELECTORS } from './module.ts';
export { isMeantAsSelector, selectorFault } from './selectors/check-selector.ts';
export { guardSelector } from './selectors/guard-selector.ts';
export { historicalServiceTime } from './selectors/historical-service-time.ts';
export { ioAffinity } from './selectors/io-affinity.ts';
export { queueLength } from './selectors/queue-length.ts';
export { loadSelector, registerPathSelector } from './selectors/registry.ts';
export { roundRobin } from './selectors/round-robin.ts';
export { SelectorBroken } from './selectors/selector-broken.ts';
export { serviceTime } from './selectors/service-time.ts';
export { silentSelectors } from './selectors/silent-selector.ts';
export { MULTIPATH_TRACE, QUEUE_IF_NO_PATH_REASONS } from './trace-points.ts';

export type {
  HandlerRegistry,
  HardwareHandler,
  ScsiDhResult,
} from './handlers/hardware-handler.ts';
export type { MultipathModule, MultipathModuleOptions } from './module.ts';
export type { MultipathParameters } from './module-services.ts';
export type { MpathIo, Multipath, PgPath, PriorityGroup, QueuedBios } from './multipath.ts';
export type { DmPath, PathSelectorType, SelectorHost } from './selectors/path-selector.ts';
export type { SelectorHook } from './selectors/selector-broken.ts';
export type { SelectorRegistry } from './selectors/registry.ts';
