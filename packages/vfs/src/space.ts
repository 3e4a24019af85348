// space.ts — The pages that the files of one file system share. Mirrors mm/shmem.c: shmem_inode_acct_blocks.

export const PAGE_SIZE = 4096;

export interface Space {
  /** The limit; `used` counts the pages in use. */
  readonly pages: number;
  used: number;
}

export const createSpace = (bytes: number): Space => ({
  pages: Math.floor(bytes / PAGE_SIZE),
  used: 0,
});

/** The space of files that belong to no file system yet. */
export const UNBOUNDED: Space = { pages: Infinity, used: 0 };
