// check-path.ts — One check of one path, and all that follows from it. Mirrors multipathd/main.c: check_path.
import type { Task } from '@dmsim/sim';
import { millis, passAlone, sleeping } from '@dmsim/sim';
import { isReady, NOW } from '@dmsim/vfs';

import { defaultOf } from '../config/config.ts';
import { getPrio } from '../discovery/get-prio.ts';
import { pathOffline } from '../discovery/path-offline.ts';
import { ALL, getState, pathinfo, tellMask } from '../discovery/pathinfo.ts';
import { askForKeys, hasReservationKey } from '../maps/reservation-keys.ts';
import type { KernelUpdate } from '../maps/update-from-kernel.ts';
import { updateFromKernel } from '../maps/update-from-kernel.ts';
import type { Multipath } from '../multipath.ts';
import { countActive, pathsInGroups } from '../multipath.ts';
import type { Path, PathState } from '../path.ts';
import { isUsable } from '../path.ts';
import { dropPath } from '../session.ts';
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
  const offline = pathOffline(daemon, path);
  const state = offline === 'up' ? yield* getState(daemon, path) : notAsked(daemon, path, offline);
  if (!hasVerdict(path, state)) return yield* setAside(daemon, path, state);
  yield* judge(daemon, path, state);
  if (!passAlone(sim, VERDICT_TIME)) {
    yield VERDICT_COST;
    endIfKilled(daemon.host);
  }
  return true;
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
const hasNoMap = ({ map }: Path): boolean => map === null;

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

function judge(daemon: Daemon, path: Path, state: PathState): Task<void> {
  const { map } = path;
  if (map === null) return NOW;
  const verdict = { path, state };
  if (daemon.mapWaiters !== null) return judgeInTurn(daemon, map, verdict);
  const update = updateFromKernel(daemon, map);
  return isReady(update) ? decide(daemon, map, verdict) : judgeLater(daemon, map, verdict, update);
}

function* judgeInTurn(daemon: Daemon, map: Multipath, verdict: Checkup): Task<void> {
  yield* dmTurn(daemon);
  yield* judgeLater(daemon, map, verdict, updateFromKernel(daemon, map));
}

// oxlint-disable-next-line max-params -- a check, and what the kernel says
function* judgeLater(
  daemon: Daemon,
  map: Multipath,
  verdict: Checkup,
  update: Task<KernelUpdate>,
): Task<void> {
  if ((yield* update) === 'gone') {
    daemon.log.put(1, `${verdict.path.dev}: multipath device '${map.alias}' not found`);
    return;
  }
  // The kernel's table may have dropped it.
  if (!hasNoMap(verdict.path)) yield* decide(daemon, map, verdict);
}

/** Judges a path of a map that is known as the kernel has it now. */
function decide(daemon: Daemon, map: Multipath, { path, state }: Checkup): Task<void> {
  setNoPathRetry(daemon, map);
  const isBack = isUsable(state) && (!isUsable(path.state) || path.dmState === 'failed');
  if (isBack && wwidChanged(daemon, path)) {
    daemon.log.put(0, `${path.dev}: path wwid change detected. Removing`);
    return dropChangedPath(daemon, path);
  }
  const verdict = isUsable(state) ? keepOut(daemon, map, path) : 'nothing';
  if (verdict === 'delayed') return NOW;
  const marginalChanged = verdict === 'changed';
  const answer = { path, state, hasKey: false };
  return map.reservationActive
    ? withKey(daemon, map, answer, marginalChanged)
    : act(daemon, map, answer, marginalChanged);
}

/** A path that comes back to a map with a reservation is asked which keys are registered, if the map has one. */
// oxlint-disable-next-line max-params -- as act
function* withKey(
  daemon: Daemon,
  map: Multipath,
  answer: Answer,
  marginalChanged: boolean,
): Task<void> {
  const hasKey = yield* hasReservationKey(daemon, map);
  yield* act(daemon, map, { ...answer, hasKey }, marginalChanged);
}

