// host-file.ts — The host's files below QEMU: bytes, and what a qcow2 header says. Whoever makes the VM provides them.

import type { Errno } from '@dmsim/sim';

/** The metadata of a qcow2 image; its clusters lie in the file's bytes. */
export interface Qcow2Header {
  readonly virtualSize: number;
  backingFile: string | null;
  /** Guest cluster to offset in the file. */
  readonly clusters: Map<number, number>;
}

export interface HostFile {
  readonly path: string;
  bytes: Uint8Array;
  readonly qcow2: Qcow2Header | null;
  /** Takes room on the file system for what is about to be written there; ENOSPC. Absent: there is always room. */
  readonly takeRoom?: (offset: number, bytes: number) => Errno | undefined;
  /** Bytes that it takes there; absent: all of its length. */
  readonly allocatedSize?: () => number;
}

/** By path. */
export type HostFiles = Map<string, HostFile>;

export const CLUSTER_SIZE: number = 64 << 10;

export function createRawFile(path: string, bytes: Uint8Array): HostFile {
  return { path, bytes, qcow2: null };
}

export function createQcow2File(
  path: string,
  {
    virtualSize,
    backingFile,
  }: { readonly virtualSize: number; readonly backingFile: string | null },
): HostFile {
  const header: Qcow2Header = { virtualSize, backingFile, clusters: new Map() };
  // Header, L1, refcounts: where the first cluster lies does not matter, only that it is not at 0.
  return { path, bytes: new Uint8Array(5 * CLUSTER_SIZE), qcow2: header };
}

/** Where a guest cluster is, or will be, in the file. */
export function placeCluster(file: HostFile): number {
  const at = file.bytes.length;
  growFile(file, at + CLUSTER_SIZE);
  return at;
}

export function growFile(file: HostFile, size: number): void {
  const { bytes } = file;
  if (size <= bytes.length) return;
  if (size <= bytes.buffer.byteLength - bytes.byteOffset) {
    file.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, size);
    return;
  }
  // Room for what comes next: images grow a cluster at a time.
  const grown = new Uint8Array(Math.max(size, 2 * bytes.length));
  grown.set(bytes);
  file.bytes = grown.subarray(0, size);
}

/** Allocates and fills clusters, as `qemu-io write` on an image nobody uses. */
export function writeQcow2(file: HostFile, offset: number, data: Uint8Array): void {
  const { qcow2 } = file;
  if (qcow2 === null) return;
  for (let done = 0; done < data.length; done += CLUSTER_SIZE) {
    const cluster = (offset + done) / CLUSTER_SIZE;
    const at = qcow2.clusters.get(cluster) ?? placeCluster(file);
    qcow2.clusters.set(cluster, at);
    file.bytes.set(data.subarray(done, done + CLUSTER_SIZE), at);
  }
}
