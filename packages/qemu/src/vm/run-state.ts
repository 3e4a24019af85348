// run-state.ts — Whether the guest runs, and if not, why. Mirrors softmmu/runstate.c.
import { assert } from '@dmsim/sim';

export type RunState =
  | 'prelaunch'
  | 'running'
  | 'paused'
  | 'io-error'
  | 'shutdown'
  | 'internal-error'
  | 'suspended'
  | 'inmigrate'
  | 'postmigrate'
  | 'finish-migrate';

const TRANSITIONS: Readonly<Record<RunState, readonly RunState[]>> = {
  prelaunch: ['running', 'inmigrate', 'finish-migrate', 'suspended'],
  running: ['paused', 'io-error', 'shutdown', 'internal-error', 'suspended', 'finish-migrate'],
  paused: ['running', 'prelaunch', 'finish-migrate', 'postmigrate'],
  'io-error': ['running', 'prelaunch', 'finish-migrate'],
  shutdown: ['paused', 'prelaunch', 'finish-migrate'],
  'internal-error': ['paused', 'prelaunch', 'finish-migrate'],
  suspended: ['running', 'prelaunch', 'finish-migrate'],
  inmigrate: ['running', 'paused', 'prelaunch'],
  postmigrate: ['running', 'prelaunch', 'finish-migrate'],
  'finish-migrate': ['running', 'paused', 'postmigrate', 'prelaunch'],
};

export function checkTransition(from: RunState, to: RunState): void {
  assert(TRANSITIONS[from].includes(to), `run state ${from} to ${to}`);
}

/** Why a reset or a shutdown happened, as events name it. */
export type ShutdownCause =
  | 'host-qmp-quit'
  | 'host-qmp-system-reset'
  | 'guest-reset'
  | 'guest-shutdown'
  | 'host-signal';

/** Causes of a shutdown by which QEMU ends, whatever else its machine would do. */
export const ENDS_QEMU: ReadonlySet<ShutdownCause> = new Set(['host-qmp-quit', 'host-signal']);

/** What follows when the guest or a command asks for a reset or a shutdown. */
export interface RunActions {
  reboot: 'reset' | 'shutdown';
  shutdown: 'poweroff' | 'pause';
}
