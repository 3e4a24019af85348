// journal.ts — Transactions: opened by a change, committed after 5 s or when a process waits, aborted at the first error. Mirrors fs/jbd2.
import { REQ, REQ_OP } from '@dmsim/block';
import type { BioSpec } from '@dmsim/block';
import type { Errno, Nanos, Task } from '@dmsim/sim';
import { NotSupported, printk, seconds, waitEvent, wakeUp } from '@dmsim/sim';

import type { Ext4 } from './file-system.ts';
import { BLOCK_SECTORS, JOURNAL_BLOCK, JOURNAL_BLOCKS } from './layout.ts';
import { lostMetadata, writeMetadata } from './superblock.ts';
import { writeBackAll } from './write-back.ts';

/** The mount option `commit=`. */
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

/** A function, since the flag may change while the thread waits, which the type checker does not see. */
const isAborted = ({ aborted }: Ext4): boolean => aborted;

function* commitAgainAndAgain(fs: Ext4): Task<number> {
  while (!fs.unmounted && !isAborted(fs)) {
    yield* waitEvent(fs.commit, () => fs.transaction !== null || fs.unmounted || isAborted(fs), {
      interruptible: true,
    });
    if (fs.transaction === null || isAborted(fs)) continue;
    if (!fs.commitNow) {
      const due = (): boolean => fs.commitNow || fs.unmounted || isAborted(fs);
      yield* waitEvent(fs.commit, due, { interruptible: true, timeout: COMMIT_INTERVAL });
    }
    if (!isAborted(fs)) yield* commitTransaction(fs);
  }
  return 0;
}

const journalName = ({ dev }: Ext4): string => `jbd2/${dev.name}-8`;

function* commitTransaction(fs: Ext4): Task<void> {
  const { transaction } = fs;
  if (transaction === null) return;
  fs.transaction = null;
  fs.commitNow = false;
  const at = journalAt(fs) + ((transaction * 4) % (JOURNAL_BLOCKS - 4)) * BLOCK_SECTORS;
  const nrSectors = TRANSACTION_BLOCKS * BLOCK_SECTORS;
  fs.journalEmpty = false;
  let error = yield* writeMetadata(fs, {
    sector: at,
    nrSectors,
    flags: REQ.SYNC | REQ.META | REQ.IDLE,
  });
  if (error === undefined) {
    // The commit block: after what it commits, and on stable storage itself.
    const flags = REQ.SYNC | REQ.META | REQ.IDLE | REQ.PREFLUSH | REQ.FUA;
    error = yield* writeMetadata(fs, { sector: at + nrSectors, nrSectors: BLOCK_SECTORS, flags });
  }
  if (error === undefined) fs.committed = transaction;
  else yield* abortJournal(fs);
  wakeUp(fs.commitDone);
}

/** The first sector of the journal. */
const journalAt = ({ journalBlock, blockSize }: Ext4): number =>
  journalBlock === null ? JOURNAL_BLOCK * BLOCK_SECTORS : (journalBlock * blockSize) / 512;

/** jbd2_journal_abort */
export function* abortJournal(fs: Ext4): Task<void> {
  if (fs.aborted) return;
  fs.aborted = true;
  yield* recordAbort(fs);
}

/** jbd2_journal_update_sb_errno: the next mount must find the error in the superblock. */
export function* recordAbort(fs: Ext4): Task<void> {
  printk(fs.sim, `Aborting journal on device ${fs.dev.name}-8.`);
  yield* writeJournalSuper(fs);
  wakeUp(fs.commit);
  wakeUp(fs.commitDone);
}

/** jbd2_write_superblock. EIO, which the log has, if the disk refuses it. */
function* writeJournalSuper(fs: Ext4): Task<'EIO' | undefined> {
  const error = yield* writeMetadata(fs, journalSuperWrite(fs));
  if (error !== undefined) journalSuperLost(fs);
  return error;
}

/** The write of the journal's superblock. */
export function journalSuperWrite(fs: Ext4): BioSpec & { readonly flags: number } {
  const nrSectors = fs.blockSize / 512;
  return {
    op: REQ_OP.WRITE,
    sector: journalAt(fs),
    nrSectors,
    data: new Uint8Array(fs.blockSize),
    flags: REQ.SYNC | REQ.META | REQ.IDLE | REQ.FUA | REQ.PREFLUSH,
  };
}

/** Notes and logs that this write has failed. */
export function journalSuperLost(fs: Ext4): void {
  const { sim, dev, journalBlock } = fs;
  if (journalBlock === null)
    throw new NotSupported('ext4', 0, 'where the journal is on a disk of this size');
  lostMetadata(fs, journalBlock);
  printk(sim, `JBD2: I/O error when updating journal superblock for ${dev.name}-8.`);
}

/** jbd2_mark_journal_empty. EIO if its superblock could not be written. */
export function* emptyJournal(fs: Ext4): Task<'EIO' | undefined> {
  if (fs.journalEmpty) return undefined;
  fs.journalEmpty = true;
  return yield* writeJournalSuper(fs);
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
