// text-file.ts — Small files under /etc/multipath: read whole, written whole, their directory made when it is missing. Mirrors libmultipath/file.c: open_file.
import { decodeUtf8, encodeUtf8 } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { Directory } from '@dmsim/vfs';
import { createDirectory, openPath, readAll, writeAll } from '@dmsim/vfs';

import type { Session } from '../session.ts';

/** Null where there is no such file. */
export function* readTextFile({ host, process }: Session, path: string): Task<string | null> {
  const context = { process, root: host.root, cwd: '/' };
  const file = yield* openPath(context, path, { read: true, write: false });
  if (typeof file === 'string') return null;
  const bytes = yield* readAll(process, file);
  file.release(process);
  return typeof bytes === 'string' ? null : decodeUtf8(bytes);
}

/** False when it could not be written. */
export function* writeTextFile(
  { host, process }: Session,
  path: string,
  text: string,
): Task<boolean> {
  makeDirectories(host.root, path.split('/').slice(1, -1));
  const flags = { read: false, write: true, create: true, truncate: true };
  const file = yield* openPath({ process, root: host.root, cwd: '/' }, path, flags);
  if (typeof file === 'string') return false;
  const error = yield* writeAll(process, file, encodeUtf8(text));
  file.release(process);
  return error === undefined;
}

function makeDirectories(root: Directory, names: readonly string[]): void {
  let directory = root;
  for (const name of names) {
    const node = directory.lookup(name) ?? createDirectory();
    if (directory.lookup(name) === undefined) directory.link(name, node);
    if (node.kind !== 'directory') return;
    directory = node;
  }
}
