// alloc-multipath.ts — Makes a target and frees it. Mirrors dm-mpath.c: alloc_multipath, free_multipath, free_pgpaths.
import type { DmTarget } from '@dmsim/dm';
import { DM_TYPE, putDevice } from '@dmsim/dm';
import { assert, cancelWork, createTimer, createWaitQueue, createWork } from '@dmsim/sim';

import type { ModuleServices } from './module-services.ts';
import type { MpathIo, Multipath, PriorityGroup } from './multipath.ts';
import { triggerEvent } from './path-state.ts';
import { disableNopathTimeout, nopathTimedOut } from './queue-if-no-path.ts';
import { processQueuedBios } from './queued-bios.ts';

export function allocMultipath(
  module: ModuleServices,
  ti: DmTarget<Multipath, MpathIo>,
): Multipath {
  const { sim } = module;
  const { md } = ti.table;
  const m: Multipath = {
    module,
    sim,
    ti,
    md,
    // True until the first group has been entered.
    queueIo: true,
    queueIfNoPath: false,
    savedQueueIfNoPath: false,
    retainAttachedHwHandler: false,
    pgInitDisabled: false,
    pgInitRequired: false,
    pgInitDelayRetry: false,
    queueMode: DM_TYPE.NONE,
    hwHandlerName: null,
    hwHandlerParams: null,
    priorityGroups: [],
    currentPg: null,
    currentPgpath: null,
    nextPg: null,
    nrValidPaths: 0,
    pgInitRetries: 0,
    pgInitDelayMsecs: null,
    pgInitInProgress: 0,
    pgInitCount: 0,
    pgInitWait: createWaitQueue(`path group initialisation of ${md.name}`),
    queuedBios: { head: null, tail: null, length: 0 },
    processQueuedBios: createWork(`queued bios of ${md.name}`, () => processQueuedBios(m)),
    triggerEvent: createWork(`multipath event of ${md.name}`, () => triggerEvent(m)),
    nopathTimer: createTimer(sim, {
      name: `queue_if_no_path timeout of ${md.name}`,
      owner: undefined,
      fire: () => nopathTimedOut(m),
    }),
  };
  return m;
}

/** The core has made sure that no I/O is left. Work that is still queued has no use any more. */
export function freeMultipath(m: Multipath): void {
  assert(m.queuedBios.head === null, 'no bio waits in a target that goes');
  disableNopathTimeout(m);
  cancelWork(m.processQueuedBios);
  cancelWork(m.triggerEvent);
  for (const pg of m.priorityGroups) freePriorityGroup(pg);
}

export function freePriorityGroup(pg: PriorityGroup): void {
  pg.selector.destroy?.(pg.selectorState);
  for (const { activatePath, dev } of pg.pgpaths) {
    cancelWork(activatePath);
    putDevice(pg.m.ti, dev);
  }
}
