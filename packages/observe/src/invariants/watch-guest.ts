// watch-guest.ts — What must hold for a guest's kernel, whatever the VM below it does: what its disk acknowledged is what it reads,
// and each of its bios completes once.
//
// Whether a bio completes at all is not asked here: only the host knows whether the VM will go on.
import type { BlockLayer } from '@dmsim/block';
import type { DmHost } from '@dmsim/dm';
import { createDeviceMapper } from '@dmsim/dm';
import type { Sim } from '@dmsim/sim';

import { completeEvents, createTraceStream, events } from '../events.ts';
import type { Watched } from '../watched.ts';
import { completesOnce } from './completes-once.ts';
import type { Invariant } from './invariant.ts';
import { placementFinder } from './medium.ts';
import { readBack } from './read-back.ts';
import type { Violation } from './violation.ts';
import { checkInvariants } from './watch.ts';

/** A guest does little at a time. */
const BATCH = 64;

/** Its kernel has no maps. */
const NO_MAPS: DmHost = {
  lookupPath: () => 'ENOENT',
  requestModule: () => undefined,
  uevent: () => undefined,
  freeze: function* () {
    return undefined;
  },
  thaw: () => undefined,
  sync: function* () {},
};

export interface WatchGuestOptions {
  /** False where its disk passes failed I/O off as done, or where what is below moves its data. */
  readonly isReliable: boolean;
}

/** Appends violations to `violations`; times in them are the guest's. `end` reports what is left and ends the watch. */
export function watchGuest(
  { sim, layer }: { readonly sim: Sim; readonly layer: BlockLayer },
  violations: Violation[],
  { isReliable }: WatchGuestOptions,
): { end(): void } {
  const stream = createTraceStream(sim, { capacity: BATCH });
  const dm = createDeviceMapper(sim, layer, NO_MAPS);
  const watched: Watched = { sim, layer, dm, events: stream };
  layer.placementOf = placementFinder(watched);
  const subscription = events(stream)
    .pipe(checkInvariants(watched, isReliable ? [ONCE, readBack] : [ONCE]))
    .subscribe((violation) => violations.push(inGuest(violation)));
  return {
    end() {
      completeEvents(stream);
      subscription.unsubscribe();
    },
  };
}

/** Without its check at the end. */
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
