// uevents.ts — The threads for uevents: one gathers what udev passes on, the other deals with it. Mirrors libmultipath/uevent.c, multipathd/main.c: uev_trigger.
import type { Process, Task } from '@dmsim/sim';
import { wakeUp } from '@dmsim/sim';

import { storePathinfo } from '../discovery/path-discovery.ts';
import { ALL, pathinfo } from '../discovery/pathinfo.ts';
import { readAttribute } from '../discovery/sysfs.ts';
import { setQueueing } from '../dm/messages.ts';
import type { UdevEvent } from '../host.ts';
import type { Multipath } from '../multipath.ts';
import { pathsInGroups } from '../multipath.ts';
import type { Path } from '../path.ts';
import { createPath } from '../path.ts';
import { dropPath, findPathByNumber, lookUpPath, tellUnknownNumber } from '../session.ts';
import { traceThread } from '../trace-points.ts';
import { addMap } from './add-map.ts';
import type { LoadOption } from './add-path.ts';
import { addPath, LOAD } from './add-path.ts';
import type { Daemon } from './daemon.ts';
import { idleUntil } from './daemon.ts';
import { finishPath } from './finish-path.ts';
import { dmTurn } from './map-waiters.ts';
import { reloadAndSync } from './reload-map.ts';
import { removePath } from './remove-path.ts';
import { returnPath, tellLostMap } from './return-path.ts';
import { forgetMap } from './setup-multipath.ts';
import { pathFailed } from './shaky-paths.ts';
import { isMapEvent, takeUevents } from './uevent-queue.ts';
import { withLock } from './vecs-lock.ts';

/** Gathers events from now on. Returns what ends it. */
export function listenForUevents(daemon: Daemon): () => void {
  return daemon.host.udev.subscribe((event) => {
    daemon.log.put(3, `uevent '${event.action}' from '${event.properties.get('DEVPATH') ?? ''}'`);
    daemon.log.put(4, `received uevent "${event.action} ${event.kernel}"`);
    daemon.uevents.arrived.push(event);
    wakeUp(daemon.ueventArrived);
  });
}

const MAY_DISPATCH: ReadonlySet<string> = new Set(['idle', 'running', 'shutdown']);

export function* dispatchUevents(self: Process, daemon: Daemon): Task<number> {
  traceThread(self);
  const { uevents } = daemon;
  const isOver = (): boolean => daemon.state === 'shutdown';
  const hasSome = (): boolean => uevents.arrived.length > 0 || uevents.waiting.length > 0;
  for (;;) {
    if (!hasSome()) daemon.log.put(4, 'uevent_dispatch: waiting for events');
    yield* idleUntil(daemon, daemon.ueventArrived, () => hasSome() || isOver());
    takeUevents(daemon, uevents);
    const queued = uevents.waiting.shift();
    yield* idleUntil(daemon, daemon.stateChanged, () => MAY_DISPATCH.has(daemon.state));
    if (isOver()) return 0;
    if (queued === undefined) continue;
    daemon.dispatching = true;
    let good = true;
    for (const { event } of queued.merged)
      if (!(yield* dispatch(daemon, event, { isMerged: true }))) good = false;
    if (!(yield* dispatch(daemon, queued.event, { isMerged: false })) || !good)
      daemon.log.put(0, 'uevent trigger error');
    daemon.dispatching = false;
  }
}

interface Merging {
  /** Another event of the same map follows, which loads it. */
  readonly isMerged: boolean;
}

/** False when it could not be dealt with. */
const dispatch = (daemon: Daemon, event: UdevEvent, merging: Merging): Task<boolean> =>
  withLock(daemon, `uevent: ${event.action} ${event.kernel}`, () => handle(daemon, event, merging));

function* handle(daemon: Daemon, event: UdevEvent, { isMerged }: Merging): Task<boolean> {
  yield* dmTurn(daemon);
  daemon.log.put(4, `servicing uevent '${event.action} ${event.kernel}'`);
  if (isMapEvent(event)) return yield* mapEvent(daemon, event);
  switch (event.action) {
    case 'add':
      return yield* pathAdded(daemon, event, { load: !isMerged });
    case 'change':
      return yield* pathChanged(daemon, event);
    case 'remove':
      yield* pathRemoved(daemon, event, { load: !isMerged });
      return true;
  }
}

