// select-settings.ts — What the configuration wants of a map, keyword by keyword. Mirrors libmultipath/propsel.c.
import type { Task } from '@dmsim/sim';

import type { Config } from '../config/config.ts';
import { defaultOf } from '../config/config.ts';
import { reconcileFeatures } from '../config/reconcile-features.ts';
import { selectForMap, selectFromDevices } from '../config/select.ts';
import type { Settings, Value } from '../config/settings.ts';
import { isYes } from '../config/settings.ts';
import { tpgsOf } from '../discovery/select-checker.ts';
import { readDeviceAttribute } from '../discovery/sysfs.ts';
import type { Failback, Multipath, NoPathRetry } from '../multipath.ts';
import { readKey } from '../names/prkeys.ts';
import type { Path } from '../path.ts';
import type { Session } from '../session.ts';
import type { MarginalLimits } from '../shaky-path.ts';
import { setTransportTimeouts } from './transport-timeouts.ts';

/** `0x…`, `file`, or null. */
export const selectReservationKey = (config: Config, { entry }: Multipath): string | null =>
  textOrNull(entry?.get('reservation_key') ?? config.defaults.get('reservation_key'));

/** Fills `map` in; `paths` are its paths, wherever they are. */
export function* selectSettings(
  session: Session,
  map: Multipath,
  paths: readonly Path[],
): Task<void> {
  const { config } = session;
  const select = (keyword: string): Value | undefined => selectForMap(config, map, keyword);
  map.failback = select('failback') as Failback;
  if (map.failback === 0) map.failback = 'manual';
  map.groupingPolicy = session.groupingPolicy ?? String(select('path_grouping_policy'));
  map.selector = String(select('path_selector'));
  selectQueueing(session, map, select);
  map.hardwareHandler = yield* selectHandler(session, map, paths);
  map.rrWeight = String(select('rr_weight'));
  map.minio = Number(select('rr_min_io_rq'));
  map.deferredRemove = isYes(select('deferred_remove'));
  map.skipKpartx = isYes(select('skip_kpartx'));
  map.maxSectorsKb = Number(select('max_sectors_kb') ?? 0);
  map.ghostDelay = offOrNumber(select('ghost_delay'));
  map.flushOnLastDelete = isYes(select('flush_on_last_del'));
  map.reservationKey = selectReservationKey(config, map);
  // It is looked up when it is needed; here only its file is made.
  if (map.reservationKey === 'file') yield* readKey(session, map.wwid);
  selectErrorDetection(session, map, select);
  yield* setTransportTimeouts(session, map, paths);
}

type Select = (keyword: string) => Value | undefined;

const offOrNumber = (value: Value | undefined): number => (typeof value === 'number' ? value : 0);
const textOrNull = (value: Value | undefined): string | null =>
  value === undefined ? null : String(value);

function selectQueueing({ log }: Session, map: Multipath, select: Select): void {
  const own: Settings = new Map([['features', String(select('features'))]]);
  if (map.queueingDisabled) {
    log.put(0, `${map.alias}: queueing disabled`);
    own.set('no_path_retry', 'fail');
  } else {
    const retry = select('no_path_retry');
    if (retry !== undefined) own.set('no_path_retry', retry);
  }
  reconcileFeatures(own, log, map.alias);
  map.noPathRetry = (own.get('no_path_retry') ?? 'undef') as NoPathRetry;
  map.features = reconcileQueueMode(map, String(own.get('features')));
}

/** The first table fixed the queue mode: another one is not asked for again. */
function reconcileQueueMode(map: Multipath, features: string): string {
  const words = features.split(/\s+/);
  const at = words.indexOf('queue_mode');
  const wanted = at < 0 ? undefined : words[at + 1];
  const mode = wanted === undefined ? undefined : wanted === 'bio' ? 'bio' : 'rq';
  if (map.queueMode === 'undef' && mode !== undefined) map.queueMode = mode;
  if (mode === map.queueMode || (mode === undefined && map.queueMode !== 'bio')) return features;
  const rest = words.slice(1).filter((_, i) => at < 0 || (i + 1 !== at && i !== at));
  if (map.queueMode === 'bio') rest.push('queue_mode', 'bio');
  return [String(rest.length), ...rest].join(' ');
}

