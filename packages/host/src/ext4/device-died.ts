// device-died.ts — What a mounted ext4 does when its disk is removed. Mirrors block/bdev.c: bdev_mark_dead; fs/ext4/ioctl.c: ext4_force_shutdown.
import { logRefusedWrite, REQ, scsiDeviceOf } from '@dmsim/block';
import { NotSupported, printk, wakeUp } from '@dmsim/sim';

import type { Ext4 } from './file-system.ts';
import { journalSuperWrite, journalSuperLost } from './journal.ts';

/** Called while the disk refuses new I/O and can still be found: all that is written fails at once. */
export function deviceDied(fs: Ext4): void {
  const { sim, dev } = fs;
  const unwritten = fs.transaction !== null || [...fs.inodes].some(({ dirty }) => dirty.size > 0);
  if (unwritten && !fs.aborted)
    throw new NotSupported(
      'ext4',
      0,
      'the removal of a disk whose file system holds what is not on it',
    );
  if (scsiDeviceOf(dev) === null)
    throw new NotSupported('ext4', 0, `the removal of ${dev.name} below a mounted file system`);
  // sync_filesystem ends with a flush.
  if (!fs.readOnly && !fs.aborted)
    logRefusedWrite(dev, { sector: 0, flags: REQ.SYNC, segments: 0 });
  printk(sim, `EXT4-fs (${dev.name}): shut down requested (2)`);
  fs.shutDown = true;
  if (fs.aborted) return;
  fs.aborted = true;
  printk(sim, `Aborting journal on device ${dev.name}-8.`);
  const { sector, flags } = journalSuperWrite(fs);
  logRefusedWrite(dev, { sector, flags: flags & ~REQ.PREFLUSH, segments: 1 });
  journalSuperLost(fs);
  wakeUp(fs.commit);
  wakeUp(fs.commitDone);
}
