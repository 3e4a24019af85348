// inode.ts — The fields of stat(2) that a Vnode lacks: links, blocks, owner.
import { clockOf, type Moment } from '@dmsim/libc';
import type { Sim } from '@dmsim/sim';
import { isMemoryFile } from '@dmsim/vfs';
import type { FileTimes, Vnode } from '@dmsim/vfs';

import type { Tool } from '../tool.ts';

/** Counts links. A directory is linked from its parent, itself and its subdirectories. */
export function linkCount(node: Vnode): number {
  if (isMemoryFile(node)) return Math.max(node.links, 1);
  if (node.kind !== 'directory') return 1;
  return 2 + node.entries().filter((name) => node.lookup(name)?.kind === 'directory').length;
}

interface Inodes {
  readonly numbers: WeakMap<Vnode, number>;
  next: number;
}

/** The files that were asked for their inode, by machine. */
const inodes = new WeakMap<Sim, Inodes>();

/** A number for a file in memory, which only tells whether two names lead to one file; undefined for what the kernel manages. */
export function inodeOf({ process: { sim } }: Tool, node: Vnode): number | undefined {
  if (node.times === undefined) return undefined;
  const known = inodes.get(sim) ?? { numbers: new WeakMap<Vnode, number>(), next: 1000 };
  inodes.set(sim, known);
  const number = known.numbers.get(node) ?? known.next++;
  known.numbers.set(node, number);
  return number;
}

/** The bytes on disk: whole pages in tmpfs, none for sysfs and procfs. */
export function sizeOnDisk(node: Vnode): number {
  if (node.kind === 'directory') return node.sizeOnDisk?.() ?? 0;
  return isMemoryFile(node) ? node.sizeOnDisk() : 0;
}

/** The times of a file, in nanoseconds since 1970. The kernel makes the inodes of sysfs and procfs when they are looked at. */
export function timesOf(t: Tool, { times }: Vnode): Readonly<FileTimes> {
  if (times !== undefined) return times;
  const now = clockOf(t.process.sim)();
  return { accessed: now, modified: now, changed: now, born: now };
}

const BILLION = 1_000_000_000n;

export function momentOfTime(time: bigint): Moment {
  const nanos = ((time % BILLION) + BILLION) % BILLION;
  return { seconds: Number((time - nanos) / BILLION), nanos: Number(nanos) };
}

export const timeOfMoment = ({ seconds, nanos }: Moment): bigint =>
  BigInt(seconds) * BILLION + BigInt(nanos);

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
