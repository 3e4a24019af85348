export { createCommandSocket } from './daemon/command-socket.ts';
export { createPidLock } from './daemon/pid-file.ts';
export { pathValidity } from './path-validity.ts';
export { multipathProgram } from './programs/multipath.ts';
export { multipathdProgram } from './programs/multipathd.ts';
export { LOCK_PHASES, MAP_VERBS, MULTIPATHD_TRACE, PATH_IDEAS } from './trace-points.ts';
export { createService, reloadService, startService, stopService } from './service.ts';

export type { CommandSocket } from './daemon/command-socket.ts';
export type {
  MultipathHost,
  PortGroupState,
  ScsiGeneric,
  ScsiResult,
  Udev,
  UdevEvent,
} from './host.ts';
export type { Service, ServiceState } from './service.ts';
