// checker-loop.ts — The thread that checks paths, once a second, and counts down what waits. Mirrors multipathd/main.c: checkerloop.
import type { Nanos, Process, Task } from '@dmsim/sim';
import { formatSeconds, micros, millis, seconds } from '@dmsim/sim';
import { NOW, ready } from '@dmsim/vfs';

import { defaultOf } from '../config/config.ts';
import { isPresent } from '../dm/dm-maps.ts';
import type { Path } from '../path.ts';
import { isUsable } from '../path.ts';
import type { PATH_IDEAS } from '../trace-points.ts';
import { traceThread, tracePath } from '../trace-points.ts';
import { checkPath, isDue } from './check-path.ts';
import type { Daemon } from './daemon.ts';
import { idleUntil, mustDelayReconfigure, pause, postState, unblockReconfigure } from './daemon.ts';
import { deferredFailbackTick } from './failback.ts';
import { dmTurn } from './map-waiters.ts';
import { retryCountTick } from './queueing.ts';
import { updateMap } from './reload-map.ts';
import { forgetMap } from './setup-multipath.ts';
import { withLock } from './vecs-lock.ts';

/** Every so many passes the checker looks for maps that have gone. */
const GARBAGE_PASSES = 5;
const SECOND = seconds(1);
/** A pass takes this long beside its checks; meanwhile the thread for dm events gets ahead of the checker. */
const PASS_COST = millis(2);

export function* checkerLoop(self: Process, daemon: Daemon): Task<number> {
  traceThread(self);
  const { host, log } = daemon;
  const { sim } = host;
  let last = sim.now - SECOND;
  let untilGarbage = 0;
  for (;;) {
    if (!mayRun(daemon)) yield* idleUntil(daemon, daemon.stateChanged, () => mayRun(daemon));
    if (daemon.state === 'shutdown') return 0;
    postState(daemon, 'running');
    const start = sim.now;
    const ticks = Math.floor((start - last) / SECOND);
    if (log.verbosity >= 4) log.put(4, `tick (${formatSeconds(start - last)} secs)`);
    last = start;
    const pass = { ticks, number: ++daemon.passes, checked: 0 };
    const checkShare = (): Task<boolean> => checkPaths(daemon, pass);
    // Between two shares of the paths, threads and clients that wait for the lock get it.
    while (!(yield* withLock(daemon, 'checks paths', checkShare)))
      yield* pause(daemon, YIELD, { background: true });
    yield* withLock(daemon, 'counts down', () => (isQuiet(daemon) ? NOW : countDown(daemon)));
    if (untilGarbage > 0) untilGarbage--;
    else {
      yield* withLock(daemon, 'looks for dead maps', () => forgetDeadMaps(daemon));
      untilGarbage = GARBAGE_PASSES;
    }
    tellDuration(daemon, pass.checked, sim.now - start);
    if (daemon.state === 'running') postState(daemon, 'idle');
    const strict = defaultOf(daemon.config, 'strict_timing') === 'yes';
    const worked = strict ? sim.now - start + PASS_COST : 0;
    const rest = PASS_COST + Math.max(SECOND - worked, 0);
    yield* pause(daemon, rest, { background: isQuiet(daemon) });
  }
}

/** After a pass that took longer than the longest interval, some paths were not checked when they should have been. */
function tellDuration({ config, log }: Daemon, checked: number, took: Nanos): void {
  if (checked === 0) return;
  if (log.verbosity >= 4) {
    log.put(4, `checked ${checked} path${checked > 1 ? 's' : ''} in ${formatSeconds(took)} secs`);
  }
  const whole = Math.floor(took / SECOND);
  if (whole <= config.maxPollingInterval) return;
  const advice = 'consider increasing max_polling_interval';
  log.put(1, `path checkers took longer than ${whole} seconds, ${advice}`);
}

const mayRun = ({ state }: Daemon): boolean => state === 'idle' || state === 'shutdown';

/** No countdown is running, so nothing changes by itself: a process that waits for this daemon would wait for ever. */
const isQuiet = ({ maps }: Daemon): boolean =>
  maps.every(
    ({ retryTick, failbackTick, ghostDelayTick, waitForUdev }) =>
      retryTick + failbackTick + ghostDelayTick === 0 && waitForUdev === 'no',
  );

/** The checker keeps the lock for at least this many paths and this long, even if others wait for it. */
const SHARE = 128;
const SHARE_TIME = seconds(1);
const YIELD = micros(10);

