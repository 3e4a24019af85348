// linux-targets.ts — The targets that Linux has here: when each is registered, and their names.
import type { TargetType } from '@dmsim/dm';
import {
  delayTarget,
  dustTarget,
  errorTarget,
  flakeyTarget,
  linearTarget,
  stripedTarget,
  zeroTarget,
} from '@dmsim/dm';

/** Targets in dm_mod itself, in order of registration: `dmsetup targets` shows the newest first. multipath follows them. */
export const BOOT_TARGETS: readonly TargetType[] = [errorTarget, linearTarget, stripedTarget];

/** Targets in modules of their own that are loaded when the machine has booted, in order of registration. */
export const MODULE_TARGETS: readonly TargetType[] = [flakeyTarget, delayTarget, zeroTarget];

/** The names that a target of the user cannot have. */
export const LINUX_TARGET_NAMES: ReadonlySet<string> = new Set([
  ...[...BOOT_TARGETS, ...MODULE_TARGETS, dustTarget].map(({ name }) => name),
  'multipath',
]);
