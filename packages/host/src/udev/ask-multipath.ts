// ask-multipath.ts — The rules ask `multipath -u` whether a disk is multipath's. Mirrors 60-multipath.rules.
import { pathValidity } from '@dmsim/multipathd';
import type { Process, Task } from '@dmsim/sim';

import type { Machine } from '../machine.ts';
import type { Properties } from './udev.ts';

/** What DM_MULTIPATH_DEVICE_PATH becomes; undefined when multipath could not say. */
export function askMultipath(
  self: Process,
  { multipathHost }: Machine,
  kernel: string,
  before: Properties | undefined,
): Task<'0' | '1' | '2' | undefined> {
  const released = before?.get('DM_MULTIPATH_DEVICE_PATH') === '0';
  return pathValidity(multipathHost, self, { dev: kernel, released });
}
