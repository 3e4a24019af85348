// freeze.ts — File systems that are frozen, by their administrator and by dm, once or several times. Mirrors fs/super.c: freeze_super, thaw_super; block/bdev.c: bdev_freeze, bdev_thaw.
import type { BlockDevice } from '@dmsim/block';
import type { Errno, Task } from '@dmsim/sim';
import { printk, waitEvent, wakeUp } from '@dmsim/sim';

import type { Ext4 } from './file-system.ts';
import { emptyJournal } from './journal.ts';
import type { Mounts } from './mounts.ts';
import { mountedFrom, syncMounted } from './mounts.ts';
import { commitSuper } from './superblock.ts';

/** freeze_super: all is written, and changes wait. The caller sees to it that nobody has frozen it yet. */
export function* freezeFileSystem(fs: Ext4): Task<Errno | undefined> {
  if (!fs.readOnly) {
    const wasAborted = fs.aborted;
    const error = yield* syncMounted(fs);
    if (error !== undefined) return error;
    const failed = wasAborted ? 'EIO' : ((yield* emptyJournal(fs)) ?? (yield* commitSuper(fs)));
    if (failed !== undefined) {
      printk(fs.sim, 'VFS:Filesystem freeze failed');
      return failed;
    }
  }
  fs.freezes = 1;
  return undefined;
}

/** thaw_super: once the last one has thawed it, the superblock says that the journal is in use again. EINVAL if it is not frozen. */
export function* thawFileSystem(fs: Ext4): Task<Errno | undefined> {
  // A caller that comes meanwhile waits for the lock (s_umount), and finds the file system thawed.
  if (fs.thawing) yield* waitEvent(fs.thawed, () => !fs.thawing);
  if (fs.freezes === 0) return 'EINVAL';
  if (fs.freezes > 1) {
    fs.freezes--;
    return undefined;
  }
  fs.thawing = true;
  if (!fs.readOnly && !fs.shutDown) yield* commitSuper(fs);
  fs.freezes = 0;
  fs.thawing = false;
  wakeUp(fs.thawed);
  return undefined;
}

/** bdev_freeze: freezes the file system on a disk that is not frozen yet. Without one, `otherwise` writes its dirty pages. */
export function* freezeDisk(
  mounts: Mounts,
  disk: BlockDevice,
  otherwise: () => Task<Errno | undefined>,
): Task<Errno | undefined> {
  const { frozen } = mounts;
  const before = frozen.get(disk) ?? 0;
  frozen.set(disk, before + 1);
  if (before > 0) return undefined;
  const error = yield* freezeOnce(mountedFrom(mounts, disk), otherwise);
  if (error !== undefined) frozen.delete(disk);
  return error;
}

/** A file system that its administrator has frozen is frozen once more (FREEZE_MAY_NEST). */
function* freezeOnce(
  fs: Ext4 | undefined,
  otherwise: () => Task<Errno | undefined>,
): Task<Errno | undefined> {
  if (fs === undefined) return yield* otherwise();
  if (fs.freezes === 0) return yield* freezeFileSystem(fs);
  fs.freezes++;
  return undefined;
}

/** bdev_thaw. A disk whose file system could not be thawed stays frozen, and the next freeze does nothing. */
export function* thawDisk(mounts: Mounts, disk: BlockDevice): Task<void> {
  const { frozen } = mounts;
  const left = (frozen.get(disk) ?? 0) - 1;
  if (left < 0) return;
  if (left > 0) {
    frozen.set(disk, left);
    return;
  }
  const fs = mountedFrom(mounts, disk);
  const error = fs === undefined ? undefined : yield* thawFileSystem(fs);
  if (error === undefined) frozen.delete(disk);
}
