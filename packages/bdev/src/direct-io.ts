// direct-io.ts — Reads and writes past the page cache. Mirrors block/fops.c: blkdev_direct_IO.
import type { BioSpec, BlockDevice } from '@dmsim/block';
import { blkStatusToErrno, REQ, REQ_OP } from '@dmsim/block';
import type { Errno, Task } from '@dmsim/sim';

import { submitAndWait } from './submit-and-wait.ts';

/** A bio has at most 256 pages (BIO_MAX_VECS). */
const MAX_BIO_SECTORS = 2048;
const SECTOR = 512;

export interface DirectIo {
  readonly op: typeof REQ_OP.READ | typeof REQ_OP.WRITE;
  /** Bytes; the caller has checked that it is aligned and ends within the device. */
  readonly offset: number;
  readonly data: Uint8Array;
  readonly sync?: boolean;
}

/** Reads into `data`, or writes it. Returns the errno of the first bio that failed. */
export function* directIo(
  dev: BlockDevice,
  { op, offset, data, sync = false }: DirectIo,
): Task<Errno | undefined> {
  const specs: BioSpec[] = [];
  const total = data.length / SECTOR;
  const flags = flagsOf(op, { single: total <= MAX_BIO_SECTORS, sync });
  for (let done = 0; done < total; done += MAX_BIO_SECTORS) {
    const nrSectors = Math.min(MAX_BIO_SECTORS, total - done);
    const part = data.subarray(done * SECTOR, (done + nrSectors) * SECTOR);
    specs.push({ op, flags, sector: offset / SECTOR + done, nrSectors, data: part });
  }
  return blkStatusToErrno(yield* submitAndWait(dev, specs));
}

/** I/O that fits into one bio is marked synchronous, since the caller waits for that bio (submit_bio_wait). */
function flagsOf(
  op: DirectIo['op'],
  { single, sync }: { readonly single: boolean; readonly sync: boolean },
): number {
  if (op === REQ_OP.READ) return single ? REQ.SYNC : 0;
  return REQ.SYNC | REQ.IDLE | (sync ? REQ.FUA : 0);
}

/** blkdev_issue_flush. Does nothing for a device without a volatile cache. */
export function* flushDevice(dev: BlockDevice): Task<Errno | undefined> {
  const status = yield* submitAndWait(dev, [
    { op: REQ_OP.FLUSH, flags: REQ.PREFLUSH | REQ.SYNC, sector: 0, nrSectors: 0 },
  ]);
  return blkStatusToErrno(status);
}
