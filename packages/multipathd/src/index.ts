export { createCommandSocket } from './daemon/command-socket.ts';
export { pathValidity } from './path-validity.ts';
export { multipathProgram } from './programs/multipath.ts';
export { multipathdProgram } from './programs/multipathd.ts';

export type { CommandSocket } from './daemon/command-socket.ts';
export type {
  MultipathHost,
  PortGroupState,
  ScsiGeneric,
  ScsiResult,
  Udev,
  UdevEvent,
} from './host.ts';
