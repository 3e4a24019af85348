// space.ts — How much the files of one file system may hold together. Mirrors mm/shmem.c: shmem_inode_acct_blocks.

export const PAGE_SIZE = 4096;

export interface Space {
  /** Pages there are, and pages in use. */
  readonly pages: number;
  used: number;
}

export const createSpace = (bytes: number): Space => ({
  pages: Math.floor(bytes / PAGE_SIZE),
  used: 0,
});

/** Of files that belong to no file system yet. */
export const UNBOUNDED: Space = { pages: Infinity, used: 0 };
