// queueing.ts — no_path_retry: when a map queues, how long without a path, and what a path that comes back changes. Mirrors libmultipath/structs_vec.c: set_no_path_retry, enter_recovery_mode, leave_recovery_mode.
import { setQueueing } from '../dm/messages.ts';
import type { Multipath } from '../multipath.ts';
import { countActive, countPaths } from '../multipath.ts';
import type { Session } from '../session.ts';
import { traceRecovery } from '../trace-points.ts';

/** As the kernel's table had it last. */
const isQueueing = ({ features }: Multipath): boolean => features.includes('queue_if_no_path');

/** Makes the kernel queue, or not, as the configuration wants. */
export function setNoPathRetry(session: Session, map: Multipath): void {
  const { noPathRetry, alias } = map;
  switch (noPathRetry) {
    case 'undef':
      return;
    case 'fail':
      if (isQueueing(map)) setQueueing(session, alias, false);
      return;
    case 'queue':
      if (!isQueueing(map)) setQueueing(session, alias, true);
      return;
    default:
      if (countActive(map) > 0) {
        if (!isQueueing(map) && !map.inRecovery) setQueueing(session, alias, true);
        leaveRecovery(session, map);
      } else if (countPaths(map, ({ state }) => state === 'pending') === 0) {
        enterRecovery(session, map);
      }
  }
}

/** The last path has gone: queueing ends `no_path_retry` polling intervals from now. */
function enterRecovery(session: Session, map: Multipath): void {
  const { config, log } = session;
  const { noPathRetry } = map;
  if (map.inRecovery || typeof noPathRetry !== 'number') return;
  map.inRecovery = true;
  map.stats.queueingTimeouts++;
  map.retryTick = noPathRetry * config.pollingInterval + 1;
  traceRecovery(session, map, map.retryTick);
  log.put(1, `${map.alias}: Entering recovery mode: max_retries=${noPathRetry}`);
}

function leaveRecovery(session: Session, map: Multipath): void {
  const { inRecovery, noPathRetry } = map;
  if (map.inRecovery) traceRecovery(session, map, 0);
  map.inRecovery = false;
  map.retryTick = 0;
  if (!inRecovery || noPathRetry === 'undef' || noPathRetry === 'fail') return;
  setQueueing(session, map.alias, true);
  session.log.put(2, `${map.alias}: queue_if_no_path enabled`);
  session.log.put(1, `${map.alias}: Recovered to normal mode`);
}

/** update_queue_mode_del_path */
export function pathLost(session: Session, map: Multipath): void {
  const active = countActive(map);
  if (active === 0) {
    enterRecovery(session, map);
    if (map.noPathRetry !== 'queue') map.stats.mapFailures++;
  }
  session.log.put(2, `${map.alias}: remaining active paths: ${active}`);
}

/** update_queue_mode_add_path */
export function pathRegained(session: Session, map: Multipath): void {
  const active = countActive(map);
  if (active > 0) leaveRecovery(session, map);
  session.log.put(2, `${map.alias}: remaining active paths: ${active}`);
}

/** A second of recovery has passed, for every map that is in it. */
export function retryCountTick(session: Session): void {
  for (const map of session.maps) {
    if (map.retryTick === 0) continue;
    map.stats.queueingTime++;
    session.log.put(4, `${map.alias}: Retrying.. No active path`);
    if (--map.retryTick > 0) continue;
    map.stats.mapFailures++;
    setQueueing(session, map.alias, false);
    session.log.put(2, `${map.alias}: Disable queueing`);
  }
}
