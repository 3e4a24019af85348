// inode.ts — What stat(2) says of a node beyond what a Vnode has: links, blocks, who owns it.
import { isMemoryFile } from '@dmsim/vfs';
import type { Vnode } from '@dmsim/vfs';

/** A directory is linked by its parent, itself and its subdirectories. */
export function linkCount(node: Vnode): number {
  if (isMemoryFile(node)) return Math.max(node.links, 1);
  if (node.kind !== 'directory') return 1;
  return 2 + node.entries().filter((name) => node.lookup(name)?.kind === 'directory').length;
}

/** Bytes on disk: tmpfs keeps whole pages, attributes of the kernel have none. */
export const sizeOnDisk = (node: Vnode): number => (isMemoryFile(node) ? node.sizeOnDisk() : 0);

export const GROUPS = { root: 0, disk: 6 } as const;

/** Everything is root's; the block devices are the disk group's, as udev has them. */
export const groupNameOf = (node: Vnode): keyof typeof GROUPS =>
  node.kind === 'block' ? 'disk' : 'root';

export const groupOf = (node: Vnode, numeric: boolean): string => {
  const name = groupNameOf(node);
  return numeric ? String(GROUPS[name]) : name;
};

export const sizeOf = (node: Vnode): number => {
  if (node.kind === 'file') return node.size();
  if (node.kind === 'symlink') return node.target.length;
  return node.kind === 'directory' ? node.entries().length * 20 : 0;
};
