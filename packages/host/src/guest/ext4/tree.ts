// tree.ts — Directories and files of the file system: in memory, and each change is one of the journal's. Mirrors fs/ext4/namei.c, file.c.
import type { Errno, Process, Task } from '@dmsim/sim';
import type { Directory, MemoryFile, OpenFile, OpenFlags, Vnode } from '@dmsim/vfs';
import { createDirectory, createOpenFile, isMemoryFile } from '@dmsim/vfs';

import type { Ext4, Inode } from './file-system.ts';
import { BLOCK, checkStart } from './file-system.ts';
import { commitAndWait, startTransaction } from './journal.ts';
import type { Flusher } from './write-back.ts';
import { writeBackInode } from './write-back.ts';

export interface Tree {
  readonly fs: Ext4;
  readonly flusher: Flusher;
}

/** Blocks kept for each file; files grow no further. */
const FILE_BLOCKS = 16_384;

export function treeDirectory(tree: Tree, inner: Directory = createDirectory()): Directory {
  const change = (act: () => Errno | undefined): Errno | undefined => {
    const error = checkStart(tree.fs);
    if (error !== undefined) return error;
    startTransaction(tree.fs);
    return act();
  };
  return {
    ...inner,
    entries: () => inner.entries(),
    lookup: (name) => inner.lookup(name),
    link: (name, node) => change(() => inner.link(name, adopt(tree, node))),
    unlink: (name) => change(() => inner.unlink(name)),
  };
}

/** What someone made and links here lives here from now on. */
function adopt(tree: Tree, node: Vnode): Vnode {
  if (node.kind === 'directory') return treeDirectory(tree, node);
  if (node.kind !== 'file' || !isMemoryFile(node) || isHere(tree, node)) return node;
  const { fs } = tree;
  const inode: Inode = {
    number: fs.nextInode++,
    file: node,
    firstBlock: fs.nextBlock,
    dirty: new Map(),
    error: null,
  };
  fs.nextBlock += FILE_BLOCKS;
  fs.inodes.add(inode);
  const open = node.open.bind(node);
  const truncate = node.truncate.bind(node);
  return Object.assign(node, {
    open: (process: Process, path: string, flags: OpenFlags) =>
      openFile(tree, inode, () => open(process, path, flags), flags),
    truncate: (length: number) => {
      const error = checkStart(fs);
      if (error !== undefined) return error;
      startTransaction(fs);
      return truncate(length);
    },
  });
}

const isHere = ({ fs }: Tree, node: MemoryFile): boolean =>
  [...fs.inodes].some(({ file }) => file === node);

// oxlint-disable-next-line max-params -- a file and how it is opened
function* openFile(
  tree: Tree,
  inode: Inode,
  open: () => Task<OpenFile | Errno>,
  flags: OpenFlags,
): Task<OpenFile | Errno> {
  // mnt_want_write: a journal that is gone is found by the first change, not here.
  if (flags.write && tree.fs.readOnly) return 'EROFS';
  if (flags.write && flags.truncate === true) {
    const error = checkStart(tree.fs);
    if (error !== undefined) return error;
    startTransaction(tree.fs);
  }
  const file = yield* open();
  if (typeof file === 'string') return file;
  return createOpenFile(file.path, flags, {
    read: (process, max) => file.read(process, max),
    write: (process, bytes) => writeFile(tree, inode, () => file.write(process, bytes), file),
    seek: (offset, whence) => file.seek(offset, whence),
    sync: () => syncFile(tree, inode),
    close: (process) => file.release(process),
  });
}

// oxlint-disable-next-line max-params -- a file and what is written to it
function* writeFile(
  { fs, flusher }: Tree,
  inode: Inode,
  write: () => Task<number | Errno>,
  file: OpenFile,
): Task<number | Errno> {
  const error = checkStart(fs);
  if (error !== undefined) return error;
  const taken = yield* write();
  if (typeof taken === 'string') return taken;
  const end = file.seek(0, 'current');
  if (typeof end === 'string') return taken;
  if (end > FILE_BLOCKS * BLOCK) return 'EFBIG';
  for (let at = Math.floor((end - taken) / BLOCK); at * BLOCK < end; at++) {
    if (!inode.dirty.has(at)) inode.dirty.set(at, fs.sim.now);
  }
  // Its time stamp changes, if nothing else does.
  startTransaction(fs);
  flusher.wake();
  if (file.flags.sync !== true) return taken;
  return (yield* syncFile({ fs, flusher }, inode)) ?? taken;
}

/** ext4_sync_file */
function* syncFile({ fs }: Tree, inode: Inode): Task<Errno | undefined> {
  if (fs.aborted) return 'EIO';
  yield* writeBackInode(fs, inode);
  const { error } = inode;
  inode.error = null;
  return error ?? (yield* commitAndWait(fs));
}
