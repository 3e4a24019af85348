// flush-map.ts — Away with a map, its partitions first. Mirrors libmultipath/devmapper.c: _dm_flush_map.
import type { Task } from '@dmsim/sim';
import { seconds, sleepFor } from '@dmsim/sim';

import type { Session } from '../session.ts';
import { dmInfo, isMultipathMap, isPresent, tableOf } from './dm-maps.ts';
import { setQueueing } from './messages.ts';
import { openPartition, partitionMaps } from './partition-maps.ts';
import { removeMap, resumeMap, suspendMap } from './simple-command.ts';
import { DM_UDEV } from './udev-flags.ts';

export interface FlushOptions {
  /** With its last user. */
  readonly deferred?: boolean;
  /** Ends what is queued before: the map is flushed, not only removed. */
  readonly suspend?: boolean;
  /** Tries after the first, one a second. */
  readonly retries?: number;
}

/** `deferred`: it goes when its last user does. */
export type FlushResult = 'removed' | 'busy' | 'deferred';

export function* flushMap(
  session: Session,
  name: string,
  { deferred = false, suspend = false, retries = 0 }: FlushOptions = {},
): Task<FlushResult> {
  const { host, log } = session;
  const { dm } = host;
  if (!isMultipathMap(dm, name)) return 'removed';
  const hadPartitions = partitionMaps(dm, name).length > 0;
  const open = deferred ? undefined : openPartition(dm, name);
  if (open !== undefined) {
    log.put(2, `${open}: map in use`);
    return 'busy';
  }
  const queueing = suspend && tableOf(dm, name)?.params.includes('queue_if_no_path') === true;
  if (queueing) setQueueing(session, name, false);
  for (const part of partitionMaps(dm, name)) yield* removeMap(session, part, { deferred });
  if (!deferred && (dmInfo(dm, name)?.openCount ?? 0) > 0) {
    log.put(2, `${name}: map in use`);
    if (queueing) setQueueing(session, name, true);
    return 'busy';
  }
  for (let left = retries; ; left--) {
    if (suspend) yield* suspendMap(session, name, { flush: true });
    if ((yield* removeMap(session, name, { deferred })) === undefined) {
      return deferred && isPresent(dm, name) ? 'deferred' : 'removed';
    }
    if (!isMultipathMap(dm, name)) return 'removed';
    log.put(2, `failed to remove multipath map ${name}`);
    const flags = hadPartitions ? 0 : DM_UDEV.NO_KPARTX;
    if (suspend) yield* resumeMap(session, name, { flush: false, flags });
    if (retries > 0) yield* sleepFor(seconds(1));
    if (left === 0) break;
  }
  if (queueing) setQueueing(session, name, true);
  return 'busy';
}
