// inode.ts — The fields of stat(2) that a Vnode lacks: links, blocks, owner.
import { isMemoryFile } from '@dmsim/vfs';
import type { Vnode } from '@dmsim/vfs';

/** Counts links. A directory is linked from its parent, itself and its subdirectories. */
export function linkCount(node: Vnode): number {
  if (isMemoryFile(node)) return Math.max(node.links, 1);
  if (node.kind !== 'directory') return 1;
  return 2 + node.entries().filter((name) => node.lookup(name)?.kind === 'directory').length;
}

/** The bytes on disk: whole pages in tmpfs, none for sysfs and procfs. */
export const sizeOnDisk = (node: Vnode): number => (isMemoryFile(node) ? node.sizeOnDisk() : 0);

export const GROUPS = { root: 0, disk: 6 } as const;

/** The group is root; block devices belong to the group disk, unless they were made otherwise. */
export const groupNameOf = (node: Vnode): keyof typeof GROUPS =>
  node.kind === 'block' && node.gid !== GROUPS.root ? 'disk' : 'root';

export const groupOf = (node: Vnode, numeric: boolean): string => {
  const name = groupNameOf(node);
  return numeric ? String(GROUPS[name]) : name;
};

export const sizeOf = (node: Vnode): number => {
  if (node.kind === 'file') return node.size();
  if (node.kind === 'symlink') return node.target.length;
  return node.kind === 'directory' ? (node.size?.() ?? 0) : 0;
};
