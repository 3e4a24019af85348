// sysfs.ts — Reading and writing attributes under /sys/block. Mirrors libmultipath/sysfs.c.
import { decodeUtf8, encodeUtf8 } from '@dmsim/libc';
import type { Errno, Process, Task } from '@dmsim/sim';
import { touchDevices } from '@dmsim/sim';
import type { OpenFile, OpenFlags, RegularFile, Vnode } from '@dmsim/vfs';
import { lookupPath, openPath, readAll, ready, writeAll } from '@dmsim/vfs';

import type { MultipathHost } from '../host.ts';
import type { Path } from '../path.ts';
import type { Session } from '../session.ts';
import { findPlace, isStillThere } from './sysfs-place.ts';

const open = (
  host: MultipathHost,
  process: Process,
  path: string,
  flags: OpenFlags,
): Task<OpenFile | Errno> => openPath({ process, root: host.root, cwd: '/' }, path, flags);

/** Without the newline; undefined where it can't be read. */
export function readAttribute(
  host: MultipathHost,
  process: Process,
  path: string,
): Task<string | undefined> {
  const node = lookupPath(path, { root: host.root, cwd: '/' });
  if (typeof node === 'string') return ready(undefined);
  return isShown(node) ? ready(shown(process, node)) : readFile(host, process, path);
}

/** Reads an attribute of the SCSI device below a disk: `/sys/block/DEV/device/NAME`. */
export function readDeviceAttribute(
  { host, process }: Pick<Session, 'host' | 'process'>,
  path: Path,
  name: string,
): Task<string | undefined> {
  if (path.place === null || !isStillThere(path.place)) path.place = findPlace(host, path.dev);
  const node = path.place?.node.lookup(name);
  if (node !== undefined && isShown(node)) return ready(shown(process, node));
  return readAttribute(host, process, `/sys/block/${path.dev}/device/${name}`);
}

type Shown = RegularFile & { readonly show: NonNullable<RegularFile['show']> };

const isShown = (node: Vnode): node is Shown => node.kind === 'file' && node.show !== undefined;

/** In one step: an attribute is read whole, and nobody waits for it. */
function shown({ sim }: Process, { show }: Shown): string | undefined {
  touchDevices(sim);
  const text = show();
  return typeof text === 'string' ? withoutNewline(text) : undefined;
}

function* readFile(host: MultipathHost, process: Process, path: string): Task<string | undefined> {
  const file = yield* open(host, process, path, { read: true, write: false });
  if (typeof file === 'string') return undefined;
  const bytes = yield* readAll(process, file);
  file.release(process);
  return typeof bytes === 'string' ? undefined : withoutNewline(decodeUtf8(bytes));
}

const withoutNewline = (text: string): string => (text.endsWith('\n') ? text.slice(0, -1) : text);

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
