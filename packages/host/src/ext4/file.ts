// file.ts — Open files of the file system: through memory or past it. Mirrors fs/ext4/file.c, fs/ext4/fsync.c.
import type { Readahead } from '@dmsim/bdev';
import { advise, createReadahead } from '@dmsim/bdev';
import type { Errno, Process, Task } from '@dmsim/sim';
import type { FileTimes, OpenFile, OpenFlags } from '@dmsim/vfs';
import { createOpenFile, keepBytes } from '@dmsim/vfs';

import { freeFrom, reserve } from './allocate.ts';
import { forgetRange, isAligned, readDirect, writeDirect } from './direct.ts';
import { changeInode, emptyFile, startChange } from './errors.ts';
import type { Ext4, Inode } from './file-system.ts';
import { reportsDone, startWrite } from './file-system.ts';
import { commitAndWait, startTransaction } from './journal.ts';
import { BLOCK } from './layout.ts';
import type { Range } from './pages.ts';
import { readBlock, readPages } from './pages.ts';
import type { Flusher } from './write-back.ts';
import { writeBackInode } from './write-back.ts';

/** A file system in use. */
export interface Tree {
  readonly fs: Ext4;
  readonly flusher: Flusher;
}

/** Opens the file, of which `open` opens the copy in memory. */
export function* openFile(
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
  const opened: OpenedFile = {
    inode,
    file,
    ra: createReadahead(tree.fs.dev),
    seenErrors: inode.told ? inode.errors : inode.errors - 1,
    leftovers: null,
  };
  return createOpenFile(file.path, flags, {
    read: (process, max) => readFile(tree, opened, { process, max }),
    write: (process, bytes) => writeFile(tree, opened, { process, bytes }),
    leftovers: () => opened.leftovers,
    seek: (offset, whence) => file.seek(offset, whence),
    advise: (advice) => advise(opened.ra, tree.fs.dev, advice),
    sync: () => syncFile(tree, opened),
    close(process) {
      tree.fs.openFiles--;
      file.release(process);
    },
  });
}

interface OpenedFile {
  readonly inode: Inode;
  readonly file: OpenFile;
  readonly ra: Readahead;
  /** The value of `inode.errors` when this file last reported an error. */
  seenErrors: number;
  /** The buffer of the last direct read, if that failed. */
  leftovers: Uint8Array | null;
}

interface Read {
  readonly process: Process;
  readonly max: number;
}

function* readFile(
  { fs }: Tree,
  opened: OpenedFile,
  { process, max }: Read,
): Task<Uint8Array | Errno> {
  const { inode, file } = opened;
  yield* reportsDone(fs);
  if (fs.shutDown) return 'EIO';
  const there = yield* bringIn(fs, opened, max);
  if (typeof there === 'string') return there;
  const { times } = inode.file;
  const isDue = !fs.noAtime && !fs.readOnly && fs.freezes === 0 && isStale(times);
  const accessed = times?.accessed;
  const bytes = yield* file.read(process, there);
  if (isDue) changeInode(fs, inode.number);
  else if (times !== undefined && accessed !== undefined) times.accessed = accessed;
  return bytes;
}

/** relatime_need_update: the file was changed since its last access that was noted. */
const isStale = (times: FileTimes | undefined): boolean =>
  times === undefined || times.accessed <= times.modified || times.accessed <= times.changed;

/** Has what is to be read in memory: how many bytes of it. */
function* bringIn(fs: Ext4, opened: OpenedFile, max: number): Task<number | Errno> {
  const { inode, file, ra } = opened;
  const at = file.seek(0, 'current');
  if (typeof at === 'string') return at;
  const bytes = Math.min(max, inode.file.size() - at);
  if (bytes <= 0) return max;
  if (file.flags.direct !== true) return yield* readPages(fs, inode, ra, { at, bytes });
  if (!isAligned(fs, { at, bytes: max })) return 'EINVAL';
  const data = new Uint8Array(Math.ceil(bytes / 512) * 512);
  const error = yield* readDirect(fs, inode, { at, bytes }, data);
  opened.leftovers = error === undefined ? null : data;
  return error ?? bytes;
}

interface Write {
  readonly process: Process;
  readonly bytes: Uint8Array;
}

function* writeFile(
  tree: Tree,
  opened: OpenedFile,
  { process, bytes }: Write,
): Task<number | Errno> {
  const { fs, flusher } = tree;
  const { inode, file } = opened;
  yield* startWrite(fs);
  const error = startChange(fs, 'other');
  // Its time stamp is what finds the journal aborted; the write itself finds the file system shut down.
  if (error !== undefined) return fs.shutDown ? 'EIO' : error;
  const at = file.flags.append === true ? inode.file.size() : file.seek(0, 'current');
  if (typeof at === 'string') return at;
  const isDirect = file.flags.direct === true;
  const room = roomFor(fs, inode, { at, bytes: bytes.length }, isDirect);
  if (typeof room === 'string') return room;
  const data = bytes.subarray(0, room);
  const failed = yield* isDirect
    ? writeDirect(fs, inode, { at, data: keepBytes(data) })
    : readEdges(fs, inode, { at, bytes: room });
  const taken = failed ?? (yield* file.write(process, data));
  if (typeof taken === 'string') return taken;
  if (isDirect) forgetRange(inode, { at, bytes: taken });
  else makeDirty(fs, inode, { at, bytes: taken });
  // At least its time stamp changes.
  startTransaction(fs);
  flusher.wake();
  if (file.flags.sync !== true) return taken;
  return (yield* syncFile(tree, opened)) ?? taken;
}

/** As much of it as there is room for; ENOSPC when there is none at all. */
function roomFor(fs: Ext4, inode: Inode, range: Range, isDirect: boolean): number | Errno {
  if (isDirect && !isAligned(fs, range)) return 'EINVAL';
  const room = reserve(fs, inode, range);
  return room === 0 && range.bytes > 0 ? 'ENOSPC' : room;
}

/** Blocks that are written in part are read first (ext4_block_write_begin). */
function* readEdges(fs: Ext4, inode: Inode, { at, bytes }: Range): Task<Errno | undefined> {
  const end = at + bytes;
  const first = Math.floor(at / BLOCK);
  const last = Math.floor(end / BLOCK);
  const error = at % BLOCK === 0 ? undefined : yield* readBlock(fs, inode, first);
  if (error !== undefined) return error;
  // What is written up to the end of the file leaves nothing of its block.
  const isKept = end % BLOCK !== 0 && end < inode.file.size();
  return isKept ? yield* readBlock(fs, inode, last) : undefined;
}

function makeDirty({ sim }: Ext4, { dirty, away }: Inode, { at, bytes }: Range): void {
  const end = at + bytes;
  for (let block = Math.floor(at / BLOCK); block * BLOCK < end; block++) {
    away.delete(block);
    if (!dirty.has(block)) dirty.set(block, sim.now);
  }
}

/** ext4_sync_file. An error of an earlier write-back is reported once to each open file. */
function* syncFile({ fs }: Tree, opened: OpenedFile): Task<Errno | undefined> {
  const { inode } = opened;
  yield* reportsDone(fs);
  if (fs.aborted) return 'EIO';
  yield* writeBackInode(fs, inode);
  if (inode.errors > opened.seenErrors) {
    opened.seenErrors = inode.errors;
    inode.told = true;
    return 'EIO';
  }
  return yield* commitAndWait(fs);
}
