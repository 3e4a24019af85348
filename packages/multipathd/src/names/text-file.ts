// text-file.ts — Small files under /etc/multipath: read whole, written whole, their directory made when it is missing. Mirrors libmultipath/file.c: open_file.
import { decodeUtf8, encodeUtf8 } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { OpenContext, Resolved } from '@dmsim/vfs';
import { createDirectory, openPath, readAll, resolvePath, writeAll } from '@dmsim/vfs';

import type { Session } from '../session.ts';

/** For root alone. */
const FILE_MODE = 0o600;
const DIRECTORY_MODE = 0o700;

const contextOf = ({ host, process, cwd }: Session): OpenContext => ({
  process,
  root: host.root,
  cwd,
});

/** Null where there is no such file. */
export function* readTextFile(session: Session, path: string): Task<string | null> {
  const { process } = session;
  const file = yield* openPath(contextOf(session), path, { read: true, write: false });
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
  const { process, log } = session;
  if (!makeDirectories(session, path)) return null;
  const flags = { read: true, write: true, create: true, mode: FILE_MODE };
  const file = yield* openPath(contextOf(session), path, flags);
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

/** False when it could not be written. `mode` is that of a new file. */
export function* writeTextFile(
  session: Session,
  path: string,
  text: string,
  mode: number = FILE_MODE,
): Task<boolean> {
  const { process } = session;
  if (!makeDirectories(session, path)) return false;
  const flags = { read: false, write: true, create: true, truncate: true, mode };
  const file = yield* openPath(contextOf(session), path, flags);
  if (typeof file === 'string') return false;
  const error = yield* writeAll(process, file, encodeUtf8(text));
  file.release(process);
  return error === undefined;
}

/** Writes a file of the name anew, as by rename(2). */
export function* replaceTextFile(session: Session, path: string, text: string): Task<boolean> {
  const place = resolvePath(path, contextOf(session));
  if (typeof place !== 'string' && place.node !== undefined) place.parent.unlink(place.name);
  return yield* writeTextFile(session, path, text);
}

/** Makes the directories that `path` leads through. False for one that can't be made, which is logged. */
export function makeDirectories(session: Session, path: string): boolean {
  const { log, process } = session;
  const root = path.length - path.replace(/^\/+/, '').length;
  for (let at = path.indexOf('/', root); at >= 0; at = path.indexOf('/', at + 1)) {
    const directory = path.slice(0, at);
    const place = resolvePath(directory, contextOf(session));
    const error = typeof place === 'string' ? place : makeDirectory(place, process.umask);
    if (error === undefined) log.put(3, `Created dir [${directory}]`);
    else if (error !== 'EEXIST') {
      log.put(0, `Cannot make directory [${directory}] : ${strerror(error)}`);
      return false;
    }
  }
  return true;
}

const makeDirectory = ({ parent, name, node }: Resolved, umask: number): Errno | undefined =>
  node === undefined ? parent.link(name, createDirectory({}, DIRECTORY_MODE & ~umask)) : 'EEXIST';
