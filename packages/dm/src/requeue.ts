// requeue.ts — Decides where a bio goes that a target gave back. Mirrors dm.c: dm_handle_requeue, and the patches of 2006.
import type { BioList } from '@dmsim/block';
import { bioListAdd, bioListAddHead, bioListMergeHead } from '@dmsim/block';
import { queueWork } from '@dmsim/sim';

import type { MappedDevice } from './mapped-device.ts';
import type { DmIo } from './target-type.ts';
import { DM_IO } from './target-type.ts';

export type RequeueName = 'pushback' | 'deferred-head' | 'none';

/** How the core handles REQUEUE. There are three strategies, from three times in the kernel's history. */
export interface RequeueStrategy {
  readonly name: RequeueName;
  /** True: each fragment of a split bio has a record of its own, and only failed fragments are mapped again. False: one record stands for the whole bio. */
  readonly perFragment: boolean;
  /**
   * Called when the last clone of `io` is back and one of them asked for REQUEUE. `kept`: the bio is in a queue. `held`: the strategy
   * also keeps `io`, which must not be freed yet. `refused`: the bio ends with an I/O error.
   */
  requeue(io: DmIo, md: MappedDevice): 'kept' | 'held' | 'refused';
  /** Called when the wait of a noflush suspend is over: bios that were given back meanwhile go before those that were deferred. */
  merge(md: MappedDevice): void;
}

/** The noflush patches of 2006: given-back bios have a queue of their own, in order, which is merged when the wait ends. */
const pushback: RequeueStrategy = {
  name: 'pushback',
  perFragment: false,
  requeue(io, md) {
    if (!md.noflushSuspending) return 'refused';
    bioListAdd(md.pushback, io.orig);
    return 'kept';
  },
  merge: (md) => mergePushback(md.deferred, md.pushback),
};

function mergePushback(deferred: BioList, given: BioList): void {
  bioListMergeHead(deferred, given);
}

/** Linux 6.12: each bio goes to the head of deferred by itself; a fragment is rewound by a worker first. */
const deferredHead: RequeueStrategy = {
  name: 'deferred-head',
  perFragment: true,
  requeue(io, md) {
    if ((io.flags & DM_IO.WAS_SPLIT) !== 0) {
      io.next = md.requeueList;
      md.requeueList = io;
      queueWork(md.wq, md.requeueWork);
      return 'held';
    }
    if (!md.noflushSuspending) return 'refused';
    bioListAddHead(md.deferred, io.orig);
    queueWork(md.wq, md.work);
    return 'kept';
  },
  merge: () => undefined,
};

/** The kernel before the patches: a bio can't be given back, so REQUEUE is an I/O error. */
const none: RequeueStrategy = {
  name: 'none',
  perFragment: false,
  requeue: () => 'refused',
  merge: () => undefined,
};

const STRATEGIES: Readonly<Record<RequeueName, RequeueStrategy>> = {
  pushback,
  'deferred-head': deferredHead,
  none,
};

export const requeueStrategy = (name: RequeueName): RequeueStrategy => STRATEGIES[name];
