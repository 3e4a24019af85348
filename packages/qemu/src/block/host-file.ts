// host-file.ts — The host's files below QEMU: bytes. Whoever makes the VM provides them.

import type { Errno } from '@dmsim/sim';

export interface HostFile {
  readonly path: string;
  bytes: Uint8Array;
  /** Makes it longer, at little cost; absent: `bytes` is replaced. */
  readonly grow?: (size: number) => void;
  /** Takes room on the file system for what is about to be written there; ENOSPC. Absent: there is always room. */
  readonly takeRoom?: (offset: number, bytes: number) => Errno | undefined;
  /** Bytes that it takes there; absent: all of its length. */
  readonly allocatedSize?: () => number;
}

/** By path. */
export type HostFiles = Map<string, HostFile>;

export function createRawFile(path: string, bytes: Uint8Array): HostFile {
  return { path, bytes };
}

export function growFile(file: HostFile, size: number): void {
  const { bytes } = file;
  if (size <= bytes.length) return;
  if (file.grow !== undefined) {
    file.grow(size);
    return;
  }
  if (size <= bytes.buffer.byteLength - bytes.byteOffset) {
    file.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, size);
    return;
  }
  // Room for what comes next: images grow a cluster at a time.
  const grown = new Uint8Array(Math.max(size, 2 * bytes.length));
  grown.set(bytes);
  file.bytes = grown.subarray(0, size);
}