function* mapEvent(daemon: Daemon, event: UdevEvent): Task<boolean> {
  if (propertyOf(daemon, event, 'DM_UUID')?.startsWith('mpath-') !== true) return true;
  switch (event.action) {
    case 'add':
      // It has no table yet.
      return true;
    case 'change': {
      daemon.log.put(3, `${event.kernel}: add map (uevent)`);
      const alias = propertyOf(daemon, event, 'DM_NAME') ?? '';
      const good = yield* addMap(daemon, event.kernel, alias);
      kernelFailedPath(daemon, event);
      return good;
    }
    case 'remove':
      mapRemoved(daemon, event);
      return true;
  }
}

/** The property of an event, which is logged at verbosity 4. */
function propertyOf({ log }: Daemon, { properties }: UdevEvent, name: string): string | undefined {
  const value = properties.get(name);
  if (log.verbosity >= 4) log.put(4, `uevent_get_env_var: ${name} -> '${value ?? '(null)'}'`);
  return value;
}

function kernelFailedPath(daemon: Daemon, event: UdevEvent): void {
  if (propertyOf(daemon, event, 'DM_ACTION') !== 'PATH_FAILED') return;
  const devT = propertyOf(daemon, event, 'DM_PATH') ?? '';
  tellUnknownNumber(daemon, daemon.paths, devT);
  const path = findPathByNumber(daemon.paths, devT);
  if (path !== undefined) pathFailed(daemon, path);
}

function mapRemoved(daemon: Daemon, event: UdevEvent): void {
  const { kernel } = event;
  daemon.log.put(3, `${kernel}: remove map (uevent)`);
  const minor = Number(kernel.slice('dm-'.length));
  const map = daemon.maps.find(({ info }) => info?.minor === minor);
  const alias = propertyOf(daemon, event, 'DM_NAME') ?? '';
  propertyOf(daemon, event, 'MINOR');
  if (map === undefined) {
    daemon.log.put(2, `${kernel}: devmap not registered, can't remove`);
  } else if (map.alias === alias) {
    setQueueing(daemon, alias, false);
    forgetMap(daemon, map);
  } else {
    daemon.log.put(2, `${kernel}: map alias mismatch: have "${map.alias}", got "${alias}")`);
  }
}

function* pathAdded(daemon: Daemon, event: UdevEvent, options: LoadOption): Task<boolean> {
  const { log } = daemon;
  const { kernel } = event;
  log.put(3, `${kernel}: add path (uevent)`);
  const known = lookUpPath(daemon, kernel);
  if (known?.initialized === 'partial') return yield* pathChanged(daemon, event);
  if (known !== undefined) return yield* knownPathAdded(daemon, known, options);
  const path = yield* storePathinfo(daemon, kernel, ALL);
  if (path === 'skipped') return true;
  if (path === 'failed') {
    log.put(3, `${kernel}: failed to get path info`);
    return false;
  }
  return yield* addPath(daemon, path, options);
}

function* knownPathAdded(daemon: Daemon, path: Path, options: LoadOption): Task<boolean> {
  const { log } = daemon;
  const before = path.map;
  if (path.initialized === 'removed') {
    log.put(3, `${path.dev}: re-adding removed path`);
    if (before === null) tellLostMap(daemon, path);
    path.initialized = 'new';
    path.map = null;
    path.wwid = '';
  } else log.put(3, `${path.dev}: spurious uevent, path already in pathvec`);
  if (path.map !== null || path.wwid !== '') return true;
  log.put(3, `${path.dev}: reinitialize path`);
  const result = yield* pathinfo(daemon, path, { ...ALL, blacklist: true });
  if (before !== null) {
    const outcome = yield* returnPath(daemon, path, { map: before, result });
    if (outcome !== 'gone' || result !== 'ok') return outcome !== 'stuck';
    daemon.paths.push(path);
    return yield* addPath(daemon, path, options);
  }
  switch (result) {
    case 'ok':
      return yield* addPath(daemon, path, options);
    case 'skipped':
      log.put(3, `${path.dev}: remove blacklisted path`);
      dropPath(daemon, path);
      return true;
    case 'failed':
      log.put(0, `${path.dev}: failed to reinitialize path`);
      return false;
  }
}

