// journal.ts — Transactions: opened by a change, committed after 5 s or when a process waits, aborted at the first error. Mirrors fs/jbd2.
import { submitAndWait } from '@dmsim/bdev';
import { BLK_STS, REQ, REQ_OP } from '@dmsim/block';
import type { BioSpec } from '@dmsim/block';
import type { Errno, Nanos, Task } from '@dmsim/sim';
import { printk, seconds, waitEvent, wakeUp } from '@dmsim/sim';

import type { Ext4 } from './file-system.ts';
import { BLOCK, BLOCK_SECTORS, JOURNAL_BLOCK, JOURNAL_BLOCKS } from './layout.ts';
import { writeBackAll } from './write-back.ts';

/** commit= */
const COMMIT_INTERVAL: Nanos = seconds(5);
/** Descriptor and two blocks of metadata. */
const TRANSACTION_BLOCKS = 3;

/** Records a change of the file system in the open transaction, or opens one. */
export function startTransaction(fs: Ext4): void {
  if (fs.transaction !== null) return;
  fs.transaction = ++fs.transactions;
  wakeUp(fs.commit);
}

/** Starts a thread of the kernel. */
export type StartThread = (name: string, main: () => Task<number>) => void;

/** kjournald2, `jbd2/vda-8` */
export function startJournalThread(fs: Ext4, start: StartThread): void {
  start(journalName(fs), () => commitAgainAndAgain(fs));
}

function* commitAgainAndAgain(fs: Ext4): Task<number> {
  while (!fs.unmounted && !fs.aborted) {
    yield* waitEvent(fs.commit, () => fs.transaction !== null || fs.unmounted, {
      interruptible: true,
    });
    if (fs.transaction === null) continue;
    if (!fs.commitNow) {
      const due = (): boolean => fs.commitNow || fs.unmounted;
      yield* waitEvent(fs.commit, due, { interruptible: true, timeout: COMMIT_INTERVAL });
    }
    yield* commitTransaction(fs);
  }
  return 0;
}

const journalName = ({ dev }: Ext4): string => `jbd2/${dev.name}-8`;

function* commitTransaction(fs: Ext4): Task<void> {
  const { transaction } = fs;
  if (transaction === null) return;
  fs.transaction = null;
  fs.commitNow = false;
  const at = (JOURNAL_BLOCK + ((transaction * 4) % (JOURNAL_BLOCKS - 4))) * BLOCK_SECTORS;
  const nrSectors = TRANSACTION_BLOCKS * BLOCK_SECTORS;
  let failed = yield* write(fs, { sector: at, nrSectors, flags: REQ.SYNC | REQ.META | REQ.IDLE });
  if (!failed) {
    // The commit block: after what it commits, and on stable storage itself.
    const flags = REQ.SYNC | REQ.META | REQ.IDLE | REQ.PREFLUSH | REQ.FUA;
    failed = yield* write(fs, { sector: at + nrSectors, nrSectors: BLOCK_SECTORS, flags });
  }
  if (failed) yield* abortJournal(fs);
  else fs.committed = transaction;
  wakeUp(fs.commitDone);
}

/** True if it failed. */
function* write(fs: Ext4, where: Omit<BioSpec, 'op' | 'data'>): Task<boolean> {
  const data = new Uint8Array(where.nrSectors * 512);
  return (
    (yield* submitAndWait(fs.dev, [{ op: REQ_OP.WRITE, ...where, data }], { patient: false })) !==
    BLK_STS.OK
  );
}

/** jbd2_journal_abort, and jbd2_journal_update_sb_errno: the next mount must find the error in the superblock. */
function* abortJournal(fs: Ext4): Task<void> {
  const { sim, dev } = fs;
  if (fs.aborted) return;
  fs.aborted = true;
  printk(sim, `Aborting journal on device ${dev.name}-8.`);
  const sector = JOURNAL_BLOCK * BLOCK_SECTORS;
  const flags = REQ.SYNC | REQ.FUA | REQ.PREFLUSH;
  if (!(yield* write(fs, { sector, nrSectors: BLOCK / 512, flags }))) return;
  printk(
    sim,
    `Buffer I/O error on dev ${dev.name}, logical block ${JOURNAL_BLOCK}, lost sync page write`,
  );
  printk(sim, `JBD2: I/O error when updating journal superblock for ${dev.name}-8.`);
}

/** jbd2_complete_transaction: EIO if the journal was aborted meanwhile. */
export function* commitAndWait(fs: Ext4): Task<Errno | undefined> {
  const wanted = fs.transactions;
  if (fs.transaction !== null) {
    fs.commitNow = true;
    wakeUp(fs.commit);
  }
  yield* waitEvent(fs.commitDone, () => fs.committed >= wanted || fs.aborted);
  return fs.aborted ? 'EIO' : undefined;
}

/** sync_filesystem: writes the data, then the journal. */
export function* syncFileSystem(fs: Ext4): Task<Errno | undefined> {
  const error = yield* writeBackAll(fs);
  if (fs.aborted) return 'EIO';
  return (yield* commitAndWait(fs)) ?? error;
}
