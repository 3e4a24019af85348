// sysfs-directory.ts — Directories of sysfs, which are listed in the order of hashes. Mirrors fs/kernfs/dir.c: kernfs_fop_readdir.
import type { Directory, Vnode } from '@dmsim/vfs';

import { fixedDirectory, kernelDirectory } from './kernel-directory.ts';
import { inKernfsOrder } from './kernfs-order.ts';

/** As kernelDirectory. */
export const sysfsDirectory = (
  list: () => Iterable<string>,
  lookup: (name: string) => Vnode | undefined,
): Directory => kernelDirectory(() => inKernfsOrder(list()), lookup);

/** As fixedDirectory. */
export function fixedSysfsDirectory(...args: Parameters<typeof fixedDirectory>): Directory {
  const directory = fixedDirectory(...args);
  return sysfsDirectory(
    () => directory.entries(),
    (name) => directory.lookup(name),
  );
}
