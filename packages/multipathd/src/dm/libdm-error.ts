// libdm-error.ts — Logs an ioctl of the device mapper that failed. Mirrors libdm/ioctl/libdm-iface.c: _do_dm_ioctl, libmultipath/devmapper.h: dm_log_error.
import type { Errno } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import type { Session } from '../session.ts';
import { isPresent } from './dm-maps.ts';
import { mangledName } from './mangled-name.ts';

/** The numbers of tasks in libdevmapper.h. */
const TASKS = {
  create: 0,
  reload: 1,
  remove: 2,
  suspend: 4,
  resume: 5,
  rename: 8,
  table: 11,
  message: 17,
};

interface FailedIoctl {
  readonly ioctl: keyof typeof TASKS;
  readonly errno: Errno;
  /** The function of libmultipath that adds a line of its own. */
  readonly caller?: string;
  /** The name of the task that the ioctl was part of. */
  readonly task?: keyof typeof TASKS;
  readonly uuid?: string;
  /** `254:0`, of a device that the task has made. */
  readonly devT?: string;
}

/** Logs the library's own line and the caller's. Without `caller` it logs only the former. */
export function logFailedIoctl(
  { log }: Session,
  name: string,
  { ioctl, errno, caller, task = ioctl, uuid = '', devT }: FailedIoctl,
): void {
  const which = devT === undefined ? uuid : `(${devT})`;
  const what = `device-mapper: ${ioctl} ioctl on ${mangledName(name)} ${which} failed: ${strerror(errno)}`;
  log.put(1, `libdevmapper: ioctl/libdm-iface.c(1980): ${what}`);
  if (caller === undefined) return;
  // A task that consists of several ioctls does not remember which of them failed.
  const reason = task === 'create' ? 'Success' : strerror(errno);
  log.put(2, `${caller}: libdm task=${TASKS[task]} error: ${reason}`);
}

/** Logs that `caller` asked for the table of a map that does not exist. */
export function logMissingTable(session: Session, name: string, caller: string): void {
  logFailedIoctl(session, name, { ioctl: 'table', errno: 'ENXIO' });
  session.log.put(3, `${caller}: libdm task=${TASKS.table} error: ${strerror('ENXIO')}`);
}

/** Logs that a map does not exist, when the caller asked whether it belongs to multipath. */
export function logIfMissing(session: Session, name: string): void {
  if (isPresent(session.host.dm, name)) return;
  logMissingTable(session, name, 'dm_is_mpath');
  session.log.put(3, `${name}: dm command failed in dm_is_mpath: ${strerror('ENXIO')}`);
}
