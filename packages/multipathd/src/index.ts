export { CHECKERS } from './checkers/registry.ts';
export { COMMANDS } from './commands/registry.ts';
export { SECTION_KEYWORDS } from './config/keywords.ts';
export { createCommandSocket } from './daemon/command-socket.ts';
export { createPidLock } from './daemon/pid-file.ts';
export { forgetWait } from './names/wait-files.ts';
export { pathValidity } from './path-validity.ts';
export { mpathpersistProgram } from './programs/mpathpersist.ts';
export { multipathProgram } from './programs/multipath.ts';
export { multipathcProgram } from './programs/multipathc.ts';
export { multipathdProgram } from './programs/multipathd.ts';
export { LOCK_PHASES, MAP_VERBS, MULTIPATHD_TRACE, PATH_IDEAS } from './trace-points.ts';
export { createService, reloadService, startService, stopService } from './service.ts';

export { PRIORITIZERS } from './prioritizers/registry.ts';
export { HOOKS, KIND_NAMES, PluginBroken } from './user-plugins/plugin-broken.ts';
export { checkerFault, guardChecker, isMeantAsChecker } from './user-plugins/user-checker.ts';
export {
  guardPrioritizer,
  isMeantAsPrioritizer,
  prioritizerFault,
} from './user-plugins/user-prioritizer.ts';

export type { AskedPath } from './user-plugins/asked-path.ts';
export type { PluginKind } from './user-plugins/plugin-broken.ts';
export type { UserChecker, Verdict } from './user-plugins/user-checker.ts';
export type { UserPrioritizer } from './user-plugins/user-prioritizer.ts';
export type { CommandSocket } from './daemon/command-socket.ts';
export type {
  DirectReader,
  MultipathHost,
  PortGroupState,
  ScsiGeneric,
  ScsiResult,
  Udev,
  UdevEvent,
} from './host.ts';
export type { Service, ServiceState } from './service.ts';
