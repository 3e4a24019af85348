// layout.ts — The layout of a file system on its disk. Mirrors fs/ext4/ext4.h.

/** Bytes of a block. */
export const BLOCK = 4096;
export const BLOCK_SECTORS = 8;

/** The journal lies behind the superblock and the group descriptors; data behind the journal. */
export const JOURNAL_BLOCK = 256;
export const JOURNAL_BLOCKS = 256;
export const FIRST_DATA_BLOCK: number = JOURNAL_BLOCK + JOURNAL_BLOCKS;
