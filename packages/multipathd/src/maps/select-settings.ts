// select-settings.ts — Selects the settings of a map from the configuration, keyword by keyword. Mirrors libmultipath/propsel.c.
import type { Task } from '@dmsim/sim';

import { defaultOf } from '../config/config.ts';
import { ORIGIN, originForMap, originForPath } from '../config/origin.ts';
import { addFeature, reconcileFeatures, removeFeature } from '../config/reconcile-features.ts';
import { NO_KEY, parseKey, shownKey } from '../config/reservation-key.ts';
import { selectForMap, selectFromDevices } from '../config/select.ts';
import type { Settings, Value } from '../config/settings.ts';
import { isYes } from '../config/settings.ts';
import { tpgsOf } from '../discovery/select-checker.ts';
import { readDeviceAttribute } from '../discovery/sysfs.ts';
import { tellOpenOfDevice } from '../discovery/tell-open.ts';
import type { Failback, Multipath, NoPathRetry } from '../multipath.ts';
import { readKey } from '../names/prkeys.ts';
import type { Path } from '../path.ts';
import type { Session } from '../session.ts';
import type { MarginalLimits } from '../shaky-path.ts';
import type { Tell } from './log-settings.ts';
import { settingsLog, tellNoPathRetry, tellOwner } from './log-settings.ts';
import { setTransportTimeouts } from './transport-timeouts.ts';

/** Fills `map` in; `paths` are its paths, wherever they are. */
export function* selectSettings(
  session: Session,
  map: Multipath,
  paths: readonly Path[],
): Task<void> {
  const { config } = session;
  const select = (keyword: string): Value | undefined => selectForMap(config, map, keyword);
  const tell = settingsLog(session, map);
  selectGrouping(session, map, { select, tell });
  selectQueueing(session, map, { select, tell });
  const handler = yield* selectHandler(session, map, paths);
  map.hardwareHandler = handler.name;
  tell('hardware_handler', { shown: `"${handler.name}"`, origin: handler.origin });
  map.rrWeight = String(select('rr_weight'));
  tell('rr_weight');
  map.minio = Number(select('rr_min_io_rq'));
  tell('rr_min_io_rq', { name: 'minio' });
  tellOwner(session, map, tell);
  yield* selectReservation(session, map, tell);
  map.deferredRemove = isYes(select('deferred_remove'));
  tell('deferred_remove', { shown: yesOrNo(map.deferredRemove) });
  selectErrorDetection(session, map, { select, tell });
  map.skipKpartx = isYes(select('skip_kpartx'));
  tell('skip_kpartx', { shown: yesOrNo(map.skipKpartx) });
  map.maxSectorsKb = Number(select('max_sectors_kb') ?? 0);
  tell('max_sectors_kb');
  map.ghostDelay = offOrNumber(select('ghost_delay'));
  tell('ghost_delay');
  map.flushOnLastDelete = isYes(select('flush_on_last_del'));
  tell('flush_on_last_del', { shown: yesOrNo(map.flushOnLastDelete) });
  yield* setTransportTimeouts(session, map, paths);
}

/** The configuration of one map, and the log of what was found in it. */
interface Chosen {
  readonly select: (keyword: string) => Value | undefined;
  readonly tell: Tell;
}

const yesOrNo = (yes: boolean): string => (yes ? 'yes' : 'no');

function selectGrouping(session: Session, map: Multipath, { select, tell }: Chosen): void {
  map.failback = select('failback') as Failback;
  if (map.failback === 0) map.failback = 'manual';
  tell('failback');
  map.groupingPolicy = session.groupingPolicy ?? String(select('path_grouping_policy'));
  const commandLine = 'multipath command line [-p] flag';
  tell('path_grouping_policy', {
    shown: map.groupingPolicy,
    ...(session.groupingPolicy === null ? {} : { origin: commandLine }),
  });
  map.selector = String(select('path_selector'));
  tell('path_selector');
}

/** The configuration's key, or with `file` that of the keys file as it is now. */
export function* selectReservation(session: Session, map: Multipath, tell: Tell): Task<void> {
  const said = textOrNull(
    map.entry?.get('reservation_key') ?? session.config.defaults.get('reservation_key'),
  );
  const key = said === 'file' ? yield* keyOfFile(session, map) : said;
  map.reservationSource = said === null ? 'none' : said === 'file' ? 'file' : 'configuration';
  map.reservationKey = key === null || parseKey(key) === NO_KEY ? null : key;
  if (said !== 'file') return tell('reservation_key');
  if (session.log.verbosity < 3) return;
  const origin = originForMap(session.config, map, 'reservation_key');
  const text = `reservation_key = "file" (setting: ${origin}) (from prkeys file)`;
  session.log.put(3, `${map.alias}: ${text}`);
}

