// pid-file.ts — /run/multipathd.pid: who holds its lock is the daemon. Mirrors multipathd/pidfile.c.
import { encodeUtf8 } from '@dmsim/libc';
import type { Process, Task } from '@dmsim/sim';
import { threadsOf } from '@dmsim/sim';
import type { Vnode } from '@dmsim/vfs';
import { lookupPath, openPath, resolvePath, writeAll } from '@dmsim/vfs';

import type { MultipathHost } from '../host.ts';
import type { Log } from '../log.ts';

const PATH = '/run/multipathd.pid';

/** The file that is locked; another of the same name is not. */
export interface PidLock {
  holder: Vnode | null;
}

export const createPidLock = (): PidLock => ({ holder: null });

/** False when another daemon holds the lock. */
export function* createPidFile(host: MultipathHost, process: Process, log: Log): Task<boolean> {
  const context = { process, root: host.root, cwd: '/' };
  const node = lookupPath(PATH, context);
  if (host.pidLock.holder !== null && node === host.pidLock.holder) {
    log.put(0, 'process is already running');
    return false;
  }
  const flags = { read: false, write: true, create: true, truncate: true };
  const file = yield* openPath(context, PATH, flags);
  if (typeof file === 'string') {
    log.put(0, `Cannot open pidfile [${PATH}], error was [${file}]`);
    return false;
  }
  yield* writeAll(process, file, encodeUtf8(String(process.pid)));
  file.release(process);
  const made = lookupPath(PATH, context);
  if (typeof made !== 'string') holdLock(host.pidLock, process, made);
  return true;
}

/** Until the last thread of the daemon has ended: one that waits for I/O keeps it beyond a KILL. */
function holdLock(lock: PidLock, process: Process, node: Vnode): void {
  lock.holder = node;
  threadsOf(process).atExit.push(() => {
    if (lock.holder === node) lock.holder = null;
  });
}

/** A daemon that ends removes the file, even one that never had the lock. */
export function removePidFile({ root }: MultipathHost): void {
  const found = resolvePath(PATH, { root, cwd: '/' });
  if (typeof found !== 'string' && found.node !== undefined) found.parent.unlink(found.name);
}