/** The handler that a path has in the kernel stays; alua is for maps all of whose paths report port groups. */
function* selectHandler(session: Session, map: Multipath, paths: readonly Path[]): Task<string> {
  const tpgs = paths.map((path) => tpgsOf(session, path));
  const allTpgs = !tpgs.includes('none') && tpgs.some((t) => t !== 'undef');
  const chosen =
    (yield* attachedHandler(session, paths)) ??
    selectFromDevices(map.devices, 'hardware_handler') ??
    session.config.defaults.get('hardware_handler');
  if (chosen === undefined) return allTpgs ? '1 alua' : '0';
  return chosen === '1 alua' && !allTpgs ? '0' : String(chosen);
}

function* attachedHandler(
  { host, process }: Session,
  paths: readonly Path[],
): Task<string | undefined> {
  for (const { dev } of paths) {
    const state = yield* readDeviceAttribute(host, process, dev, 'dh_state');
    if (state !== undefined && state !== '' && state !== 'detached') return `1 ${state}`;
  }
  return undefined;
}

/** Seconds: reads may take half of it. */
const SHORTEST_SAMPLE = 120;

function selectMarginalLimits(
  { log }: Session,
  { alias }: Multipath,
  select: Select,
): MarginalLimits | null {
  const asked = offOrNumber(select('marginal_path_err_sample_time'));
  if (asked > 0 && asked < SHORTEST_SAMPLE) {
    const least = `marginal_path_err_sample_time must be >= ${SHORTEST_SAMPLE}`;
    log.put(2, `${alias}: configuration error: ${least}`);
  }
  const limits = {
    doubleFailedTime: offOrNumber(select('marginal_path_double_failed_time')),
    sampleTime: asked > 0 ? Math.max(asked, SHORTEST_SAMPLE) : 0,
    rateThreshold: offOrNumber(select('marginal_path_err_rate_threshold')),
    recheckGap: offOrNumber(select('marginal_path_err_recheck_gap_time')),
  };
  return Object.values(limits).every((number) => number > 0) ? limits : null;
}

const SAN_PATH_ERR = [
  'san_path_err_threshold',
  'san_path_err_forget_rate',
  'san_path_err_recovery_time',
] as const;

/** Said once, of the first of them that is set. */
function sayDeprecated(session: Session, values: readonly number[]): void {
  const keyword = SAN_PATH_ERR[values.findIndex((value) => value > 0)];
  if (keyword === undefined || session.saidDeprecated) return;
  session.saidDeprecated = true;
  const successor = 'please use marginal_path options instead';
  session.log.put(1, `WARNING: option ${keyword} is deprecated, ${successor}`);
}

/** Paths that come and go are shut out for a while, when all that says how is there. */
function selectErrorDetection(session: Session, map: Multipath, select: Select): void {
  map.marginalPath = selectMarginalLimits(session, map, select);
  map.sanPathErr = map.marginalPath === null ? selectSanPathErr(session, select) : null;
}

function selectSanPathErr(session: Session, select: Select): Multipath['sanPathErr'] {
  const given = SAN_PATH_ERR.map((keyword) => offOrNumber(select(keyword)));
  sayDeprecated(session, given);
  let [threshold = 0, forgetRate = 0, recoveryTime = 0] = given;
  const watch = offOrNumber(select('delay_watch_checks'));
  const wait = offOrNumber(select('delay_wait_checks'));
  if (given.every((number) => number === 0) && watch + wait > 0) {
    threshold = 1;
    forgetRate = watch;
    recoveryTime = wait * session.config.maxPollingInterval;
  }
  const complete = threshold > 0 && forgetRate > 0 && recoveryTime > 0;
  return complete ? { threshold, forgetRate, recoveryTime } : null;
}

/** Whether marginal paths get groups of their own. */
export const splitsMarginal = ({ config }: Session): boolean =>
  defaultOf(config, 'marginal_pathgroups') !== 'off';
