// ask-multipath.ts — Asks `multipath -u`, as the rules do, whether a disk belongs to multipath. Mirrors 60-multipath.rules.
import { pathValidity } from '@dmsim/multipathd';
import type { Process } from '@dmsim/sim';

import type { Machine } from '../machine.ts';
import type { Properties } from './udev.ts';

/** Returns what it prints, DM_MULTIPATH_DEVICE_PATH and how long it may be waited for; undefined if multipath could not tell. */
export function askMultipath(
  self: Process,
  { multipathHost }: Machine,
  kernel: string,
  before: Properties | undefined,
): ReturnType<typeof pathValidity> {
  const released = before?.get('DM_MULTIPATH_DEVICE_PATH') === '0';
  return pathValidity(multipathHost, self, { dev: kernel, released });
}
