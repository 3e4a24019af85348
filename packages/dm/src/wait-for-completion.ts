// wait-for-completion.ts — Waits until nothing is in flight, or until an internal suspend is over. Mirrors dm.c: dm_wait_for_completion, dm_wait_for_bios_completion.
import type { Task, Wake } from '@dmsim/sim';
import { millis, sleepFor, waitEvent } from '@dmsim/sim';

import type { MappedDevice } from './mapped-device.ts';
import { DM_TYPE } from './table/table.ts';

/** Answers 'signal' if `interruptible` and a signal came first. With nothing in flight a signal goes unnoticed. */
export function* waitForCompletion(
  md: MappedDevice,
  { interruptible }: { readonly interruptible: boolean },
): Task<Wake> {
  if (md.type === DM_TYPE.REQUEST_BASED) return yield* waitForRequests(md, interruptible);
  return yield* waitEvent(md.wait, () => md.pendingIo === 0, { interruptible });
}

/** The suspend lock must not be held. Answers 'signal' if one came first. */
export function* waitForInternalResume(md: MappedDevice): Task<Wake> {
  return yield* waitEvent(md.internalResumed, () => !md.suspendedInternally, {
    interruptible: true,
  });
}

/** Polls for requests every 5 ms, since blk-mq tells nobody when the last one has ended. */
function* waitForRequests(md: MappedDevice, interruptible: boolean): Task<Wake> {
  while ((md.disk?.queue?.inFlight ?? 0) > 0) {
    const wake = yield* sleepFor(millis(5), { interruptible });
    if (wake === 'signal') return wake;
  }
  return 'woken';
}
