// check-path.ts — One check of one path, and all that follows from it. Mirrors multipathd/main.c: check_path.
import type { Task } from '@dmsim/sim';
import { millis, passAlone, sleeping } from '@dmsim/sim';

import { defaultOf } from '../config/config.ts';
import { getPrio } from '../discovery/get-prio.ts';
import { pathOffline } from '../discovery/path-offline.ts';
import { ALL, getState, pathinfo, tellMask } from '../discovery/pathinfo.ts';
import { updateFromKernel } from '../maps/update-from-kernel.ts';
import type { Multipath } from '../multipath.ts';
import { countActive, pathsInGroups } from '../multipath.ts';
import type { Path, PathState } from '../path.ts';
import { isUsable } from '../path.ts';
import { refuse } from '../refuse.ts';
import { addPath } from './add-path.ts';
import type { Daemon } from './daemon.ts';
import { endIfKilled } from './daemon.ts';
import { enableGroup, failPath, reinstatePath } from './fail-path.ts';
import type { Checked } from './failback.ts';
import { maybeFailback } from './failback.ts';
import { keepOut } from './keep-out.ts';
import { dmTurn } from './map-waiters.ts';
import { setNoPathRetry } from './queueing.ts';
import { reloadAndSync } from './reload-map.ts';
import { dropChangedPath, wwidChanged } from './wwid-change.ts';

/** The time that a check takes beside its waits: attributes, a command, two ioctls. Passes drift by it. */
const CHECK_TIME = millis(4);
const CHECK_COST = sleeping(CHECK_TIME, { interruptible: true, background: true });
/** How long the work after a verdict takes: it reads priorities while threads that the verdict's message woke wait for the lock. */
const VERDICT_TIME = millis(1);
const VERDICT_COST = sleeping(VERDICT_TIME, { interruptible: true, background: true });

/** States of a path without a map in which there is nothing to check, or udev's answer is waited for. */
const WAITS: ReadonlySet<Path['initialized']> = new Set(['ok', 'partial', 'udev-requested']);

/** `ticks` seconds have passed. False while the path's own time has not come, or when nobody is interested in it. */
export function isDue(path: Path, ticks: number): boolean {
  const { tick, map, initialized } = path;
  if (initialized === 'removed' || (map === null && WAITS.has(initialized))) return false;
  path.tick = tick > ticks ? tick - ticks : 0;
  return path.tick === 0;
}

/** Checks a path whose time has come. Returns true if there was an answer. */
export function* checkPath(daemon: Daemon, path: Path): Task<boolean> {
  const { sim } = daemon.host;
  if (path.map === null && path.initialized === 'udev-missing') {
    retrigger(daemon, path);
    return false;
  }
  path.tick = daemon.config.pollingInterval;
  if (!passAlone(sim, CHECK_TIME)) {
    yield CHECK_COST;
    endIfKilled(daemon.host);
  }
  const offline = yield* pathOffline(daemon, path);
  const state = offline === 'up' ? yield* getState(daemon, path) : notAsked(daemon, path, offline);
  if (state === 'wild' || state === 'unchecked') {
    daemon.log.put(2, `${path.dev}: unusable path (${state}) - checker failed`);
    logChecker(daemon, path, 2);
    yield* pathinfo(daemon, path, {});
    return true;
  }
  if (!isUsable(state) && state !== 'pending' && path.state === 'delayed') {
    path.state = state;
    path.interval = daemon.config.pollingInterval;
    return true;
  }
  if (path.map === null) {
    yield* addMissingPath(daemon, path, state);
    return false;
  }
  if (state === 'pending') {
    path.tick = 1;
    return false;
  }
  yield* judge(daemon, path, state);
  if (!passAlone(sim, VERDICT_TIME)) {
    yield VERDICT_COST;
    endIfKilled(daemon.host);
  }
  return true;
}

/** The checker is asked only where sysfs says that the device is up. */
function notAsked(daemon: Daemon, path: Path, offline: PathState): PathState {
  if (path.checker !== null) path.checker.message = '';
  if (daemon.log.verbosity >= 3) {
    daemon.log.put(3, `${path.dev}: state ${offline}, checker not called`);
  }
  return offline === 'removed' ? 'down' : offline;
}

function retrigger({ config, host, log }: Daemon, path: Path): void {
  const tries = Number(defaultOf(config, 'retrigger_tries'));
  if (path.retriggers < tries) {
    log.put(2, `${path.dev}: triggering change event to reinitialize`);
    path.initialized = 'udev-requested';
    path.retriggers++;
    host.udev.trigger(path.dev, 'change');
    return;
  }
  log.put(1, `${path.dev}: not initialized after ${tries} udev retriggers`);
  path.initialized = 'failed';
}

const isInitialized = ({ initialized }: Path): boolean => initialized === 'ok';
const hasNoMap = ({ map }: Path): boolean => map === null;

function* addMissingPath(daemon: Daemon, path: Path, state: PathState): Task<void> {
  const hopeful = path.initialized === 'failed' || path.initialized === 'new';
  if (path.wwid !== '' || !hopeful || !isUsable(state)) return;
  daemon.log.put(2, `${path.dev}: add missing path`);
  yield* pathinfo(daemon, path, { ...ALL, blacklist: true });
  // Set by pathinfo once everything is known.
  if (isInitialized(path)) {
    yield* addPath(daemon, path);
    path.tick = 1;
  } else path.interval = daemon.config.maxPollingInterval;
}

