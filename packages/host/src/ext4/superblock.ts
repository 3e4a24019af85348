// superblock.ts — The superblock: the fields of it that are read back, and how it and other metadata are written. Mirrors fs/ext4/super.c: ext4_commit_super.
import { submitAndWait } from '@dmsim/bdev';
import { BLK_STS, REQ, REQ_OP } from '@dmsim/block';
import type { BioSpec } from '@dmsim/block';
import type { Task } from '@dmsim/sim';
import { printk } from '@dmsim/sim';

import type { Ext4 } from './file-system.ts';
import { BLOCK, BLOCK_SECTORS } from './layout.ts';

/** Where the superblock begins on the disk, in bytes. */
const SUPERBLOCK_AT = 1024;
/** The first 4 KiB of the disk, which hold it. */
export const FIRST_BLOCK: Pick<BioSpec, 'sector' | 'nrSectors'> = {
  sector: 0,
  nrSectors: BLOCK_SECTORS,
};

const MAGIC_AT = SUPERBLOCK_AT + 0x38;
const UUID_AT = SUPERBLOCK_AT + 0x68;
const LABEL_AT = SUPERBLOCK_AT + 0x78;
const LABEL_BYTES = 16;
/** 0xEF53, little-endian */
const MAGIC = [0x53, 0xef] as const;

export interface SuperblockFields {
  /** In the usual form, with four hyphens. */
  readonly uuid: string;
  /** What does not fit is cut off. */
  readonly label: string;
}

/** The first 4 KiB of a disk, with these fields in its superblock. */
export function formatFirstBlock({ uuid, label }: SuperblockFields): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const digits = uuid.replaceAll('-', '').matchAll(/../g);
  block.set(MAGIC, MAGIC_AT);
  block.set(
    Uint8Array.from(digits, ([hex]) => Number.parseInt(hex, 16)),
    UUID_AT,
  );
  block.set(
    Uint8Array.from(label.slice(0, LABEL_BYTES), (char) => char.charCodeAt(0)),
    LABEL_AT,
  );
  return block;
}

export const hasMagic = (firstBlock: Uint8Array): boolean =>
  firstBlock[MAGIC_AT] === MAGIC[0] && firstBlock[MAGIC_AT + 1] === MAGIC[1];

export function uuidIn(firstBlock: Uint8Array): string {
  const hex = Array.from(firstBlock.subarray(UUID_AT, UUID_AT + 16), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Writes metadata and waits for it. EIO if the disk refuses it. */
export function* writeMetadata(
  fs: Ext4,
  where: Omit<BioSpec, 'op' | 'data'>,
  data: Uint8Array = new Uint8Array(where.nrSectors * 512),
): Task<'EIO' | undefined> {
  const bio = { op: REQ_OP.WRITE, ...where, data };
  const status = yield* submitAndWait(fs.dev, [bio], { patient: false });
  return status === BLK_STS.OK ? undefined : 'EIO';
}

/** Notes that a block of metadata is lost: the next change that looks for such an error aborts the journal (mapping_set_error). */
export function lostMetadata(fs: Ext4, block: number): void {
  fs.metadataError = true;
  fs.unreportedError = true;
  const { sim, dev } = fs;
  printk(sim, `Buffer I/O error on dev ${dev.name}, logical block ${block}, lost sync page write`);
}

/** ext4_commit_super: writes the superblock. EIO, which the log has, if the disk refuses it. */
export function* commitSuper(fs: Ext4): Task<'EIO' | undefined> {
  const { blockSize, sim, dev } = fs;
  const block = Math.floor(SUPERBLOCK_AT / blockSize);
  const from = block * blockSize;
  const data = fs.firstBlock.slice(from, from + blockSize);
  const where = {
    sector: from / 512,
    nrSectors: blockSize / 512,
    flags: REQ.SYNC | REQ.META | REQ.PRIO | REQ.FUA,
  };
  if ((yield* writeMetadata(fs, where, data)) === undefined) return undefined;
  lostMetadata(fs, block);
  printk(sim, `EXT4-fs (${dev.name}): I/O error while writing superblock`);
  return 'EIO';
}
