// load-map.ts — A map's table into the kernel: a new device, or a new table for the one there is. Mirrors libmultipath/devmapper.c: dm_addmap_create, dm_addmap_reload.
import type { TargetSpec } from '@dmsim/dm';
import { devCreate, devResume, tableLoad } from '@dmsim/dm';
import type { Errno, Task } from '@dmsim/sim';
import { assert, errnoNumber } from '@dmsim/sim';

import type { Multipath } from '../multipath.ts';
import { markFailedWwid, unmarkFailedWwid } from '../names/failed-wwids.ts';
import type { Session } from '../session.ts';
import { dmInfo, isPresent, TARGET, UUID_PREFIX } from './dm-maps.ts';
import { logFailedIoctl } from './libdm-error.ts';
import { mangledName } from './mangled-name.ts';
import { cookieWith, removeMap, resumeMap, waitForUdev } from './simple-command.ts';
import { BASE_FLAGS, udevFlags } from './udev-flags.ts';

const specsOf = ({ size }: Multipath, params: string): TargetSpec[] => [
  { start: 0n, length: BigInt(size), type: TARGET, params },
];

/** True when the map is there afterwards. A disk that is read-only makes it so. */
export function* createMap(session: Session, map: Multipath, params: string): Task<boolean> {
  const { log, host } = session;
  if (map.wwid === '') {
    log.put(1, `${map.alias}: refusing to create map with empty WWID`);
    return false;
  }
  for (const readOnly of map.forceReadOnly ? [true] : [false, true]) {
    log.put(2, `${map.alias}: addmap [0 ${map.size} ${TARGET} ${params}]`);
    const error = yield* create(session, map, { params, readOnly });
    if (error === undefined) {
      map.needReload = false;
      if (unmarkFailedWwid(session, map.wwid)) map.needsPathUevents = true;
      return true;
    }
    // A map that was made without a table would be in the way.
    if (isPresent(host.dm, map.alias)) yield* removeMap(session, map.alias);
    if (error !== 'EROFS') {
      log.put(3, `${map.alias}: failed to load map, error ${errnoNumber(error)}`);
      break;
    }
  }
  if (markFailedWwid(session, map.wwid)) map.needsPathUevents = true;
  return false;
}

interface TableToLoad {
  readonly params: string;
  readonly readOnly: boolean;
}

function* create(
  session: Session,
  map: Multipath,
  { params, readOnly }: TableToLoad,
): Task<Errno | undefined> {
  const { dm } = session.host;
  const name = map.alias;
  const uuid = `${UUID_PREFIX}${map.wwid}`;
  const fail = (ioctl: 'create' | 'reload', errno: Errno): Errno => {
    const minor = dmInfo(dm, name)?.minor;
    const of = ioctl === 'create' ? { uuid } : { devT: `${dm.major}:${minor}` };
    logFailedIoctl(session, name, { ioctl, errno, caller: 'dm_addmap', task: 'create', ...of });
    return errno;
  };
  const cell = devCreate(dm, { name: mangledName(name), uuid });
  if (typeof cell === 'string') return fail('create', cell);
  const loaded = tableLoad(
    dm,
    { name: mangledName(name) },
    { specs: specsOf(map, params), readOnly },
  );
  if (loaded !== undefined) return fail('reload', loaded);
  const cookie = cookieWith(session, BASE_FLAGS | udevFlags(map, { reload: false }));
  const error = yield* devResume(
    dm,
    { name: mangledName(name) },
    { noflush: true, lockFs: false, cookie },
  );
  yield* waitForUdev(session, cookie);
  return error;
}

/** True when the new table is live. With `flush` what waits in the old one is waited for: its size changes. */
export function* reloadMap(
  session: Session,
  map: Multipath,
  { params, flush }: { readonly params: string; readonly flush: boolean },
): Task<boolean> {
  const { host, log } = session;
  const name = map.alias;
  const load = (readOnly: boolean): Errno | undefined => {
    log.put(2, `${name}: reload [0 ${map.size} ${TARGET} ${params}]`);
    const errno = tableLoad(
      host.dm,
      { name: mangledName(name) },
      { specs: specsOf(map, params), readOnly },
    );
    if (errno !== undefined) {
      logFailedIoctl(session, name, { ioctl: 'reload', errno, caller: 'dm_addmap' });
    }
    return errno;
  };
  let error = load(map.forceReadOnly);
  if (error === 'EROFS' && !map.forceReadOnly) error = load(true);
  if (error !== undefined) return false;
  assert(session.mayChangeMaps(), 'a table is swapped without the lock');
  map.needReload = false;
  const flags = udevFlags(map, { reload: true });
  if ((yield* resumeMap(session, name, { flush, flags })) === undefined) return true;
  // The table that failed is gone; the old one can run on.
  if (dmInfo(host.dm, name)?.suspended === true) yield* resumeMap(session, name, { flush, flags });
  return false;
}