function* pathRemoved(daemon: Daemon, { kernel }: UdevEvent, options: LoadOption): Task<void> {
  daemon.log.put(3, `${kernel}: remove path (uevent)`);
  const path = lookUpPath(daemon, kernel);
  if (path === undefined) daemon.log.put(0, `${kernel}: path already removed`);
  else yield* removePath(daemon, path, options);
}

function* pathChanged(daemon: Daemon, event: UdevEvent): Task<boolean> {
  const { kernel, properties } = event;
  const { log } = daemon;
  const path = lookUpPath(daemon, kernel);
  if (path === undefined) {
    const found = yield* pathinfo(daemon, createPath(kernel, daemon.config.pollingInterval), {
      sysfs: true,
      wwid: true,
      blacklist: true,
    });
    if (found === 'skipped') log.put(3, `${kernel}: spurious uevent, path is blacklisted`);
    else log.put(0, `${kernel}: spurious uevent, path not found`);
    return found !== 'failed';
  }
  if (path.initialized === 'udev-requested') return yield* knownPathAdded(daemon, path, LOAD);
  if (path.wwid === '' && path.initialized !== 'partial') return true;
  const wwid = (properties.get(path.uidAttribute ?? 'ID_SERIAL') ?? path.wwid).trimEnd();
  if (path.wwid !== '' && wwid !== path.wwid) {
    log.put(0, `${kernel}: path wwid changed from '${path.wwid}' to '${wwid}'`);
    yield* removePath(daemon, path);
    return yield* pathAdded(daemon, event, LOAD);
  }
  log.put(3, `${kernel}: uid = ${wwid} (udev)`);
  if (path.initialized === 'partial') {
    if (!(yield* finishPath(daemon, path))) return false;
  } else yield* lookAgain(daemon, path);
  return yield* protectionChanged(daemon, path, propertyOf(daemon, event, 'DISK_RO'));
}

/** Its size may have changed. */
function* lookAgain(daemon: Daemon, path: Path): Task<void> {
  if ((yield* pathinfo(daemon, path, { sysfs: true, noIo: true })) === 'ok') return;
  daemon.log.put(1, `${path.dev}: pathinfo failed after change uevent`);
}

/** A map becomes writable again when all its paths are (needs_ro_update). */
function needsProtection({ host }: Daemon, map: Multipath, ro: boolean): boolean {
  if (map.info === null) return true;
  if (map.info.readOnly === ro) return false;
  const isReadOnly = ({ dev }: Path): boolean =>
    readAttribute(host, `/sys/block/${dev}/ro`) === '1';
  return ro || !pathsInGroups(map).some(isReadOnly);
}

/** A disk that became read-only, or writable again, takes its map along. */
function* protectionChanged(daemon: Daemon, path: Path, ro: string | undefined): Task<boolean> {
  const { map } = path;
  if (ro === undefined || map === null || !needsProtection(daemon, map, ro === '1')) return true;
  daemon.log.put(2, `${path.dev}: update path write_protect to '${ro}' (uevent)`);
  if (map.waitForUdev !== 'no') {
    map.waitForUdev = 'delayed';
    return true;
  }
  if (ro === '1') map.forceReadOnly = true;
  const result = yield* reloadAndSync(daemon, map, { refresh: false });
  if (result === 'gone') {
    daemon.log.put(2, `${path.dev}: map removed during reload`);
    return false;
  }
  map.forceReadOnly = false;
  const status = result === 'loaded' ? 0 : 1;
  daemon.log.put(2, `${path.dev}: map ${map.alias} reloaded (retval ${status})`);
  return result === 'loaded';
}