interface Pass {
  readonly ticks: number;
  readonly number: number;
  /** Paths that had an answer. */
  checked: number;
}

/** Visits paths that this pass has not visited yet. Returns false if it stopped early because others wait for the lock. */
function checkPaths(daemon: Daemon, pass: Pass): Task<boolean> {
  const { paths } = daemon;
  const { ticks, number } = pass;
  let count = 0;
  for (let i = 0; i < paths.length; i++) {
    const path = paths[i] as Path;
    if (path.visitedIn === number) continue;
    // In most passes no path is.
    if (isDue(path, ticks)) return checkFrom(daemon, pass, { first: i, count });
    path.visitedIn = number;
    count++;
  }
  return ALL_VISITED;
}

const ALL_VISITED = ready(true);

interface Progress {
  /** The index of the first path that is due. */
  readonly first: number;
  /** How many paths before it were visited just now. */
  readonly count: number;
}

function* checkFrom(daemon: Daemon, pass: Pass, progress: Progress): Task<boolean> {
  const { ticks, number } = pass;
  const { sim } = daemon.host;
  const start = sim.now;
  let { count } = progress;
  for (let i = progress.first; i < daemon.paths.length; i++) {
    const path = daemon.paths[i];
    if (path === undefined || path.visitedIn === number) continue;
    path.visitedIn = number;
    count++;
    if (isDue(path, ticks)) {
      if (yield* checkPath(daemon, path)) pass.checked++;
      tracePath(daemon, path, ideaOf(path));
      // Paths before this one may have been removed during the check.
      if (daemon.paths[i] !== path) i = Math.min(i, daemon.paths.indexOf(path));
    }
    if (count % SHARE === 0 && isAwaited(daemon) && sim.now - start >= SHARE_TIME) return false;
  }
  return true;
}

const isAwaited = ({ vecsLock, listener }: Daemon): boolean =>
  vecsLock.queue.waiters.length > 0 || listener.requests.length > 0 || listener.waiting.length > 0;

/** Returns the daemon's idea of a path after its check, for the trace. */
function ideaOf({ state, checker }: Path): (typeof PATH_IDEAS)[number] {
  const isSettled = state === 'up' || state === 'down' || state === 'timeout';
  if (!isSettled || checker?.disabled === true) return 'kept out';
  return isUsable(state) ? 'usable' : 'unusable';
}

function* countDown(daemon: Daemon): Task<void> {
  yield* deferredFailbackTick(daemon);
  retryCountTick(daemon);
  yield* missingUeventTick(daemon);
  yield* ghostDelayTick(daemon);
  partialRetriggerTick(daemon);
}

/** Has udev look at paths that only a table has named. */
function partialRetriggerTick({ leaving, host }: Daemon): void {
  for (const path of leaving) {
    if (path.initialized !== 'partial' || path.partialDelay === 0) continue;
    if (--path.partialDelay === 0) host.udev.trigger(path.dev, 'change');
  }
}

/** Reloads a new map for which udev has not answered in time. */
function* missingUeventTick(daemon: Daemon): Task<void> {
  let timedOut = false;
  for (const map of daemon.maps.slice()) {
    if (map.waitForUdev === 'no' || --map.udevWaitTick > 0) continue;
    timedOut = true;
    daemon.log.put(0, `${map.alias}: timeout waiting on creation uevent. enabling reloads`);
    if (map.waitForUdev === 'delayed' && !(yield* updateMap(daemon, map))) continue;
    map.waitForUdev = 'no';
  }
  if (timedOut && !mustDelayReconfigure(daemon)) unblockReconfigure(daemon);
}

/** Stops waiting for a better path of a map that has only standby paths. */
function* ghostDelayTick(daemon: Daemon): Task<void> {
  for (const map of daemon.maps.slice()) {
    if (map.ghostDelayTick <= 0 || --map.ghostDelayTick > 0) continue;
    daemon.log.put(0, `${map.alias}: timed out waiting for active path`);
    map.forceUdevReload = true;
    yield* updateMap(daemon, map);
  }
}

function* forgetDeadMaps(daemon: Daemon): Task<void> {
  daemon.log.put(4, 'map garbage collection');
  if (daemon.maps.length > 0) yield* dmTurn(daemon);
  for (const map of daemon.maps.slice()) {
    if (isPresent(daemon.host.dm, map.alias)) continue;
    daemon.log.put(2, `${map.alias}: remove dead map`);
    forgetMap(daemon, map);
  }
}
