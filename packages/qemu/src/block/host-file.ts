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
  truncate(size: number): Errno | undefined;
  /** True if the page of 4 KiB at that offset is known to be a hole. Undefined: nobody knows. */
  isHole?(offset: number): boolean;
  /** How many bytes the file occupies on the file system. Holes occupy none. */
  sizeOnDisk(): number;
}

/** Host files by path. */
export type HostFiles = Map<string, HostFile>;

/** Creates a file in memory, on a file system that never gets full. */
export function createRawFile(path: string, content: Uint8Array): HostFile {
  let buffer = content;
  let length = content.length;
  const grow = (size: number): void => {
    if (size > buffer.length) {
      // Leaves room to grow, because images grow a cluster at a time.
      const grown = new Uint8Array(Math.max(size, 2 * buffer.length));
      grown.set(buffer.subarray(0, length));
      buffer = grown;
    }
    if (size > length) buffer.fill(0, length, size);
    length = size;
  };
  return {
    path,
    locks: new Map(),
    size: () => length,
    readAt: (offset, bytes) => buffer.slice(offset, Math.min(offset + bytes, length)),
    writeAt(offset, data) {
      if (offset + data.length > length) grow(offset + data.length);
      buffer.set(data, offset);
      return data.length;
    },
    punchHole(offset, bytes) {
      buffer.fill(0, offset, Math.min(offset + bytes, length));
      return undefined;
    },
    truncate(size) {
      if (size > length) grow(size);
      else length = size;
      return undefined;
    },
    sizeOnDisk: () => length,
  };
}

/** Writes all of `data`. Returns ENOSPC if part of it found no room. */
export function writeAll(file: HostFile, offset: number, data: Uint8Array): Errno | undefined {
  const written = file.writeAt(offset, data);
  if (typeof written === 'string') return written;
  return written < data.length ? 'ENOSPC' : undefined;
}
