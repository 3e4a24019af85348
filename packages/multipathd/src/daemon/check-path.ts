// check-path.ts — One check of one path. Mirrors multipathd/main.c: check_path, whose second half is judge-path.ts.
import type { Task } from '@dmsim/sim';
import { millis, passAlone, sleeping } from '@dmsim/sim';

import { defaultOf } from '../config/config.ts';
import { pathOffline } from '../discovery/path-offline.ts';
import { ALL, getState, pathinfo } from '../discovery/pathinfo.ts';
import type { Path, PathState } from '../path.ts';
import { isUsable } from '../path.ts';
import { dropPath } from '../session.ts';
import { addPath } from './add-path.ts';
import type { Daemon } from './daemon.ts';
import { endIfKilled } from './daemon.ts';
import { judgePath } from './judge-path.ts';
import { logChecker } from './log-checker.ts';

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
  const offline = pathOffline(daemon, path);
  const state =
    offline === 'up' ? yield* askChecker(daemon, path) : notAsked(daemon, path, offline);
  if (!hasVerdict(path, state)) return yield* setAside(daemon, path, state);
  yield* judgePath(daemon, path, state);
  if (!passAlone(sim, VERDICT_TIME)) {
    yield VERDICT_COST;
    endIfKilled(daemon.host);
  }
  return true;
}

/** A path without a checker, as one that has left its map or was offline when it was found, is opened first. */
function askChecker(daemon: Daemon, path: Path): Task<PathState> {
  const isChosen = path.checker !== null && path.checker.type !== null;
  return isChosen ? getState(daemon, path) : openAndAsk(daemon, path);
}

function* openAndAsk(daemon: Daemon, path: Path): Task<PathState> {
  if ((yield* pathinfo(daemon, path, { sysfs: true })) === 'ok')
    return yield* getState(daemon, path);
  daemon.log.put(3, `${path.dev}: couldn't get sysfs pathinfo`);
  return 'unchecked';
}

/** A path that waits for its sample, and is down, keeps out without a word. */
const isShutOut = (path: Path, state: PathState): boolean =>
  !isUsable(state) && path.state === 'delayed';

const hasVerdict = (path: Path, state: PathState): boolean =>
  path.map !== null &&
  state !== 'wild' &&
  state !== 'unchecked' &&
  state !== 'pending' &&
  !isShutOut(path, state);

/** After a check that says nothing about a path of a map: whether there was an answer. */
function* setAside(daemon: Daemon, path: Path, state: PathState): Task<boolean> {
  if (state === 'wild' || state === 'unchecked') {
    daemon.log.put(2, `${path.dev}: unusable path (${state}) - checker failed`);
    logChecker(daemon, path, 2);
    yield* pathinfo(daemon, path, {});
    return true;
  }
  if (state !== 'pending' && isShutOut(path, state)) {
    path.state = state;
    path.interval = daemon.config.pollingInterval;
    return true;
  }
  if (path.map === null) {
    yield* addMissingPath(daemon, path, state);
    return false;
  }
  path.tick = 1;
  return false;
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

function* addMissingPath(daemon: Daemon, path: Path, state: PathState): Task<void> {
  const hopeful = path.initialized === 'failed' || path.initialized === 'new';
  if (path.wwid !== '' || !hopeful || !isUsable(state)) return;
  daemon.log.put(2, `${path.dev}: add missing path`);
  const result = yield* pathinfo(daemon, path, { ...ALL, blacklist: true });
  // Set by pathinfo once everything is known.
  if (isInitialized(path)) {
    yield* addPath(daemon, path);
    path.tick = 1;
  } else if (result === 'skipped') {
    daemon.log.put(1, `${path.dev}: check_path() failed, removing`);
    dropPath(daemon, path);
  } else path.interval = daemon.config.maxPollingInterval;
}
