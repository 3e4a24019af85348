// remove-map.ts — The daemon removes a map from the kernel, and forgets it when it is gone. Mirrors multipathd/main.c: flush_map.
import type { Task } from '@dmsim/sim';

import type { FlushResult } from '../dm/flush-map.ts';
import { flushMap } from '../dm/flush-map.ts';
import type { Multipath } from '../multipath.ts';
import type { Daemon } from './daemon.ts';
import { forgetMap } from './setup-multipath.ts';

/** It is not flushed: what it queues keeps it open, so nothing blocks here. */
export function* removeMultipath(
  daemon: Daemon,
  map: Multipath,
  { withoutPaths = false }: { readonly withoutPaths?: boolean } = {},
): Task<FlushResult> {
  const { log } = daemon;
  const deferred = withoutPaths && (map.deferredRemove || map.deferredRemovePending);
  const result = yield* flushMap(daemon, map.alias, { deferred });
  switch (result) {
    case 'busy':
      log.put(0, `${map.alias}: can't flush`);
      break;
    case 'deferred':
      log.put(2, `${map.alias}: devmap deferred remove`);
      map.deferredRemovePending = true;
      break;
    case 'removed':
      log.put(2, `${map.alias}: map flushed`);
      forgetMap(daemon, map);
      break;
  }
  return result;
}
