// layout.ts — The layout of a file system on its disk. Mirrors fs/ext4/ext4.h.

/** Bytes of a block. */
export const BLOCK = 4096;
export const BLOCK_SECTORS = 8;

/** Where the journal is if its place is not known; the transactions go around in so many blocks. */
export const JOURNAL_BLOCK = 256;
export const JOURNAL_BLOCKS = 256;
/** Data begins here, and leaves the journal out. */
export const FIRST_DATA_BLOCK: number = JOURNAL_BLOCK + JOURNAL_BLOCKS;