// oxlint-disable-next-line max-params -- a path, what its check said, and whether its groups change anyway
function act(daemon: Daemon, map: Multipath, answer: Answer, marginalChanged: boolean): Task<void> {
  const checked = adoptState(daemon, map, answer);
  if (checked === 'failed' || map.waitForUdev !== 'no') return NOW;
  return refreshPriorities(daemon, map, { path: answer.path, checked, marginalChanged });
}

/** The kernel hears of it where that is news. `failed`: there is nothing else to do. */
function adoptState(daemon: Daemon, map: Multipath, answer: Answer): 'failed' | Checked {
  const { path, state } = answer;
  const said = path.checkerSaid;
  const implicit = path.tpgs === 'implicit';
  const holdBack = state === 'ghost' && implicit && countActive(map) === 0;
  path.checkerSaid = state;
  const change = state === path.state ? null : changed(daemon, map, { ...answer, holdBack });
  if (change === 'failed') return 'failed';
  if (change === null) unchanged(daemon, map, { ...answer, holdBack });
  path.state = state;
  const isUp = change === 'up';
  return { isUp, checkerSawItUp: isUp && !isUsable(said) };
}

/** A path, and the answer of its check. */
interface Checkup {
  readonly path: Path;
  readonly state: PathState;
}

interface Answer extends Checkup {
  /** The map has a reservation, and a key for it. */
  readonly hasKey: boolean;
}

interface Verdict extends Answer {
  /** A standby path of an array that switches by itself must not draw I/O when it is the only one. */
  readonly holdBack: boolean;
}

function changed(
  daemon: Daemon,
  map: Multipath,
  { path, state, holdBack, hasKey }: Verdict,
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
  if (map.reservationActive) {
    daemon.log.put(2, `${path.dev}: checking persistent reservation registration`);
    if (hasKey) askForKeys(daemon, path);
  }
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

function refreshPriorities(daemon: Daemon, map: Multipath, refresh: Refresh): Task<void> {
  const { path, checked, marginalChanged } = refresh;
  if (marginalChanged) return reload(daemon, map, true);
  daemon.log.put(4, 'path prio refresh');
  if (checked.isUp) return afterAll(daemon, map, refresh);
  const before = path.priority;
  const asked = updatePriority(daemon, path);
  return asked === NOW
    ? followPriorities(daemon, map, refresh, path.priority !== before)
    : afterOne(daemon, map, refresh, asked);
}

function* afterAll(daemon: Daemon, map: Multipath, refresh: Refresh): Task<void> {
  const isChanged = yield* updatePriorities(daemon, map);
  yield* followPriorities(daemon, map, refresh, isChanged);
}

// oxlint-disable-next-line max-params -- a check, and what is still asked
function* afterOne(
  daemon: Daemon,
  map: Multipath,
  refresh: Refresh,
  asked: Task<void>,
): Task<void> {
  const before = refresh.path.priority;
  yield* asked;
  yield* followPriorities(daemon, map, refresh, refresh.path.priority !== before);
}

/** Acts on priorities that have been read. */
// oxlint-disable-next-line max-params -- a check, and whether it has changed a priority
function followPriorities(
  daemon: Daemon,
  map: Multipath,
  { path, checked }: Refresh,
  isChanged: boolean,
): Task<void> {
  if (isChanged && map.groupingPolicy === 'group_by_prio' && map.failback === 'immediate') {
    daemon.log.put(2, `${map.alias}: path priorities changed. reloading`);
    return reload(daemon, map, !checked.isUp);
  }
  maybeFailback(daemon, map, path, checked);
  return NOW;
}

function* reload(daemon: Daemon, map: Multipath, refresh: boolean): Task<void> {
  yield* reloadAndSync(daemon, map, { refresh });
}

/** Updates the priority of the path that was checked, unless it is down. */
function updatePriority(daemon: Daemon, path: Path): Task<void> {
  if (path.state === 'down') return NOW;
  if (daemon.log.verbosity >= 4) tellQuestion(daemon, path);
  return getPrio(daemon, path);
}

/** The real daemon looks at the device's state before it asks for the priority. */
function tellQuestion(daemon: Daemon, path: Path): void {
  tellMask(daemon, path, { prio: true });
  pathOffline(daemon, path);
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
