// tree.ts — Directories and files of the file system, kept in memory; each change goes through the journal. Mirrors fs/ext4/namei.c, file.c.
import type { Errno, Process } from '@dmsim/sim';
import { createWaitQueue } from '@dmsim/sim';
import type { Directory, OpenFlags, Vnode } from '@dmsim/vfs';
import { isMemoryFile } from '@dmsim/vfs';

import { freeFrom } from './allocate.ts';
import type { Change } from './errors.ts';
import { changeInode, emptyFile, touchListed, startChange } from './errors.ts';
import type { Inode } from './file-system.ts';
import { startWrite } from './file-system.ts';
import type { Tree } from './file.ts';
import { openFile } from './file.ts';
import { startTransaction } from './journal.ts';
import { BLOCK } from './layout.ts';
import { startReading } from './pages.ts';
import { blocksOf } from './space.ts';

/** A directory of the file system, whose names are in `inner`. `size` is in bytes. @defaultValue a block */
export function treeDirectory(
  tree: Tree,
  inner: Directory,
  size: number = tree.fs.blockSize,
): Directory {
  const change = (what: Change, act: () => Errno | undefined): Errno | undefined => {
    const error = startChange(tree.fs, what);
    if (error !== undefined) return error;
    startTransaction(tree.fs);
    return act();
  };
  return {
    kind: 'directory',
    mode: inner.mode,
    times: inner.times,
    size: () => size,
    sizeOnDisk: () => size,
    entries() {
      touchListed(tree.fs);
      return inner.entries();
    },
    lookup: (name) => inner.lookup(name),
    startWrite: () => startWrite(tree.fs),
    changeAttributes: () => changeInode(tree.fs, null),
    link: (name, node) =>
      change(linking(tree, node), () => {
        const before = inner.lookup(name);
        const error = inner.link(name, adopt(tree, node));
        if (error !== undefined) return error;
        countLink(tree, node, 1);
        if (before !== node) countLink(tree, before, -1);
        return undefined;
      }),
    unlink: (name) =>
      change(inner.lookup(name)?.kind === 'directory' ? 'other' : 'unlink', () => {
        const before = inner.lookup(name);
        const error = inner.unlink(name);
        if (error === undefined) countLink(tree, before, -1);
        return error;
      }),
  };
}

/** A node that is not of this file system yet is being made. */
function linking(tree: Tree, node: Vnode): Change {
  if (node.kind === 'directory') return node.startWrite === undefined ? 'mkdir' : 'other';
  return node.kind === 'file' && inodeOf(tree, node) === undefined ? 'create' : 'other';
}

/** A file without a name is gone, and its blocks are free. */
function countLink(tree: Tree, node: Vnode | undefined, change: 1 | -1): void {
  const inode = node === undefined ? undefined : inodeOf(tree, node);
  if (inode === undefined) return;
  inode.links += change;
  if (inode.links > 0) return;
  freeFrom(tree.fs, inode, 0);
  tree.fs.inodes.delete(inode);
}

const inodeOf = ({ fs }: Tree, node: Vnode): Inode | undefined =>
  [...fs.inodes].find(({ file }) => file === node);

/** Moves a node that was made elsewhere into this file system. */
function adopt(tree: Tree, node: Vnode): Vnode {
  if (node.kind === 'directory') return treeDirectory(tree, node);
  if (node.kind !== 'file' || !isMemoryFile(node) || inodeOf(tree, node) !== undefined) return node;
  const { fs } = tree;
  const inode: Inode = {
    number: fs.nextInode++,
    file: node,
    links: 0,
    blocks: new Map(),
    delayed: new Set(),
    unwritten: new Set(),
    lost: new Set(),
    dirty: new Map(),
    writing: new Set(),
    away: new Map(),
    marks: new Set(),
    read: createWaitQueue('a block of a file'),
    errors: 0,
    told: true,
  };
  fs.inodes.add(inode);
  const open = node.open.bind(node);
  const truncate = node.truncate.bind(node);
  return Object.assign(node, {
    open: (process: Process, path: string, flags: OpenFlags) =>
      openFile(tree, inode, () => open(process, path, flags), flags),
    changeAttributes: () => changeInode(fs, inode.number),
    sizeOnDisk: () => blocksOf(inode, fs.blockSize) * fs.blockSize,
    truncate: (length: number) => {
      const error = length === 0 ? emptyFile(fs, inode) : startChange(fs, 'other');
      if (error !== undefined) return error;
      startTransaction(fs);
      freeFrom(fs, inode, length);
      zeroBehind(tree, inode, length);
      return truncate(length);
    },
  });
}

/** ext4_block_truncate_page: the block in which the file ends now is written with zeros behind the end. */
function zeroBehind({ fs, flusher }: Tree, inode: Inode, length: number): void {
  const block = Math.floor(length / BLOCK);
  if (length % BLOCK === 0 || length >= inode.file.size() || !inode.blocks.has(block)) return;
  startReading(fs, inode, { start: block, size: 1, mark: null });
  if (!inode.dirty.has(block)) inode.dirty.set(block, fs.sim.now);
  flusher.wake();
}
