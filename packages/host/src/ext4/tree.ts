// tree.ts — Directories and files of the file system, kept in memory; each change goes through the journal. Mirrors fs/ext4/namei.c, file.c.
import type { Errno, Process, Task } from '@dmsim/sim';
import type { Directory, OpenFile, OpenFlags, Vnode } from '@dmsim/vfs';
import { createOpenFile, isMemoryFile } from '@dmsim/vfs';

import { freeFrom, reserve } from './allocate.ts';
import type { Change } from './errors.ts';
import { changeInode, emptyFile, touchListed, startChange } from './errors.ts';
import type { Ext4, Inode } from './file-system.ts';
import { reportsDone, startWrite } from './file-system.ts';
import { commitAndWait, startTransaction } from './journal.ts';
import { BLOCK } from './layout.ts';
import { blocksOf } from './space.ts';
import type { Flusher } from './write-back.ts';
import { writeBackInode } from './write-back.ts';

export interface Tree {
  readonly fs: Ext4;
  readonly flusher: Flusher;
}

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
    error: null,
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
      return truncate(length);
    },
  });
}

function* openFile(
  tree: Tree,
  inode: Inode,
  open: () => Task<OpenFile | Errno>,
  flags: OpenFlags,
): Task<OpenFile | Errno> {
  yield* reportsDone(tree.fs);
  if (tree.fs.shutDown) return 'EIO';
  // mnt_want_write: an aborted journal is noticed by the first change, not here.
  if (flags.write && tree.fs.readOnly) return 'EROFS';
  if (flags.write) yield* startWrite(tree.fs);
  if (flags.write && flags.truncate === true) {
    const error = emptyFile(tree.fs, inode);
    yield* reportsDone(tree.fs);
    if (error !== undefined) return error;
    startTransaction(tree.fs);
  }
  const file = yield* open();
  if (typeof file === 'string') return file;
  if (flags.write && flags.truncate === true) freeFrom(tree.fs, inode, 0);
  tree.fs.openFiles++;
  return createOpenFile(file.path, flags, {
    read: (process, max) => readFile(tree, inode, { process, file, max }),
    write: (process, bytes) => writeFile(tree, inode, { process, file, bytes }),
    seek: (offset, whence) => file.seek(offset, whence),
    sync: () => syncFile(tree, inode),
    close(process) {
      tree.fs.openFiles--;
      file.release(process);
    },
  });
}

interface Read {
  readonly process: Process;
  readonly file: OpenFile;
  readonly max: number;
}

function* readFile(
  { fs }: Tree,
  inode: Inode,
  { process, file, max }: Read,
): Task<Uint8Array | Errno> {
  yield* reportsDone(fs);
  if (fs.shutDown) return 'EIO';
  const { times } = inode.file;
  const isDue =
    times === undefined || times.accessed <= times.modified || times.accessed <= times.changed;
  const bytes = yield* file.read(process, max);
  if (isDue && !fs.readOnly && fs.freezes === 0) changeInode(fs, inode.number);
  return bytes;
}

interface Write {
  readonly process: Process;
  readonly file: OpenFile;
  readonly bytes: Uint8Array;
}

/** Writes as much as there is room for; ENOSPC when there is none at all. */
function* writeFile(
  { fs, flusher }: Tree,
  inode: Inode,
  { process, file, bytes }: Write,
): Task<number | Errno> {
  yield* startWrite(fs);
  const error = startChange(fs, 'other');
  // Its time stamp is what finds the journal aborted; the write itself finds the file system shut down.
  if (error !== undefined) return fs.shutDown ? 'EIO' : error;
  const at = file.flags.append === true ? inode.file.size() : file.seek(0, 'current');
  if (typeof at === 'string') return at;
  const room = reserve(fs, inode, { at, bytes: bytes.length });
  if (room === 0 && bytes.length > 0) return 'ENOSPC';
  const taken = yield* file.write(process, bytes.subarray(0, room));
  if (typeof taken === 'string') return taken;
  const end = at + taken;
  for (let block = Math.floor(at / BLOCK); block * BLOCK < end; block++) {
    if (!inode.dirty.has(block)) inode.dirty.set(block, fs.sim.now);
  }
  // At least its time stamp changes.
  startTransaction(fs);
  flusher.wake();
  if (file.flags.sync !== true) return taken;
  return (yield* syncFile({ fs, flusher }, inode)) ?? taken;
}

/** ext4_sync_file */
function* syncFile({ fs }: Tree, inode: Inode): Task<Errno | undefined> {
  yield* reportsDone(fs);
  if (fs.aborted) return 'EIO';
  yield* writeBackInode(fs, inode);
  const { error } = inode;
  inode.error = null;
  return error ?? (yield* commitAndWait(fs));
}
