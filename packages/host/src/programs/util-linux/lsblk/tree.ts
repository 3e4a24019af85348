// tree.ts — The tree of disks that lsblk(8) shows: below each disk what stands on it, or with -s what it stands on.
import type { Tool } from '@dmsim/coreutils';
import { lookup, refuse } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';

import type { Disk } from './disk.ts';
import { byNumber, namesIn, partitionsOf, readDisk, relatives } from './disk.ts';

export interface TreeNode {
  readonly disk: Disk;
  readonly parent: Disk | null;
  readonly children: readonly TreeNode[];
}

export interface Choice {
  /** -s */
  readonly inverse: boolean;
  /** -d */
  readonly alone: boolean;
  /** -a: empty disks, too */
  readonly all: boolean;
  /** -e: excluded majors, by default those of ram disks */
  readonly exclude: ReadonlySet<number>;
  /** -I */
  readonly include: ReadonlySet<number> | null;
  /** As sysfs lists them, for an order by a column (-x), which keeps that where values are equal; otherwise by number. */
  readonly asListed: boolean;
}

const inOrder = ({ asListed }: Choice, disks: readonly Disk[]): readonly Disk[] =>
  asListed ? disks : disks.toSorted(byNumber);

/** All disks that stand on no other (with -s: that no other stands on), without empty ones. */
export function* wholeForest(t: Tool, choice: Choice): Task<TreeNode[]> {
  const disks: Disk[] = [];
  for (const name of namesIn(t, '/sys/block')) disks.push(yield* readDisk(t, name));
  const roots: TreeNode[] = [];
  for (const disk of inOrder(choice, disks)) {
    if (!isChosen(choice, disk)) continue;
    const parts = choice.inverse ? inOrder(choice, yield* partitionsOf(t, disk)) : [];
    for (const root of parts.length > 0 ? parts : [disk]) {
      const below = yield* relatives(t, root, choice.inverse ? 'holders' : 'slaves');
      if (below.length === 0) roots.push(yield* treeOf(t, choice, root, null));
    }
  }
  const other = choice.include === null ? undefined : otherMajor(roots, choice.include);
  if (other !== undefined) refuse(t, `-I, which may leave ${other.name} out`);
  return roots;
}

const isChosen = (choice: Choice, disk: Disk): boolean =>
  !isLeftOut(choice, disk) &&
  !choice.exclude.has(disk.major) &&
  choice.include?.has(disk.major) !== false;

const isLeftOut = ({ all }: Choice, { sectors }: Disk): boolean => sectors === 0 && !all;

/** A disk that stands on a chosen one without being chosen. Whether it is shown depends on the order in which Linux comes to them. */
function otherMajor(nodes: readonly TreeNode[], include: ReadonlySet<number>): Disk | undefined {
  for (const { disk, children } of nodes) {
    if (!include.has(disk.major)) return disk;
    const below = otherMajor(children, include);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** The tree of the device that `path` names; undefined if there is no such device, null if it is empty. */
export function* treeAt(t: Tool, choice: Choice, path: string): Task<TreeNode | null | undefined> {
  const node = lookup(t, path);
  if (typeof node === 'string' || node.kind !== 'block') return undefined;
  for (const name of namesIn(t, '/sys/class/block')) {
    const disk = yield* readDisk(t, name);
    if (disk.major !== node.major || disk.minor !== node.minor) continue;
    return isLeftOut(choice, disk) ? null : yield* treeOf(t, choice, disk, null);
  }
  return undefined;
}

function* treeOf(t: Tool, choice: Choice, disk: Disk, parent: Disk | null): Task<TreeNode> {
  if (choice.alone) return { disk, parent, children: [] };
  const children: TreeNode[] = [];
  if (!choice.inverse && disk.whole === null) {
    for (const part of inOrder(choice, yield* partitionsOf(t, disk)))
      children.push(yield* treeOf(t, choice, part, disk));
  }
  const others = yield* relatives(t, disk, choice.inverse ? 'slaves' : 'holders');
  for (const other of inOrder(choice, others)) {
    if (!isLeftOut(choice, other)) children.push(yield* treeOf(t, choice, other, disk));
  }
  return { disk, parent, children };
}

/** Lists each disk once, below the last that it is shown below. */
export function listOf(roots: readonly TreeNode[]): TreeNode[] {
  const seen = new Map<string, TreeNode>();
  const walk = (nodes: readonly TreeNode[]): void => {
    for (const node of nodes) {
      seen.set(node.disk.name, node);
      walk(node.children);
    }
  };
  walk(roots);
  return [...seen.values()];
}
