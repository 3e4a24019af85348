// space.ts — The pages that the files of one file system share. Mirrors mm/shmem.c: shmem_inode_acct_blocks.

export const PAGE_SIZE = 4096;

export interface Space {
  /** The limit; `used` counts the pages in use. */
  readonly pages: number;
  used: number;
  /** The time, in nanoseconds since 1970, that files of it are stamped with. */
  readonly clock: () => bigint;
}

const NO_CLOCK = (): bigint => 0n;

export const createSpace = (bytes: number, clock: () => bigint = NO_CLOCK): Space => ({
  pages: Math.floor(bytes / PAGE_SIZE),
  used: 0,
  clock,
});

/** The space of files that belong to no file system yet. */
export const UNBOUNDED: Space = { pages: Infinity, used: 0, clock: NO_CLOCK };
