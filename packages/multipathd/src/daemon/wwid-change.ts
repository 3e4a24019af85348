// wwid-change.ts — recheck_wwid: a path that comes back may lead to another unit. Mirrors multipathd/main.c: check_path_wwid_change, handle_path_wwid_change.
import type { Task } from '@dmsim/sim';

import { selectForPath } from '../config/select.ts';
import { isYes } from '../config/settings.ts';
import { writeAttribute } from '../discovery/sysfs.ts';
import { failPathMessage } from '../dm/messages.ts';
import type { Path } from '../path.ts';
import type { Daemon } from './daemon.ts';
import { removePath } from './remove-path.ts';

/** Where it is asked for, and the WWID is one that the disk can be asked for, too. */
export function wwidChanged({ config, host, log }: Daemon, path: Path): boolean {
  if (!isYes(selectForPath(config, path.devices, 'recheck_wwid'))) return false;
  if (path.uidAttribute !== '' && path.uidAttribute !== 'ID_SERIAL') return false;
  if (path.wwid === '') return false;
  const wwid = host.scsi.wwid(path.dev);
  if (wwid === undefined) {
    log.put(2, `${path.dev}: failed to check wwid by sgio: len = -1`);
    return false;
  }
  if (wwid === path.wwid) return false;
  log.put(0, `${path.dev}: wwid '${path.wwid}' doesn't match wwid '${wwid}' from device`);
  return true;
}

/** It leaves its map; the kernel looks at the disk again, and udev passes it on as a new one. */
export function* dropChangedPath(daemon: Daemon, path: Path): Task<void> {
  const { host, process } = daemon;
  const { map, devT, dev } = path;
  if ((yield* removePath(daemon, path)) !== 'removed' && map !== null) {
    path.dmState = 'failed';
    failPathMessage(daemon, map.alias, devT);
  }
  yield* writeAttribute(host, process, `/sys/block/${dev}/device/rescan`, '1');
  host.udev.trigger(dev, 'add');
}
