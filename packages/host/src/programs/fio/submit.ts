// submit.ts — Sends one I/O: as bios to a disk, or as a call to a file. After fio's engines/libaio.c: fio_libaio_queue, engines/sync.c: fio_psyncio_queue.
import type { PageCache } from '@dmsim/bdev';
import { dropClean, flushDevice, spanOf, truncatePages } from '@dmsim/bdev';
import type { Bio, BlockDevice, BioSpec } from '@dmsim/block';
import { BLK_STS, blkStatusToErrno, createBio, REQ, REQ_OP, submitBio } from '@dmsim/block';
import type { Errno, Process, Task } from '@dmsim/sim';
import { wakeUp } from '@dmsim/sim';

import type { TargetFile } from './target-file.ts';
import type { IoUnit, Thread } from './thread.ts';

/** A bio has at most 256 pages (BIO_MAX_VECS). */
const MAX_BIO_SECTORS = 2048;

/** Sends an I/O to a disk, past the page cache. Its end adds it to `thread.completed`, possibly before this returns. */
export function submitBios(unit: IoUnit, target: TargetFile, dev: BlockDevice): void {
  const { offset, length, direction } = unit;
  const block = dev.limits.logicalBlockSize;
  if (offset % block !== 0 || length % block !== 0) return completeWith(unit, 'EINVAL');
  const most = direction === 'trim' ? dev.limits.maxDiscardSectors : MAX_BIO_SECTORS;
  if (most === 0) return completeWith(unit, 'EOPNOTSUPP');
  if (direction !== 'read') {
    if (dev.readOnly) return completeWith(unit, 'EPERM');
    if (target.cache !== null && target.cache.pages.size > 0) dropPages(target.cache, unit);
  }
  const total = length / 512;
  unit.left = Math.ceil(total / most);
  for (let done = 0; done < total; done += most) {
    const nrSectors = Math.min(most, total - done);
    const bio = createBio(dev, bioOf(unit, done, nrSectors), endOne);
    bio.owner = unit;
    submitBio(bio);
  }
}

function dropPages(cache: PageCache, { direction, offset, length }: IoUnit): void {
  if (direction === 'trim') truncatePages(cache, { offset, length });
  else dropClean(cache, spanOf(offset, length));
}

function bioOf({ direction, offset, buffer }: IoUnit, done: number, nrSectors: number): BioSpec {
  const sector = offset / 512 + done;
  const [start, end] = [done * 512, (done + nrSectors) * 512];
  const data = buffer.length === end - start ? buffer : buffer.subarray(start, end);
  switch (direction) {
    case 'read':
      return { op: REQ_OP.READ, sector, nrSectors, data };
    case 'write':
      return { op: REQ_OP.WRITE, flags: REQ.SYNC | REQ.IDLE, sector, nrSectors, data };
    case 'trim':
      return { op: REQ_OP.DISCARD, sector, nrSectors };
  }
}

function endOne(bio: Bio): void {
  const unit = bio.owner as IoUnit;
  if (bio.status !== BLK_STS.OK) unit.error ??= blkStatusToErrno(bio.status);
  if (--unit.left === 0) complete(unit);
}

function completeWith(unit: IoUnit, error: Errno): void {
  unit.error = error;
  complete(unit);
}

function complete(unit: IoUnit): void {
  const { thread } = unit;
  unit.endedAt = thread.sim.now;
  thread.completed.push(unit);
  wakeUp(thread.done);
}

/** Makes one read(2) or write(2), through the page cache if the file has one. The process waits for it. */
export function* callFile(unit: IoUnit, target: TargetFile, process: Process): Task<void> {
  const { file } = target;
  const { offset, length, direction, buffer } = unit;
  const moved = file.seek(offset, 'set');
  if (typeof moved === 'string' && moved !== 'ESPIPE') return completeWith(unit, moved);
  if (direction === 'trim') return completeWith(unit, 'ENOTTY');
  if (direction === 'write') {
    const taken = yield* file.write(process, buffer.subarray(0, length));
    finishCall(unit, taken);
    return;
  }
  const bytes = yield* file.read(process, length);
  if (typeof bytes !== 'string') buffer.set(bytes);
  finishCall(unit, typeof bytes === 'string' ? bytes : bytes.length);
}

function finishCall(unit: IoUnit, result: number | Errno): void {
  if (typeof result === 'string') return completeWith(unit, result);
  unit.missing = unit.length - result;
  complete(unit);
}

/** Makes an fsync(2) of the file that was written last. */
export function* syncFile(thread: Thread, target: TargetFile): Task<Errno | undefined> {
  if (target.dev !== null && target.direct) return yield* flushDevice(target.dev);
  if (thread.process === null) return undefined;
  return yield* target.file.sync(thread.process);
}