function* keyOfFile(session: Session, { wwid }: Multipath): Task<string | null> {
  const key = yield* readKey(session, wwid);
  return key === null ? null : shownKey(key);
}

const offOrNumber = (value: Value | undefined): number => (typeof value === 'number' ? value : 0);
const textOrNull = (value: Value | undefined): string | null =>
  value === undefined ? null : String(value);

function selectQueueing(session: Session, map: Multipath, { select, tell }: Chosen): void {
  const { log } = session;
  const own: Settings = new Map([
    ['features', String(select('features'))],
    ['retain_attached_hw_handler', 'yes'],
  ]);
  if (map.queueingDisabled) {
    log.put(0, `${map.alias}: queueing disabled`);
    own.set('no_path_retry', 'fail');
  } else {
    const retry = select('no_path_retry');
    if (retry !== undefined) own.set('no_path_retry', retry);
    tellNoPathRetry(tell, retry);
  }
  tell('retain_attached_hw_handler', { shown: 'yes', origin: 'implied in kernel >= 4.3.0' });
  reconcileFeatures(own, log, map.alias);
  map.noPathRetry = (own.get('no_path_retry') ?? 'undef') as NoPathRetry;
  map.features = reconcileQueueMode(session, map, String(own.get('features')));
  tell('features', { shown: `"${map.features}"` });
}

/** The first table fixed the queue mode: another one is not asked for again. */
function reconcileQueueMode({ log }: Session, map: Multipath, features: string): string {
  const [, feature, word = ''] = /\s(queue_mode\s+(\S+))/.exec(features) ?? [];
  if (feature !== undefined) {
    const mode = QUEUE_MODES.get(word);
    if (map.queueMode === 'undef' && mode !== undefined) map.queueMode = mode;
    if (map.queueMode === mode) return features;
    const why =
      mode === undefined
        ? `ignoring invalid feature '${feature}'`
        : `ignoring feature '${feature}' because queue_mode is set to '${map.queueMode}'`;
    log.put(2, `${map.alias}: ${why}`);
  }
  const rest = feature === undefined ? features : removeFeature(features, feature);
  return map.queueMode === 'bio' ? addFeature(rest, 'queue_mode bio') : rest;
}

const QUEUE_MODES: ReadonlyMap<string, 'bio' | 'rq'> = new Map([
  ['bio', 'bio'],
  ['rq', 'rq'],
  ['mq', 'rq'],
]);

interface ChosenHandler {
  readonly name: string;
  readonly origin: string;
}

/** The handler that a path has in the kernel stays; alua is for maps all of whose paths report port groups. */
function* selectHandler(
  session: Session,
  map: Multipath,
  paths: readonly Path[],
): Task<ChosenHandler> {
  const tpgs = paths.map((path) => tpgsOf(session, path));
  const allTpgs = !tpgs.includes('none') && tpgs.some((t) => t !== 'undef');
  const origin = 'autodetected from TPGS';
  const attached = attachedHandler(session, paths);
  const configured =
    selectFromDevices(map.devices, 'hardware_handler') ??
    session.config.defaults.get('hardware_handler');
  const chosen = attached ?? configured;
  if (chosen === undefined) {
    return allTpgs ? { name: '1 alua', origin } : { name: '0', origin: ORIGIN.internal };
  }
  if (chosen === '1 alua' && !allTpgs) return { name: '0', origin };
  const from = originForPath(session.config, map.devices, 'hardware_handler');
  return {
    name: String(chosen),
    origin: attached === undefined ? from : 'retained by kernel driver',
  };
}

function attachedHandler(session: Session, paths: readonly Path[]): string | undefined {
  for (const path of paths) {
    tellOpenOfDevice(session, path.dev, 'dh_state');
    const state = readDeviceAttribute(session, path, 'dh_state');
    if (state !== undefined && state !== '' && state !== 'detached') return `1 ${state}`;
  }
  return undefined;
}

/** Seconds: reads may take half of it. */
const SHORTEST_SAMPLE = 120;

