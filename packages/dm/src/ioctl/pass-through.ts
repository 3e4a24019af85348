// pass-through.ts — An ioctl on a mapped device goes to a device below. Mirrors dm.c: dm_prepare_ioctl, dm_blk_ioctl.
import type { BlockDevice } from '@dmsim/block';
import type { Errno, Task } from '@dmsim/sim';
import { fatalSignal, millis, sleepFor } from '@dmsim/sim';

import type { MappedDevice } from '../mapped-device.ts';
import type { IoctlTarget } from '../target-type.ts';

/** How often a target that has no path is asked again. */
const RETRY = millis(10);

/**
 * The device that an ioctl is for. ENOTTY unless the table is one target that forwards ioctls, EAGAIN while suspended.
 * A target that answers ENOTCONN is asked for ever, until a fatal signal.
 */
export function* prepareIoctl(md: MappedDevice): Task<Errno | BlockDevice> {
  for (;;) {
    const answer = askTarget(md);
    if (typeof answer === 'object') return answer.dev;
    if (answer !== 'ENOTCONN' || dying(md)) return answer;
    yield* sleepFor(RETRY, { interruptible: true, background: true });
  }
}

function askTarget({ map, suspended }: MappedDevice): IoctlTarget {
  const [ti] = map?.targets ?? [];
  if (map?.targets.length !== 1 || ti?.type.prepareIoctl === undefined) return 'ENOTTY';
  return suspended ? 'EAGAIN' : ti.type.prepareIoctl(ti);
}

/** Only a fatal signal ends it. */
function dying({ dm }: MappedDevice): boolean {
  const { current } = dm.sim;
  return current !== null && fatalSignal(current) !== undefined;
}
