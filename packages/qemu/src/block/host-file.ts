// host-file.ts — The host files that QEMU opens. The code that creates the VM provides them.
import type { Errno } from '@dmsim/sim';

import type { ImageLocks } from './image-locks.ts';

export interface HostFile {
  readonly path: string;
  readonly locks: ImageLocks;
  size(): number;
  /** Reads up to `bytes` bytes, fewer at the end of the file. */
  readAt(offset: number, bytes: number): Uint8Array;
  /** Returns how many bytes the file system had room for; ENOSPC if it had none. */
  writeAt(offset: number, data: Uint8Array): number | Errno;
  /** Makes the range read as zeroes; a file system that can gives the room back. The size stays. */
  punchHole(offset: number, bytes: number): Errno | undefined;
  /** Fills the range with zeroes, for which room is taken. @defaultValue writes them */
  writeZeroes?(offset: number, bytes: number): Errno | undefined;
  /** Called when what was written must be on the disk. */
  flush?(): void;
  truncate(size: number): Errno | undefined;
  /** True if the page of 4 KiB at that offset is known to be a hole. Undefined: nobody knows. */
  isHole?(offset: number): boolean;
  /** How many bytes the file occupies on the file system. Holes occupy none. */
  sizeOnDisk(): number;
}

/** Host files by path. */
export type HostFiles = Map<string, HostFile>;

/** Writes all of `data`. Returns ENOSPC if part of it found no room. */
export function writeAll(file: HostFile, offset: number, data: Uint8Array): Errno | undefined {
  const written = file.writeAt(offset, data);
  if (typeof written === 'string') return written;
  return written < data.length ? 'ENOSPC' : undefined;
}
