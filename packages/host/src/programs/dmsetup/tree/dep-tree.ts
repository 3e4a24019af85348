// dep-tree.ts — The tree of devices and the devices they stand on. Mirrors libdm/libdm-deptree.c: dm_tree_add_dev.
import type { DeviceInfo, HashCell } from '@dmsim/dm';
import { allCells, deviceInfo, findCell, tableDeps } from '@dmsim/dm';

import { unmangle } from '../names.ts';
import type { Run } from '../run.ts';

export interface TreeNode {
  readonly major: number;
  readonly minor: number;
  /** Empty for a device that is not mapped. */
  readonly name: string;
  readonly uuid: string;
  readonly info: DeviceInfo | null;
  readonly uses: TreeNode[];
  readonly usedBy: TreeNode[];
}

export interface DepTree {
  /** By `M:m`. */
  readonly nodes: Map<string, TreeNode>;
  /** Devices that nothing stands on, and devices that stand on nothing. */
  readonly top: TreeNode[];
  readonly bottom: TreeNode[];
}

export function buildTree(run: Run): DepTree {
  const tree: DepTree = { nodes: new Map(), top: [], bottom: [] };
  for (const { md } of allCells(run.dm))
    addDevice(run, tree, null, { major: md.dm.major, minor: md.minor });
  return tree;
}

interface DeviceNumber {
  readonly major: number;
  readonly minor: number;
}

/** Adds a device, and all that are below it, unless it is in the tree already; in either case it becomes a child of `parent`. */
function addDevice(
  run: Run,
  tree: DepTree,
  parent: TreeNode | null,
  { major, minor }: DeviceNumber,
): void {
  const key = `${major}:${minor}`;
  const known = tree.nodes.get(key);
  const cell = findCell(run.dm, { major, minor });
  const node = known ?? createNode(cell, major, minor);
  link(tree, parent, node);
  if (known !== undefined) return;
  tree.nodes.set(key, node);
  const deps = cell === undefined ? [] : depsOf(run, cell);
  if (deps.length === 0) tree.bottom.push(node);
  for (const dep of deps) addDevice(run, tree, node, dep);
}

function createNode(cell: HashCell | undefined, major: number, minor: number): TreeNode {
  const info = cell === undefined ? null : deviceInfo(cell);
  return {
    major,
    minor,
    name: unmangle(info?.name ?? ''),
    uuid: info?.uuid ?? '',
    info,
    uses: [],
    usedBy: [],
  };
}

function depsOf(run: Run, cell: HashCell): readonly { major: number; minor: number }[] {
  const deps = tableDeps(run.dm, { name: cell.name });
  return typeof deps === 'string' ? [] : deps;
}

/** A device that gets a parent is no longer at the top. */
function link({ top }: DepTree, parent: TreeNode | null, node: TreeNode): void {
  if (parent === null) {
    if (node.usedBy.length === 0 && !top.includes(node)) top.push(node);
    return;
  }
  if (parent.uses.includes(node)) return;
  const i = top.indexOf(node);
  if (i >= 0) top.splice(i, 1);
  parent.uses.push(node);
  node.usedBy.push(parent);
}

export const childrenOf = (_tree: DepTree, node: TreeNode): readonly TreeNode[] => node.uses;

export const parentsOf = (_tree: DepTree, node: TreeNode): readonly TreeNode[] => node.usedBy;
