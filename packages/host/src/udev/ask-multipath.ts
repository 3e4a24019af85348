// ask-multipath.ts — Asks `multipath -u`, as the rules do, whether a disk belongs to multipath. Mirrors 60-multipath.rules.
import { pathValidity } from '@dmsim/multipathd';
import type { Process, Task } from '@dmsim/sim';

import type { Machine } from '../machine.ts';
import type { Properties } from './udev.ts';

/** Returns the value of DM_MULTIPATH_DEVICE_PATH; undefined if multipath could not tell. */
export function askMultipath(
  self: Process,
  { multipathHost }: Machine,
  kernel: string,
  before: Properties | undefined,
): Task<'0' | '1' | '2' | undefined> {
  const released = before?.get('DM_MULTIPATH_DEVICE_PATH') === '0';
  return pathValidity(multipathHost, self, { dev: kernel, released });
}
