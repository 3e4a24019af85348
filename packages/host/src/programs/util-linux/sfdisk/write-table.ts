// write-table.ts — Writes a table to a disk that must not be in use, and tells the kernel of it. Mirrors util-linux's disk-utils/sfdisk.c: write_changes, is_device_used.
import { complain, err } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';

import { rereadPartitions } from '../reread-partitions.ts';
import type { Label } from './label.ts';
import { SECTOR } from './label.ts';
import type { Call, Opened } from './open-disk.ts';
import { close } from './open-disk.ts';
import { labelPieces } from './table-on-disk.ts';

/** Whether nothing on the disk is in use, so that the kernel would read its table anew. */
const isFree = ({ dev }: Opened): boolean =>
  dev === undefined ||
  (dev.holder === null && dev.partitions.every(({ openers }) => openers === 0));

const OLD_TABLE =
  'The kernel still uses the old table. The new table will be used at the next reboot or after you run partprobe(8) or partx(8).\n';

/** Writes the table, has the kernel read it, and closes the disk. Returns the exit status: a kernel that goes on with the old table is no failure. */
export function* writeTable(call: Call, disk: Opened, label: Label): Task<number> {
  const { t, has, machine } = call;
  const { file, facts, dev } = disk;
  for (const { sector, bytes } of labelPieces(label, disk.head, facts.capacity)) {
    file.seek(sector * SECTOR, 'set');
    const done = yield* file.write(t.process, bytes);
    if (typeof done === 'string') return err(t, `failed to write disklabel: ${strerror(done)}`);
  }
  if (!has('q')) t.out.put('\nThe partition table has been altered.\n');
  yield* file.sync(t.process);
  if (dev !== undefined && !has('no-tell-kernel')) {
    if (!has('q')) t.out.put('Calling ioctl() to re-read partition table.\n');
    const error = rereadPartitions(machine, dev);
    if (error !== undefined) {
      yield* t.out.flush();
      yield* complain(t, `Re-reading the partition table failed.: ${strerror(error)}\n`);
      if (!has('q')) t.out.put(OLD_TABLE);
    }
  }
  if (!has('q')) t.out.put('Syncing disks.\n');
  yield* file.linger(t.process);
  close(call, disk);
  return 0;
}

const IN_USE = `This disk is currently in use - repartitioning is probably a bad idea.
Umount all file systems, and swapoff all swap partitions on this disk.
Use the --no-reread flag to suppress this check.

`;

/** Says whether the disk is in use, and ends the call if it is, unless --force or --no-reread is given. */
export function* checkUnused({ t, has }: Call, disk: Opened): Task<void> {
  if (has('no-reread')) return;
  const free = isFree(disk);
  const answer = free ? 'OK\n' : 'FAILED\n\n';
  if (!has('q')) t.out.put(`Checking that no-one is using this disk right now ... ${answer}`);
  if (free) return;
  yield* t.out.flush();
  yield* complain(t, IN_USE);
  if (!has('f')) err(t, 'Use the --force flag to overrule all checks.');
}
