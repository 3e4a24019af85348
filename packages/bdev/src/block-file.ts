// block-file.ts — A disk as an open file. Mirrors block/fops.c: blkdev_open, blkdev_read_iter, blkdev_write_iter, blkdev_release.
import type { BlockDevice } from '@dmsim/block';
import { closeDevice, openDevice, REQ_OP } from '@dmsim/block';
import type { Errno, Process, Task } from '@dmsim/sim';
import { checkSignals, lock, spawn, unlock } from '@dmsim/sim';
import type { OpenFile, OpenFlags } from '@dmsim/vfs';
import { createOpenFile, keepBytes, ready } from '@dmsim/vfs';

import { blockSizeOf } from './block-size.ts';
import { directIo, flushDevice } from './direct-io.ts';
import type { PageCache } from './page-cache.ts';
import { waitForPages, writeCached } from './page-cache.ts';
import { spanOf } from './page-span.ts';
import { readAtOnce, readCached } from './read-cached.ts';
import type { Readahead } from './readahead.ts';
import { advise, createReadahead } from './readahead.ts';
import { invalidateSpan } from './truncate.ts';
import { writeAndWait, writeBack } from './write-back.ts';

export interface BlockFileContext {
  readonly dev: BlockDevice;
  readonly cache: PageCache;
  /** One that could be written has been closed (IN_CLOSE_WRITE). */
  readonly onWritableClose?: ((dev: BlockDevice) => void) | undefined;
}

interface BlockFile extends BlockFileContext {
  readonly flags: OpenFlags;
  position: number;
  readonly ra: Readahead;
  /** The buffer of the last direct read that failed. */
  leftovers: Uint8Array | null;
  /** The value of `cache.errors` when this file last reported an error. */
  seenErrors: number;
}

/** Opens a disk, as soon as sync(2) does not wait for it any more. */
export function openWhenFree(
  context: BlockFileContext,
  path: string,
  flags: OpenFlags,
): Task<OpenFile | Errno> {
  if (context.cache.openMutex.locked) return waitAndOpen(context, path, flags);
  return ready(openBlockDevice(context, path, flags));
}

function* waitAndOpen(
  context: BlockFileContext,
  path: string,
  flags: OpenFlags,
): Task<OpenFile | Errno> {
  const { openMutex } = context.cache;
  yield* lock(openMutex);
  try {
    return openBlockDevice(context, path, flags);
  } finally {
    unlock(openMutex);
  }
}

/** Opens a disk. One that was set read-only can be opened for writing; only the writes fail. */
export function openBlockDevice(
  context: BlockFileContext,
  path: string,
  flags: OpenFlags,
): OpenFile | Errno {
  const { dev, cache, onWritableClose } = context;
  const busy = openDevice(dev, null, { write: flags.write });
  if (busy !== undefined) return busy;
  if (dev.openers === 1) {
    cache.blockSize = blockSizeOf(dev);
    cache.lost = false;
  }
  const file: BlockFile = {
    dev,
    cache,
    onWritableClose,
    flags,
    position: 0,
    ra: createReadahead(dev),
    leftovers: null,
    seenErrors: cache.told ? cache.errors : cache.errors - 1,
  };
  return createOpenFile(path, flags, {
    read: (process, max) => readFile(file, process, max),
    leftovers: () => file.leftovers,
    write: (process, bytes) => returning(process, writeBlocks(file, bytes)),
    seek: (offset, whence) => seek(file, offset, whence),
    advise: (advice) => advise(file.ra, dev, advice),
    sync: (process) => returning(process, sync(file)),
    linger: () => linger(file),
    close: (process) => close(file, process),
  });
}

/** Ends a system call: a signal that came while it waited takes effect now. */
function* returning<T>(process: Process, call: Task<T>): Task<T> {
  const result = yield* call;
  checkSignals(process);
  return result;
}

const sizeOf = (dev: BlockDevice): number => dev.capacity * 512;

function aligned(dev: BlockDevice, offset: number, length: number): boolean {
  const block = dev.limits.logicalBlockSize;
  return offset % block === 0 && length % block === 0;
}

function readFile(file: BlockFile, process: Process, max: number): Task<Uint8Array | Errno> {
  const { dev, cache, flags, position, ra } = file;
  const length = Math.min(max, sizeOf(dev) - position);
  if (length <= 0) {
    checkSignals(process);
    return ready(NOTHING);
  }
  if (flags.direct === true) return readAndMove(file, process, readDirect(file, length));
  const bytes = readAtOnce(cache, ra, position, length);
  if (bytes === null) {
    return readAndMove(file, process, readCached(cache, ra, position, length));
  }
  file.position += length;
  checkSignals(process);
  return ready(bytes);
}