function selectMarginalLimits(
  { log }: Session,
  { alias }: Multipath,
  { select, tell }: Chosen,
): MarginalLimits | null {
  const asked = offOrNumber(select('marginal_path_err_sample_time'));
  if (asked > 0 && asked < SHORTEST_SAMPLE) {
    const least = `marginal_path_err_sample_time must be >= ${SHORTEST_SAMPLE}`;
    log.put(2, `${alias}: configuration error: ${least}`);
  }
  const sampleTime = asked > 0 ? Math.max(asked, SHORTEST_SAMPLE) : 0;
  const limits = {
    doubleFailedTime: offOrNumber(select('marginal_path_double_failed_time')),
    sampleTime,
    rateThreshold: offOrNumber(select('marginal_path_err_rate_threshold')),
    recheckGap: offOrNumber(select('marginal_path_err_recheck_gap_time')),
  };
  tell('marginal_path_err_sample_time', sampleTime > 0 ? { shown: String(sampleTime) } : {});
  tell('marginal_path_err_rate_threshold');
  tell('marginal_path_err_recheck_gap_time');
  tell('marginal_path_double_failed_time');
  return Object.values(limits).every((number) => number > 0) ? limits : null;
}

const SAN_PATH_ERR = [
  'san_path_err_threshold',
  'san_path_err_forget_rate',
  'san_path_err_recovery_time',
] as const;

/** Logged once, for the first of them that is set. */
function sayDeprecated(session: Session, values: readonly number[]): void {
  const keyword = SAN_PATH_ERR[values.findIndex((value) => value > 0)];
  if (keyword === undefined || session.saidDeprecated) return;
  session.saidDeprecated = true;
  const successor = 'please use marginal_path options instead';
  session.log.put(1, `WARNING: option ${keyword} is deprecated, ${successor}`);
}

/** Paths that come and go are shut out for a while, when all that says how is there. */
function selectErrorDetection(session: Session, map: Multipath, chosen: Chosen): void {
  map.marginalPath = selectMarginalLimits(session, map, chosen);
  map.sanPathErr = selectSanPathErr(session, map, chosen);
}

const IMPLIED_NO = { shown: '"no"', origin: 'implied by marginal_path check' };

function selectSanPathErr(
  session: Session,
  { alias, marginalPath }: Multipath,
  { select, tell }: Chosen,
): Multipath['sanPathErr'] {
  // A map that reads shaky paths does not count their failures as well, except for delay_*_checks.
  const isRead = marginalPath !== null;
  const given = SAN_PATH_ERR.map((keyword) => (isRead ? 0 : offOrNumber(select(keyword))));
  for (const keyword of SAN_PATH_ERR) tell(keyword, isRead ? IMPLIED_NO : {});
  sayDeprecated(session, given);
  let [threshold = 0, forgetRate = 0, recoveryTime = 0] = given;
  const watch = delayChecks('delay_watch_checks', { select, tell });
  const wait = delayChecks('delay_wait_checks', { select, tell });
  const isFree = given.every((number) => number === 0);
  if (isFree && watch + wait > 0) {
    threshold = 1;
    forgetRate = watch;
    recoveryTime = wait * session.config.maxPollingInterval;
    tellImplied(tell, { watch, wait, recoveryTime });
  } else if (watch + wait > 0) {
    const both = 'both marginal_path and delay_checks error detection options selected';
    session.log.put(3, `${alias}: ${both}`);
    session.log.put(3, `${alias}: ignoring delay_checks options`);
  }
  const complete = threshold > 0 && forgetRate > 0 && recoveryTime > 0;
  return complete ? { threshold, forgetRate, recoveryTime } : null;
}

/** Logged only if somebody set it. */
function delayChecks(keyword: string, { select, tell }: Chosen): number {
  const value = select(keyword);
  tell(keyword, { unlessFrom: ORIGIN.internal });
  return offOrNumber(value);
}

/** Logs the settings that delay_watch_checks and delay_wait_checks imply. */
function tellImplied(
  tell: Tell,
  { watch, wait, recoveryTime }: { watch: number; wait: number; recoveryTime: number },
): void {
  const byWatch = 'implied by delay_watch_checks';
  const byWait = 'implied by delay_wait_checks';
  tell('san_path_err_threshold', { shown: '1', origin: watch > 0 ? byWatch : byWait });
  if (watch > 0) tell('san_path_err_forget_rate', { shown: String(watch), origin: byWatch });
  if (wait > 0) {
    tell('san_path_err_recovery_time', { shown: String(recoveryTime), origin: byWait });
  }
}

/** Whether marginal paths get groups of their own. */
export const splitsMarginal = ({ config }: Session): boolean =>
  defaultOf(config, 'marginal_pathgroups') !== 'off';
