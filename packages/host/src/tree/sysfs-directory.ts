// sysfs-directory.ts — Directories of sysfs, which are listed in the order of hashes. Mirrors fs/kernfs/dir.c: kernfs_fop_readdir.
import type { Directory, Vnode } from '@dmsim/vfs';

import { fixedDirectory, kernelDirectory } from './kernel-directory.ts';
import { inKernfsOrder } from './kernfs-order.ts';

const ordered = (directory: Directory): Directory => ({
  ...directory,
  entries: () => inKernfsOrder(directory.entries()),
});

/** As kernelDirectory. */
export const sysfsDirectory = (
  list: () => Iterable<string>,
  lookup: (name: string) => Vnode | undefined,
): Directory => ordered(kernelDirectory(list, lookup));

/** As fixedDirectory. */
export const fixedSysfsDirectory = (...args: Parameters<typeof fixedDirectory>): Directory =>
  ordered(fixedDirectory(...args));
