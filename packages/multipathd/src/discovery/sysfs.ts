// sysfs.ts — Reading and writing attributes under /sys/block. Mirrors libmultipath/sysfs.c.
import { decodeUtf8, encodeUtf8 } from '@dmsim/libc';
import type { Errno, Process, Task } from '@dmsim/sim';
import type { OpenFile, OpenFlags } from '@dmsim/vfs';
import { openPath, readAll, writeAll } from '@dmsim/vfs';

import type { MultipathHost } from '../host.ts';

const open = (
  host: MultipathHost,
  process: Process,
  path: string,
  flags: OpenFlags,
): Task<OpenFile | Errno> => openPath({ process, root: host.root, cwd: '/' }, path, flags);

/** Without the newline; undefined where it can't be read. */
export function* readAttribute(
  host: MultipathHost,
  process: Process,
  path: string,
): Task<string | undefined> {
  const file = yield* open(host, process, path, { read: true, write: false });
  if (typeof file === 'string') return undefined;
  const bytes = yield* readAll(process, file);
  file.release(process);
  return typeof bytes === 'string' ? undefined : decodeUtf8(bytes).replace(/\n$/, '');
}

/** Of the SCSI device below a disk: `/sys/block/DEV/device/NAME`. */
export const readDeviceAttribute = (
  host: MultipathHost,
  process: Process,
  dev: string,
  name: string,
): Task<string | undefined> => readAttribute(host, process, `/sys/block/${dev}/device/${name}`);

/** The errno of a write that failed. */
export function* writeAttribute(
  host: MultipathHost,
  process: Process,
  path: string,
  text: string,
): Task<Errno | undefined> {
  const file = yield* open(host, process, path, { read: false, write: true });
  if (typeof file === 'string') return file;
  const error = yield* writeAll(process, file, encodeUtf8(text));
  file.release(process);
  return error;
}
