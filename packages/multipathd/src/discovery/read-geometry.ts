// read-geometry.ts — Asks the kernel for a disk's geometry, which it looks for on the disk. Mirrors libmultipath/discovery.c: get_geometry, drivers/scsi/scsicam.c: scsi_bios_ptable.
import type { Task } from '@dmsim/sim';
import { openPath } from '@dmsim/vfs';

import type { Path } from '../path.ts';
import { closeNode } from '../path.ts';
import type { Session } from '../session.ts';

/**
 * Reads the first page, unless it is in memory, where it stays as long as somebody has the disk open: the daemon while it knows the path, a
 * program until it ends.
 */
export function* readGeometry(session: Session, path: Path): Task<void> {
  const { host, process } = session;
  const context = { process, root: host.root, cwd: '/' };
  const flags = { read: true, write: false, nonblock: true };
  const file = yield* openPath(context, `/dev/${path.dev}`, flags);
  if (typeof file === 'string') return;
  const close = () => file.release(process);
  if (session.isDaemon) {
    closeNode(path);
    path.closeNode = close;
  } else process.atExit.push(close);
  file.advise('random');
  yield* file.read(process, SECTOR);
}

const SECTOR = 512;
