// watch-guest.ts — Watches a guest's kernel, whatever the VM below it does: each of its bios completes once, it sees the errors
// that it should, and it reads back the data that its disk acknowledged.
//
// Whether a bio completes at all is not asked here: only the host knows whether the VM will go on.
import type { BlockLayer } from '@dmsim/block';
import type { DmHost } from '@dmsim/dm';
import { createDeviceMapper } from '@dmsim/dm';
import type { Vm } from '@dmsim/qemu';
import type { Sim } from '@dmsim/sim';

import { completeEvents, createTraceStream, events } from '../events.ts';
import type { Watched } from '../watched.ts';
import { completesOnce } from './completes-once.ts';
import { guestErrors } from './guest-errors.ts';
import type { Invariant } from './invariant.ts';
import { placementFinder } from './medium.ts';
import { readBack } from './read-back.ts';
import type { Violation } from './violation.ts';
import { checkInvariants } from './watch.ts';

/** The buffer is small: a guest does little at a time. */
const BATCH = 64;

/** A guest's kernel has no maps. */
const NO_MAPS: DmHost = {
  lookupPath: () => 'ENOENT',
  requestModule: () => undefined,
  uevent: () => undefined,
  freeze: function* () {
    return undefined;
  },
  thaw: function* () {},
  sync: function* () {},
};

export interface WatchGuestOptions {
  /** True if nobody else writes to its disks, no data is moved below them, and they do not report failed I/O as done. */
  readonly isReliable: boolean;
}

/** A guest's kernel, and the machine that it runs in. */
export interface WatchedGuest {
  readonly sim: Sim;
  readonly layer: BlockLayer;
  readonly vm: Vm;
}

/** Appends violations to `violations`; times in them are the guest's. `end` reports what is left and ends the watch. */
export function watchGuest(
  { sim, layer, vm }: WatchedGuest,
  violations: Violation[],
  { isReliable }: WatchGuestOptions,
): { end(): void } {
  const stream = createTraceStream(sim, { capacity: BATCH });
  const dm = createDeviceMapper(sim, layer, NO_MAPS);
  const watched: Watched = { sim, layer, dm, events: stream };
  const invariants = [ONCE, guestErrors(vm)];
  if (isReliable) {
    layer.placementOf = placementFinder(watched);
    invariants.push(readBack);
  }
  const subscription = events(stream)
    .pipe(checkInvariants(watched, invariants))
    .subscribe((violation) => violations.push(inGuest(violation)));
  return {
    end() {
      completeEvents(stream);
      subscription.unsubscribe();
    },
  };
}

/** The invariant without its check at the end. */
const ONCE: Invariant = {
  ...completesOnce,
  start(run) {
    const check = completesOnce.start(run);
    return { see: (event) => check.see(event) };
  },
};

const inGuest = (violation: Violation): Violation => ({
  ...violation,
  message: `in the guest, ${violation.message}`,
});
