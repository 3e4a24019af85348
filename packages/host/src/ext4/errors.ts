// errors.ts — What a change does when the journal is aborted, or must be: the file system is shut down. Mirrors fs/ext4/super.c: ext4_handle_error, fs/ext4/ext4_jbd2.c.
//
// A change cannot wait in the middle, so a thread writes and logs for it; calls that can wait do so until it is done.
import type { Errno, Task } from '@dmsim/sim';
import { currentComm, NotSupported, printk, spawn, wakeUp } from '@dmsim/sim';

import type { Ext4, Inode } from './file-system.ts';
import { abortJournal, recordAbort } from './journal.ts';
import { commitSuper } from './superblock.ts';

/** A change, by the functions that report its failure, with their lines: the first is where it meets the journal. */
export type Change = 'create' | 'mkdir' | 'unlink' | 'other';

const REPORTS: Readonly<Record<Change, readonly string[] | null>> = {
  create: ['__ext4_new_inode:1100', 'ext4_create:2855'],
  mkdir: ['__ext4_new_inode:1100', 'ext4_mkdir:3066'],
  unlink: ['ext4_delete_entry:2759', '__ext4_unlink:3304'],
  other: null,
};

/**
 * ext4_journal_check_start, jbd2_journal_get_write_access. EIO once the file system is shut down, EROFS when it is read-only.
 * The first change that finds the journal aborted shuts it down; the first after a failed write of metadata aborts the journal.
 */
export function startChange(fs: Ext4, change: Change): Errno | undefined {
  if (fs.shutDown) return 'EIO';
  if (fs.readOnly) return 'EROFS';
  if (fs.freezes > 0) throw new NotSupported('ext4', 0, 'this change of a frozen file system');
  if (fs.aborted) {
    foundAborted(fs);
    return 'EROFS';
  }
  if (!fs.metadataError) return undefined;
  const reports = REPORTS[change];
  if (reports === null)
    throw new NotSupported('ext4', 0, 'this change after metadata could not be written');
  foundMetadataError(fs, [reports.map((where) => ` in ${where}: IO failure`)]);
  return 'EIO';
}

/** ext4_dirty_inode: nobody learns that the new times or mode of an inode are lost, but the log. EIO once it is shut down. */
export function changeInode(fs: Ext4, inode: number | null): Errno | undefined {
  if (fs.aborted || fs.readOnly || !fs.metadataError) {
    const error = startChange(fs, 'other');
    return error === 'EROFS' && fs.aborted ? undefined : error;
  }
  if (inode === null) return startChange(fs, 'other');
  const comm = currentComm(fs.sim);
  const reports = [
    ' in ext4_reserve_inode_write:5937: IO failure',
    `: ext4_dirty_inode:6157: inode #${inode}: comm ${comm}: mark_inode_dirty error`,
    ' in ext4_dirty_inode:6158: IO failure',
  ];
  foundMetadataError(fs, [reports]);
  return undefined;
}

/** ext4_setattr, when a file that had bytes gets none. */
export function emptyFile(fs: Ext4, { number, file }: Inode): Errno | undefined {
  const { aborted, readOnly, shutDown, metadataError } = fs;
  if (aborted || readOnly || shutDown || !metadataError || file.size() === 0) {
    return startChange(fs, 'other');
  }
  const comm = currentComm(fs.sim);
  foundMetadataError(fs, [
    [' in ext4_orphan_add:186: IO failure'],
    [
      ' in ext4_reserve_inode_write:5937: Journal has aborted',
      `: ext4_setattr:5622: inode #${number}: comm ${comm}: mark_inode_dirty error`,
      ' in ext4_setattr:5635: IO failure',
      ' in ext4_setattr:5683: IO failure',
    ],
  ]);
  return 'EIO';
}

/** A write of the superblock follows each group of reports. A file system that was shut down reports nothing more. */
type Reports = readonly (readonly string[])[];

function foundMetadataError(fs: Ext4, reports: Reports): void {
  fs.aborted = true;
  fs.shutDown = fs.onErrors !== 'continue';
  const [[first = ''] = []] = reports;
  later(fs, abortAndReport(fs, fs.shutDown ? [[first]] : reports));
}

function* abortAndReport(fs: Ext4, reports: Reports): Task<void> {
  const { sim, dev, onErrors } = fs;
  yield* recordAbort(fs);
  for (const group of reports) {
    for (const report of group) printk(sim, `EXT4-fs error (device ${dev.name})${report}`);
    yield* commitSuper(fs);
  }
  if (onErrors === 'continue') return;
  if (onErrors === 'panic') panic(fs);
  remounting(fs);
}

/** ext4_abort: whatever `errors=` says, nothing goes on without a journal. */
function foundAborted(fs: Ext4): void {
  const { sim, dev } = fs;
  const where = `EXT4-fs error (device ${dev.name}): ext4_journal_check_start:84`;
  printk(sim, `${where}: comm ${currentComm(sim)}: Detected aborted journal`);
  fs.shutDown = true;
  if (fs.onErrors === 'panic') panic(fs);
  later(fs, reportAbort(fs));
}

function* reportAbort(fs: Ext4): Task<void> {
  yield* commitSuper(fs);
  remounting(fs);
}

/** ext4_put_super, when the journal could not be emptied. */
export function* journalNotCleanedUp(fs: Ext4): Task<void> {
  const { sim, dev } = fs;
  yield* abortJournal(fs);
  const where = `EXT4-fs error (device ${dev.name}): ext4_put_super:1333`;
  printk(sim, `${where}: comm ${currentComm(sim)}: Couldn't clean up the journal`);
  yield* commitSuper(fs);
  if (fs.onErrors === 'panic') panic(fs);
  remounting(fs);
}

const panic = ({ panic: stop, dev }: Ext4): never =>
  stop(`EXT4-fs (device ${dev.name}): panic forced after error`);

/** It is said only; /proc/mounts still shows `rw`. */
const remounting = ({ sim, dev }: Ext4): void =>
  printk(sim, `EXT4-fs (${dev.name}): Remounting filesystem read-only`);

function later(fs: Ext4, report: Task<void>): void {
  fs.reports++;
  spawn(fs.sim, 'kworker/0:1', () => finish(fs, report));
}

function* finish(fs: Ext4, report: Task<void>): Task<number> {
  yield* report;
  fs.reports--;
  wakeUp(fs.reported);
  return 0;
}

/** touch_atime of a directory: refused when the new time could not be written, as its errors are not known. */
export function touchListed(fs: Ext4): void {
  if (fs.shutDown || fs.readOnly || !(fs.aborted || fs.metadataError)) return;
  throw new NotSupported('ext4', 0, 'a directory listed after metadata could not be written');
}
