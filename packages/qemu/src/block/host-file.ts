// host-file.ts — The host's files below QEMU. Whoever makes the VM provides them.
import type { Errno } from '@dmsim/sim';

export interface HostFile {
  readonly path: string;
  size(): number;
  /** What is there, up to the end of the file. */
  readAt(offset: number, bytes: number): Uint8Array;
  /** How many bytes found room on the file system; ENOSPC when none did. */
  writeAt(offset: number, data: Uint8Array): number | Errno;
  truncate(size: number): Errno | undefined;
  /** Bytes that it takes on the file system: a hole takes none. */
  sizeOnDisk(): number;
}

/** By path. */
export type HostFiles = Map<string, HostFile>;

/** A file in memory, on a file system that is never full. */
export function createRawFile(path: string, content: Uint8Array): HostFile {
  let buffer = content;
  let length = content.length;
  const grow = (size: number): void => {
    if (size > buffer.length) {
      // Room for what comes next: images grow a cluster at a time.
      const grown = new Uint8Array(Math.max(size, 2 * buffer.length));
      grown.set(buffer.subarray(0, length));
      buffer = grown;
    }
    if (size > length) buffer.fill(0, length, size);
    length = size;
  };
  return {
    path,
    size: () => length,
    readAt: (offset, bytes) => buffer.slice(offset, Math.min(offset + bytes, length)),
    writeAt(offset, data) {
      if (offset + data.length > length) grow(offset + data.length);
      buffer.set(data, offset);
      return data.length;
    },
    truncate(size) {
      if (size > length) grow(size);
      else length = size;
      return undefined;
    },
    sizeOnDisk: () => length,
  };
}

/** All of it, or what did not find room. */
export function writeAll(file: HostFile, offset: number, data: Uint8Array): Errno | undefined {
  const written = file.writeAt(offset, data);
  if (typeof written === 'string') return written;
  return written < data.length ? 'ENOSPC' : undefined;
}