const NOTHING = new Uint8Array(0);

function* readAndMove(
  file: BlockFile,
  process: Process,
  reading: Task<Uint8Array | Errno>,
): Task<Uint8Array | Errno> {
  const bytes = yield* reading;
  if (typeof bytes !== 'string') file.position += bytes.length;
  checkSignals(process);
  return bytes;
}

function* readDirect(file: BlockFile, length: number): Task<Uint8Array | Errno> {
  const { dev, cache, position } = file;
  file.leftovers = null;
  if (!aligned(dev, position, length)) return 'EINVAL';
  const lost = yield* writeAndWait(cache, spanOf(position, length));
  if (lost !== undefined) return lost;
  const data = new Uint8Array(length);
  const error = yield* directIo(dev, { op: REQ_OP.READ, offset: position, data });
  if (error !== undefined) file.leftovers = data;
  return error ?? data;
}

function* writeBlocks(file: BlockFile, bytes: Uint8Array): Task<number | Errno> {
  const { dev, flags, position } = file;
  if (dev.readOnly) return 'EPERM';
  const length = Math.min(bytes.length, sizeOf(dev) - position);
  if (length <= 0) return bytes.length === 0 ? 0 : 'ENOSPC';
  const part = bytes.subarray(0, length);
  const error =
    flags.direct === true ? yield* writeDirect(file, part) : yield* writeBuffered(file, part);
  if (error !== undefined) return error;
  file.position += length;
  return length;
}

function* writeDirect(
  { dev, cache, position, flags }: BlockFile,
  data: Uint8Array,
): Task<Errno | undefined> {
  if (!aligned(dev, position, data.length)) return 'EINVAL';
  const span = spanOf(position, data.length);
  const lost = yield* writeAndWait(cache, span);
  if (lost !== undefined) return lost;
  yield* invalidateSpan(cache, span);
  const error = yield* directIo(dev, {
    op: REQ_OP.WRITE,
    offset: position,
    data: keepBytes(data),
    sync: flags.sync === true,
  });
  // A page that was read meanwhile may have what was there before.
  yield* invalidateSpan(cache, span);
  if (error !== undefined || flags.sync !== true) return error;
  return yield* flushDevice(dev);
}

function* writeBuffered(file: BlockFile, data: Uint8Array): Task<Errno | undefined> {
  const error = yield* writeCached(file.cache, file.position, data);
  if (error !== undefined || file.flags.sync !== true) return error;
  return yield* sync(file);
}

function seek(file: BlockFile, offset: number, whence: 'set' | 'current' | 'end'): number | Errno {
  const base = whence === 'set' ? 0 : whence === 'end' ? sizeOf(file.dev) : file.position;
  const target = base + offset;
  if (target < 0 || target > sizeOf(file.dev)) return 'EINVAL';
  file.position = target;
  return target;
}

/**
 * fsync: writes back dirty pages and, if that went well, flushes the disk's cache. An error of an earlier write-back is
 * reported once to each open file (blkdev_fsync).
 */
function* sync(file: BlockFile): Task<Errno | undefined> {
  const { cache } = file;
  yield* writeBack(cache);
  cache.lost = false;
  if (cache.errors > file.seenErrors) {
    file.seenErrors = cache.errors;
    cache.told = true;
    return 'EIO';
  }
  return yield* flushDevice(file.dev);
}

const isLastOpener = ({ dev }: BlockFile): boolean => dev.openers === 1;

/** The last process to close a disk writes its cache back, and learns nothing of errors. */
function* linger(file: BlockFile): Task<void> {
  const { openMutex } = file.cache;
  if (openMutex.locked) {
    yield* lock(openMutex);
    unlock(openMutex);
  }
  if (!isLastOpener(file)) return;
  if (file.cache.dirtyPages > 0 || file.cache.writingPages > 0) yield* writeBack(file.cache);
  yield* waitForPages(file.cache);
}

/** Closes the file. If the caller did not linger, a worker writes back and keeps the disk open meanwhile. */
function close(file: BlockFile, process: Process): void {
  if (file.flags.write) file.onWritableClose?.(file.dev);
  if (!isLastOpener(file) || file.cache.dirtyPages === 0) closeDevice(file.dev);
  else spawn(process.sim, process.name, () => writeBackAndRelease(file));
}

function* writeBackAndRelease(file: BlockFile): Task<number> {
  yield* writeBack(file.cache);
  closeDevice(file.dev);
  return 0;
}
