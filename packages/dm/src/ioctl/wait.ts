// wait.ts — DM_DEV_WAIT. Mirrors dm-ioctl.c: dev_wait, dm.c: dm_wait_event.
import type { Errno, Task } from '@dmsim/sim';
import { waitEvent, wakeUp } from '@dmsim/sim';

import type { DeviceMapper } from '../device-mapper.ts';
import type { DeviceKey } from './find-device.ts';
import { findCell } from './find-device.ts';

/** Waits until the device's event counter differs from `eventNr`; returns at once if it does already. EINTR after a signal. */
export function* devWait(
  dm: DeviceMapper,
  key: DeviceKey,
  { eventNr }: { readonly eventNr: number },
): Task<Errno | undefined> {
  const cell = findCell(dm, key);
  if (cell === undefined) return 'ENXIO';
  const { md } = cell;
  md.holders++;
  // The last event of a device that goes is raised through its table: without one nothing ends this but a signal.
  const wake = yield* waitEvent(md.eventQueue, () => md.eventNr !== eventNr, {
    interruptible: true,
  });
  if (--md.holders === 0) wakeUp(md.released);
  return wake === 'signal' ? 'EINTR' : undefined;
}
