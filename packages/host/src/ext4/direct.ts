// direct.ts — Reads and writes of files past the page cache (O_DIRECT). Mirrors fs/ext4/file.c: ext4_dio_read_iter, ext4_dio_write_iter; fs/iomap/direct-io.c.
import { submitAndWait } from '@dmsim/bdev';
import type { BioSpec } from '@dmsim/block';
import { blkStatusToErrno, REQ, REQ_OP } from '@dmsim/block';
import type { Errno, Task } from '@dmsim/sim';

import { place } from './allocate.ts';
import type { Ext4, Inode } from './file-system.ts';
import { BLOCK, BLOCK_SECTORS } from './layout.ts';
import type { Range } from './pages.ts';
import { forgetBlocks } from './pages.ts';
import { writeBackInode } from './write-back.ts';

/** A bio has at most 256 pages (BIO_MAX_VECS). */
const MAX_BIO_BYTES = 256 * 4096;

/** Only whole sectors of the disk. */
export const isAligned = ({ dev }: Ext4, { at, bytes }: Range): boolean =>
  at % dev.limits.logicalBlockSize === 0 && bytes % dev.limits.logicalBlockSize === 0;

interface Blocks {
  readonly first: number;
  readonly end: number;
}

const blocksOf = ({ at, bytes }: Range): Blocks => ({
  first: Math.floor(at / BLOCK),
  end: Math.ceil((at + bytes) / BLOCK),
});

const listed = ({ first, end }: Blocks): number[] =>
  Array.from({ length: end - first }, (_, i) => first + i);

/**
 * Reads the range, which ends within the file, from the disk into `data`, which has whole sectors; what has no place there is
 * read as zeros.
 */
export function* readDirect(
  fs: Ext4,
  inode: Inode,
  range: Range,
  data: Uint8Array,
): Task<Errno | undefined> {
  const lost = yield* writeBackInode(fs, inode, blocksOf(range));
  if (lost !== undefined) return lost;
  const { file } = inode;
  const specs = specsOf(inode, range, data, { op: REQ_OP.READ, flags: REQ.SYNC });
  const error = blkStatusToErrno(yield* submitAndWait(fs.dev, specs));
  if (error === undefined) file.writeAt(range.at, data.subarray(0, range.bytes));
  return error;
}

/** Writes the data there; each block of the range is promised a place. What fails is lost: the file has what the disk has. */
export function* writeDirect(
  fs: Ext4,
  inode: Inode,
  { at, data }: { readonly at: number; readonly data: Uint8Array },
): Task<Errno | undefined> {
  const range = { at, bytes: data.length };
  const lost = yield* writeBackInode(fs, inode, blocksOf(range));
  if (lost !== undefined) return lost;
  const blocks = listed(blocksOf(range));
  for (const block of blocks) place(fs, inode, block);
  const flags = REQ.SYNC | REQ.IDLE;
  const specs = specsOf(inode, range, data, { op: REQ_OP.WRITE, flags });
  const error = blkStatusToErrno(yield* submitAndWait(fs.dev, specs));
  if (error !== undefined) for (const block of blocks) inode.lost.add(block);
  else for (const block of blocks) inode.unwritten.delete(block);
  return error;
}

/** After a direct write, other readers find what the disk has. */
export const forgetRange = (inode: Inode, range: Range): void =>
  forgetBlocks(inode, listed(blocksOf(range)));

/** A bio for each run of blocks that lie in a row on the disk; none for holes. */
function specsOf(
  { blocks, unwritten }: Inode,
  { at, bytes }: Range,
  data: Uint8Array,
  kind: Pick<BioSpec, 'op' | 'flags'>,
): BioSpec[] {
  const specs: (BioSpec & { nrSectors: number; data: Uint8Array })[] = [];
  for (let offset = at; offset < at + bytes;) {
    const block = Math.floor(offset / BLOCK);
    const n = Math.min((block + 1) * BLOCK, at + data.length) - offset;
    const to = blocks.get(block);
    if (to !== undefined && (kind.op === REQ_OP.WRITE || !unwritten.has(block))) {
      const sector = to * BLOCK_SECTORS + (offset % BLOCK) / 512;
      const last = specs.at(-1);
      const from = offset - at;
      if (
        last !== undefined &&
        last.sector + last.nrSectors === sector &&
        last.data.byteOffset + last.data.length === data.byteOffset + from &&
        last.data.length + n <= MAX_BIO_BYTES
      ) {
        last.nrSectors += n / 512;
        last.data = data.subarray(from - last.data.length, from + n);
      } else {
        specs.push({ ...kind, sector, nrSectors: n / 512, data: data.subarray(from, from + n) });
      }
    }
    offset += n;
  }
  return specs;
}
