// shaky-paths.ts — Counts failures of paths. A path that fails twice within a set time stays out until reads have shown that it is good (marginal_path_*). Mirrors libmultipath/io_err_stat.c: io_err_stat_handle_pathfail, need_io_err_check.
import type { Nanos } from '@dmsim/sim';
import { seconds } from '@dmsim/sim';

import type { Multipath } from '../multipath.ts';
import { countActive } from '../multipath.ts';
import type { Path } from '../path.ts';
import { isUsable } from '../path.ts';
import { createShakyPath } from '../shaky-path.ts';
import type { Daemon } from './daemon.ts';
import { pathLost } from './queueing.ts';
import { startSample } from './sample-paths.ts';

/** This many failures make a path shaky. */
const THRESHOLD = 2;

/** Called when a uevent of a map says that the kernel has failed a path. */
export function pathFailed(daemon: Daemon, path: Path): void {
  const { map, shaky } = path;
  const limits = map?.marginalPath ?? null;
  if (map === null || limits === null || shaky.stage !== 'counting') return;
  const { now } = daemon.host.sim;
  if (shaky.failures === 0 || elapsed(now, shaky.firstFailedAt) > limits.doubleFailedTime) {
    shaky.failures = 0;
    shaky.firstFailedAt = now;
  }
  if (++shaky.failures < THRESHOLD) return;
  shaky.stage = 'waiting';
  shaky.foundBadAt = -Infinity;
  if (path.state !== 'down') markFailed(daemon, map, path);
}

function markFailed(daemon: Daemon, map: Multipath, path: Path): void {
  const was = path.state;
  say(daemon, 2, `${path.dev}: mark as failed`);
  map.stats.pathFaults++;
  path.state = 'down';
  path.dmState = 'failed';
  if (isUsable(was)) pathLost(daemon, map);
  path.tick = Math.min(path.tick, daemon.config.pollingInterval);
}

/** True if a path that its checker found good stays out. Starts its sample when the time for it has come. */
export function isSampled(daemon: Daemon, map: Multipath, path: Path): boolean {
  const { shaky } = path;
  const { marginalPath: limits } = map;
  if (limits === null || shaky.stage === 'counting') return false;
  if (countActive(map) === 0) {
    say(daemon, 2, `${path.dev}: no paths. recovering early`);
    path.shaky = createShakyPath();
    return false;
  }
  if (shaky.stage === 'sampled') return true;
  if (elapsed(daemon.host.sim.now, shaky.foundBadAt) <= limits.recheckGap) return true;
  if (!startSample(daemon, path.dev, limits)) {
    say(daemon, 2, `${path.dev}: enqueue failed. recovering early`);
    path.shaky = createShakyPath();
    return false;
  }
  say(daemon, 3, `${map.alias}: enqueue path ${path.dev} to check`);
  shaky.stage = 'sampled';
  return true;
}

/** Whole seconds of the clock between two instants. */
const elapsed = (now: Nanos, since: Nanos): number =>
  Math.floor(now / seconds(1)) - Math.floor(since / seconds(1));

export function say({ log }: Pick<Daemon, 'log'>, level: number, text: string): void {
  log.put(level, `io error statistic: ${text}`);
}
