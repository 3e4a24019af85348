// own-rules.ts — Rules that a lab writes for udevd are not simulated: the first event after that ends the lab with the name of their file.
import { decodeUtf8 } from '@dmsim/libc';
import type { Process, Task } from '@dmsim/sim';
import { NotSupported } from '@dmsim/sim';
import { lookupPath, openPath, readAll } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';

const DIRECTORIES = ['/etc/udev/rules.d', '/run/udev/rules.d', '/usr/local/lib/udev/rules.d'];

/** Rules that Debian has: a file or a link of the same name elsewhere takes their place, even an empty one. */
const OF_DEBIAN: ReadonlySet<string> = new Set(
  (
    '50-firmware 50-udev-default 55-dm 55-scsi-sg3_id 56-dm-mpath 56-dm-parts 56-lvm 58-scsi-sg3_symlink 60-autosuspend ' +
    '60-block 60-cdrom_id 60-kpartx 60-multipath 60-persistent-storage-dm 60-persistent-storage-tape ' +
    '60-persistent-storage 60-serial 64-btrfs 68-del-part-nodes 69-lvm 80-debian-compat 80-drivers 95-dm-notify 96-e2scrub ' +
    '99-systemd'
  ).split(' '),
);

/** Refuses files with a rule in them. Comments are none. */
export function* refuseOwnRules(process: Process, { root }: Machine): Task<void> {
  const context = { process, root, cwd: '/' };
  for (const path of DIRECTORIES) {
    const directory = lookupPath(path, context);
    if (typeof directory === 'string' || directory.kind !== 'directory') continue;
    for (const name of directory.entries()) {
      if (!name.endsWith('.rules')) continue;
      const file = `${path}/${name}`;
      if (OF_DEBIAN.has(name.slice(0, -'.rules'.length))) refuse(file);
      const opened = yield* openPath(context, file, { read: true, write: false });
      if (typeof opened === 'string') continue;
      const bytes = yield* readAll(process, opened);
      opened.release(process);
      if (typeof bytes !== 'string' && /^[ \t]*[^\s#]/m.test(decodeUtf8(bytes))) refuse(file);
    }
  }
}

function refuse(file: string): never {
  const error = new NotSupported('udevd', 0, file);
  error.message = `systemd-udevd: not supported: ${file} (rules of your own)`;
  throw error;
}
