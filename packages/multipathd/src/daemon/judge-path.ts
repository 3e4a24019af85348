// judge-path.ts — Acts on the answer of a check: reads the map again, fails the path or reinstates it, and tells the kernel.
// Mirrors the second half of multipathd/main.c: check_path.
import type { Task } from '@dmsim/sim';
import { isReady, NOW } from '@dmsim/vfs';

import { defaultOf } from '../config/config.ts';
import { askForKeys } from '../maps/reservation-keys.ts';
import type { KernelUpdate } from '../maps/update-from-kernel.ts';
import { updateFromKernel } from '../maps/update-from-kernel.ts';
import type { Multipath } from '../multipath.ts';
import { countActive } from '../multipath.ts';
import type { Path, PathState } from '../path.ts';
import { isUsable } from '../path.ts';
import type { Daemon } from './daemon.ts';
import { enableGroup, failPath, reinstatePath } from './fail-path.ts';
import type { Checked } from './failback.ts';
import { keepOut } from './keep-out.ts';
import { logChecker } from './log-checker.ts';
import { dmTurn } from './map-waiters.ts';
import { setNoPathRetry } from './queueing.ts';
import { refreshPriorities } from './refresh-priorities.ts';
import { dropChangedPath, wwidChanged } from './wwid-change.ts';

/** A path of a map, and the answer of its check. */
interface Checkup {
  readonly path: Path;
  readonly map: Multipath;
  readonly state: PathState;
}

interface Answer extends Checkup {
  /** Whether the path has become marginal, or is so no longer. */
  readonly marginalChanged: boolean;
}

interface Verdict extends Answer {
  /** A standby path of an array that switches by itself must not draw I/O when it is the only one. */
  readonly holdBack: boolean;
}

export function judgePath(daemon: Daemon, path: Path, state: PathState): Task<void> {
  const { map } = path;
  if (map === null) return NOW;
  const checkup = { path, map, state };
  if (daemon.mapWaiters !== null) return judgeInTurn(daemon, checkup);
  const update = updateFromKernel(daemon, map);
  return isReady(update) ? decide(daemon, checkup) : judgeLater(daemon, checkup, update);
}

function* judgeInTurn(daemon: Daemon, checkup: Checkup): Task<void> {
  yield* dmTurn(daemon);
  yield* judgeLater(daemon, checkup, updateFromKernel(daemon, checkup.map));
}

function* judgeLater(daemon: Daemon, checkup: Checkup, update: Task<KernelUpdate>): Task<void> {
  const { path, map } = checkup;
  if ((yield* update) === 'gone') {
    daemon.log.put(1, `${path.dev}: multipath device '${map.alias}' not found`);
    return;
  }
  // The kernel's table may have dropped it.
  if (path.map !== null) yield* decide(daemon, checkup);
}

/** Judges a path of a map that is known as the kernel has it now. */
function decide(daemon: Daemon, checkup: Checkup): Task<void> {
  const { path, map, state } = checkup;
  setNoPathRetry(daemon, map);
  const isBack = isUsable(state) && (!isUsable(path.state) || path.dmState === 'failed');
  if (isBack && wwidChanged(daemon, path)) {
    daemon.log.put(0, `${path.dev}: path wwid change detected. Removing`);
    return dropChangedPath(daemon, path);
  }
  const kept = isUsable(state) ? keepOut(daemon, map, path) : 'nothing';
  if (kept === 'delayed') return NOW;
  return act(daemon, { path, map, state, marginalChanged: kept === 'changed' });
}

function act(daemon: Daemon, answer: Answer): Task<void> {
  const { path, map, marginalChanged } = answer;
  const checked = adoptState(daemon, answer);
  if (checked === 'failed' || map.waitForUdev !== 'no') return NOW;
  return refreshPriorities(daemon, { path, map, checked, marginalChanged });
}

/** The kernel hears of it where that is news. `failed`: there is nothing else to do. */
function adoptState(daemon: Daemon, answer: Answer): 'failed' | Checked {
  const { path, map, state } = answer;
  const said = path.checkerSaid;
  const implicit = path.tpgs === 'implicit';
  const holdBack = state === 'ghost' && implicit && countActive(map) === 0;
  path.checkerSaid = state;
  const change = state === path.state ? null : changed(daemon, { ...answer, holdBack });
  if (change === 'failed') return 'failed';
  if (change === null) unchanged(daemon, { ...answer, holdBack });
  path.state = state;
  const isUp = change === 'up';
  return { isUp, checkerSawItUp: isUp && !isUsable(said) };
}

function changed(daemon: Daemon, verdict: Verdict): 'failed' | 'up' {
  const { path, map, state, holdBack } = verdict;
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
    if (map.reservationKey !== null) askForKeys(daemon, path);
  }
  if (!holdBack) reinstatePath(daemon, map, path);
  if (state === 'up') enableGroup(daemon, map, path);
  return 'up';
}

function unchanged(daemon: Daemon, { path, map, state, holdBack }: Verdict): void {
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
