// sysfs.ts — Reading and writing attributes under /sys/block. Mirrors libmultipath/sysfs.c.
import { encodeUtf8 } from '@dmsim/libc';
import type { Errno, Process, Sim, Task } from '@dmsim/sim';
import { touchDevices } from '@dmsim/sim';
import type { Vnode } from '@dmsim/vfs';
import { lookupPath, openPath, writeAll } from '@dmsim/vfs';

import type { MultipathHost } from '../host.ts';
import type { Path } from '../path.ts';
import type { Session } from '../session.ts';
import { findPlace, isStillThere } from './sysfs-place.ts';

/** Without the newline; undefined where it can't be read. In one step, since nobody waits for an attribute. */
export function readAttribute({ root, sim }: MultipathHost, path: string): string | undefined {
  const node = lookupPath(path, { root, cwd: '/' });
  return typeof node === 'string' ? undefined : shown(sim, node);
}

/** Reads an attribute of the SCSI device below a disk: `/sys/block/DEV/device/NAME`. */
export function readDeviceAttribute(
  { host }: Pick<Session, 'host'>,
  path: Path,
  name: string,
): string | undefined {
  if (path.place === null || !isStillThere(path.place)) path.place = findPlace(host, path.dev);
  const node = path.place?.node.lookup(name);
  if (node !== undefined && node.kind === 'file') return shown(host.sim, node);
  return readAttribute(host, `/sys/block/${path.dev}/device/${name}`);
}

function shown(sim: Sim, node: Vnode): string | undefined {
  if (node.kind !== 'file' || node.show === undefined) return undefined;
  touchDevices(sim);
  const text = node.show();
  return typeof text === 'string' ? withoutNewline(text) : undefined;
}

const withoutNewline = (text: string): string => (text.endsWith('\n') ? text.slice(0, -1) : text);

/** The errno of a write that failed. */
export function* writeAttribute(
  host: MultipathHost,
  process: Process,
  path: string,
  text: string,
): Task<Errno | undefined> {
  const at = { process, root: host.root, cwd: '/' };
  const file = yield* openPath(at, path, { read: false, write: true });
  if (typeof file === 'string') return file;
  const error = yield* writeAll(process, file, encodeUtf8(text));
  file.release(process);
  return error;
}
