// superblock.ts — Writes the superblock, and one block of metadata at a time. Mirrors fs/ext4/super.c: ext4_commit_super.
import { submitAndWait } from '@dmsim/bdev';
import { BLK_STS, REQ, REQ_OP } from '@dmsim/block';
import type { BioSpec } from '@dmsim/block';
import type { Task } from '@dmsim/sim';
import { printk } from '@dmsim/sim';

import type { Ext4 } from './file-system.ts';

/** Where the superblock is, in bytes. */
export const SUPERBLOCK_AT = 1024;

/** True if it failed. */
export function* writeFailed(
  fs: Ext4,
  where: Omit<BioSpec, 'op' | 'data'>,
  data: Uint8Array = new Uint8Array(where.nrSectors * 512),
): Task<boolean> {
  const bio = { op: REQ_OP.WRITE, ...where, data };
  return (yield* submitAndWait(fs.dev, [bio], { patient: false })) !== BLK_STS.OK;
}

/** Notes that a block of metadata is lost: the next change that looks for such an error aborts the journal (mapping_set_error). */
export function lostMetadata(fs: Ext4, block: number): void {
  fs.metadataError = true;
  fs.unreportedError = true;
  const { sim, dev } = fs;
  printk(sim, `Buffer I/O error on dev ${dev.name}, logical block ${block}, lost sync page write`);
}

/** True if it failed. */
export function* commitSuper(fs: Ext4): Task<boolean> {
  const { blockSize, sim, dev } = fs;
  const block = Math.floor(SUPERBLOCK_AT / blockSize);
  const from = block * blockSize;
  const data = fs.firstBlock.slice(from, from + blockSize);
  const where = {
    sector: from / 512,
    nrSectors: blockSize / 512,
    flags: REQ.SYNC | REQ.META | REQ.PRIO | REQ.FUA,
  };
  if (!(yield* writeFailed(fs, where, data))) return false;
  lostMetadata(fs, block);
  printk(sim, `EXT4-fs (${dev.name}): I/O error while writing superblock`);
  return true;
}
