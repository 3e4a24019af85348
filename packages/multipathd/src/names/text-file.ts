// text-file.ts — Small files under /etc/multipath: read whole, written whole, their directory made when it is missing. Mirrors libmultipath/file.c: open_file.
import { decodeUtf8, encodeUtf8 } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
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

/** Its text; a file that is missing or empty is made, with its heading. Null when it can't be opened for writing, which is logged. */
export function* readOrMakeFile(
  session: Session,
  path: string,
  heading: string,
): Task<string | null> {
  const { host, process, log } = session;
  makeDirectories(session, path.split('/').slice(1, -1));
  const flags = { read: true, write: true, create: true };
  const file = yield* openPath({ process, root: host.root, cwd: '/' }, path, flags);
  if (typeof file === 'string') {
    log.put(0, `Cannot open file [${path}] : ${strerror(file)}`);
    return null;
  }
  const bytes = yield* readAll(process, file);
  file.release(process);
  const text = typeof bytes === 'string' ? '' : decodeUtf8(bytes);
  if (text !== '') return text;
  yield* writeTextFile(session, path, heading);
  log.put(3, `Initialized new file [${path}]`);
  return heading;
}

/** False when it could not be written. */
export function* writeTextFile(session: Session, path: string, text: string): Task<boolean> {
  const { host, process } = session;
  makeDirectories(session, path.split('/').slice(1, -1));
  const flags = { read: false, write: true, create: true, truncate: true };
  const file = yield* openPath({ process, root: host.root, cwd: '/' }, path, flags);
  if (typeof file === 'string') return false;
  const error = yield* writeAll(process, file, encodeUtf8(text));
  file.release(process);
  return error === undefined;
}

function makeDirectories({ host, log }: Session, names: readonly string[]): void {
  let directory: Directory = host.root;
  for (const [i, name] of names.entries()) {
    const node = directory.lookup(name) ?? createDirectory();
    if (directory.lookup(name) === undefined) {
      directory.link(name, node);
      log.put(3, `Created dir [/${names.slice(0, i + 1).join('/')}]`);
    }
    if (node.kind !== 'directory') return;
    directory = node;
  }
}