function* judge(daemon: Daemon, path: Path, state: PathState): Task<void> {
  const { map } = path;
  if (map === null) return;
  yield* dmTurn(daemon);
  if ((yield* updateFromKernel(daemon, map)) === 'gone') {
    daemon.log.put(1, `${path.dev}: multipath device '${map.alias}' not found`);
    return;
  }
  // The kernel's table may have dropped it.
  if (hasNoMap(path)) return;
  setNoPathRetry(daemon, map);
  const isBack = isUsable(state) && (!isUsable(path.state) || path.dmState === 'failed');
  if (isBack && wwidChanged(daemon, path)) {
    daemon.log.put(0, `${path.dev}: path wwid change detected. Removing`);
    yield* dropChangedPath(daemon, path);
    return;
  }
  const verdict = isUsable(state) ? keepOut(daemon, map, path) : 'nothing';
  if (verdict === 'delayed') return;
  const checked = adoptState(daemon, map, { path, state });
  if (checked === 'failed' || map.waitForUdev !== 'no') return;
  const marginalChanged = verdict === 'changed';
  yield* refreshPriorities(daemon, map, { path, checked, marginalChanged });
}

/** The kernel hears of it where that is news. `failed`: there is nothing else to do. */
function adoptState(
  daemon: Daemon,
  map: Multipath,
  { path, state }: Pick<Verdict, 'path' | 'state'>,
): 'failed' | Checked {
  const said = path.checkerSaid;
  const implicit = path.tpgs === 'implicit';
  const holdBack = state === 'ghost' && implicit && countActive(map) === 0;
  path.checkerSaid = state;
  const change = state === path.state ? null : changed(daemon, map, { path, state, holdBack });
  if (change === 'failed') return 'failed';
  if (change === null) unchanged(daemon, map, { path, state, holdBack });
  path.state = state;
  const isUp = change === 'up';
  return { isUp, checkerSawItUp: isUp && !isUsable(said) };
}

interface Verdict {
  readonly path: Path;
  readonly state: PathState;
  /** A standby path of an array that switches by itself must not draw I/O when it is the only one. */
  readonly holdBack: boolean;
}

function changed(
  daemon: Daemon,
  map: Multipath,
  { path, state, holdBack }: Verdict,
): 'failed' | 'up' {
  const was = path.state;
  path.state = state;
  logChecker(daemon, path, 1);
  path.interval = daemon.config.pollingInterval;
  if (!isUsable(state)) {
    failPath(daemon, map, { path, wasUsable: isUsable(was) });
    map.failbackTick = 0;
    map.stats.pathFaults++;
    return 'failed';
  }
  if (map.reservationActive) refuse('persistent reservation of a path that comes back');
  if (!holdBack) reinstatePath(daemon, map, path);
  if (state === 'up') enableGroup(daemon, map, path);
  return 'up';
}

function unchanged(daemon: Daemon, map: Multipath, { path, state, holdBack }: Verdict): void {
  if (isUsable(state)) {
    // The kernel has failed it on its own.
    if (path.dmState !== 'active' && !holdBack) reinstatePath(daemon, map, path);
    else lengthenInterval(daemon, path);
    return;
  }
  if (path.dmState !== 'failed') failPath(daemon, map, { path, wasUsable: false });
  if (state === 'down') {
    const once = defaultOf(daemon.config, 'log_checker_err') === 'once';
    logChecker(daemon, path, once ? 3 : 2);
  }
}

/** Twice as long, as long as that is less than the longest. */
function lengthenInterval({ config, log }: Daemon, path: Path): void {
  const { maxPollingInterval: max } = config;
  logChecker({ log }, path, 4);
  if (path.interval !== max) path.interval = path.interval < max / 2 ? 2 * path.interval : max;
  path.tick = path.interval;
}

function logChecker({ log }: Pick<Daemon, 'log'>, path: Path, level: number): void {
  const name = path.map?.alias;
  if (name === undefined || path.checker === null) return;
  if (path.offline) {
    log.put(level, `${name}: ${path.dev} - path offline`);
    return;
  }
  const { checker } = path;
  if (checker.message === '') return;
  log.put(level, `${name}: ${path.dev} - ${checker.name} checker ${checker.message}`);
}

interface Refresh {
  readonly path: Path;
  readonly checked: Checked;
  readonly marginalChanged: boolean;
}

function* refreshPriorities(
  daemon: Daemon,
  map: Multipath,
  { path, checked, marginalChanged }: Refresh,
): Task<void> {
  if (marginalChanged) {
    yield* reloadAndSync(daemon, map, { refresh: true });
    return;
  }
  daemon.log.put(4, 'path prio refresh');
  const changedPriority = checked.isUp
    ? yield* updatePriorities(daemon, map)
    : yield* updatePriority(daemon, path);
  if (changedPriority && map.groupingPolicy === 'group_by_prio' && map.failback === 'immediate') {
    daemon.log.put(2, `${map.alias}: path priorities changed. reloading`);
    yield* reloadAndSync(daemon, map, { refresh: !checked.isUp });
  } else maybeFailback(daemon, map, path, checked);
}

/** Updates the priority of the path that was checked, unless it is down; of all paths when one came up. True if it has changed. */
function* updatePriority(daemon: Daemon, path: Path): Task<boolean> {
  const before = path.priority;
  if (path.state !== 'down') {
    if (daemon.log.verbosity >= 4) yield* tellQuestion(daemon, path);
    yield* getPrio(daemon, path);
  }
  return path.priority !== before;
}

/** The real daemon looks at the device's state before it asks for the priority. */
function* tellQuestion(daemon: Daemon, path: Path): Task<void> {
  tellMask(daemon, path, { prio: true });
  yield* pathOffline(daemon, path);
}

function* updatePriorities(daemon: Daemon, map: Multipath): Task<boolean> {
  let changedPriority = false;
  for (const path of pathsInGroups(map)) {
    const before = path.priority;
    yield* pathinfo(daemon, path, { prio: true });
    if (path.priority !== before) changedPriority = true;
  }
  return changedPriority;
}
