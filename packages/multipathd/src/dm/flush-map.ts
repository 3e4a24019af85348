// flush-map.ts — Away with a map, its partitions first. Mirrors libmultipath/devmapper.c: _dm_flush_map.
import type { Task } from '@dmsim/sim';
import { micros, seconds, sleepFor } from '@dmsim/sim';

import type { Session } from '../session.ts';
import { dmInfo, isMultipathMap, isPresent, tableOf } from './dm-maps.ts';
import { logIfMissing } from './libdm-error.ts';
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
  const { dm } = session.host;
  if (!isMultipathMap(dm, name)) {
    logIfMissing(session, name);
    return 'removed';
  }
  if (!deferred && hasOpenPartition(session, name)) return 'busy';
  const queueing = suspend && isQueueing(session, name);
  if (queueing) setQueueing(session, name, false);
  const result = yield* remove(session, name, { deferred, suspend, retries });
  if (result === 'busy' && queueing) setQueueing(session, name, true);
  return result;
}

const isQueueing = ({ host }: Session, name: string): boolean =>
  tableOf(host.dm, name)?.params.includes('queue_if_no_path') === true;

function hasOpenPartition({ host, log }: Session, name: string): boolean {
  const open = openPartition(host.dm, name);
  if (open !== undefined) log.put(2, `${open}: map in use`);
  return open !== undefined;
}

/** The partitions, and then the map, which nobody must have open. */
function* remove(
  session: Session,
  name: string,
  { deferred, suspend, retries }: Required<FlushOptions>,
): Task<FlushResult> {
  const { dm } = session.host;
  const partitions = partitionMaps(dm, name);
  for (const part of partitions) yield* removeMap(session, part, { deferred });
  if (!deferred && (dmInfo(dm, name)?.openCount ?? 0) > 0) {
    session.log.put(2, `${name}: map in use`);
    return 'busy';
  }
  const flags = partitions.length > 0 ? 0 : DM_UDEV.NO_KPARTX;
  for (let left = retries; left >= 0; left--) {
    const result = yield* tryToRemove(session, name, { deferred, suspend, flags });
    if (result !== 'busy') return result;
    if (retries > 0) yield* sleepFor(seconds(1));
  }
  return 'busy';
}

/** From one ioctl to the next: somebody may open the map in between. */
const BETWEEN_IOCTLS = micros(20);

interface Attempt {
  readonly deferred: boolean;
  readonly suspend: boolean;
  /** The flags of the resume, if the map stays. */
  readonly flags: number;
}

function* tryToRemove(
  session: Session,
  name: string,
  { deferred, suspend, flags }: Attempt,
): Task<FlushResult> {
  const { dm } = session.host;
  if (suspend) {
    yield* suspendMap(session, name, { flush: true });
    yield* sleepFor(BETWEEN_IOCTLS);
  }
  if ((yield* removeMap(session, name, { deferred })) === undefined) {
    if (deferred && isPresent(dm, name)) return 'deferred';
    session.log.put(4, `multipath map ${name} removed`);
    return 'removed';
  }
  if (!isMultipathMap(dm, name)) return 'removed';
  session.log.put(2, `failed to remove multipath map ${name}`);
  if (suspend) yield* resumeMap(session, name, { flush: false, flags });
  return 'busy';
}
