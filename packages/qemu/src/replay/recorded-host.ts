// recorded-host.ts — The files that QEMU had when the transcripts were recorded, created anew for each replay.
import { createPrng, uniformInteger } from '@dmsim/sim';

import type { HostFile, HostFiles } from '../block/host-file.ts';
import { writeAll } from '../block/host-file.ts';
import { formatQcow2, mapCluster, parseQcow2, prepareTable } from '../block/qcow2-image.ts';
import { placeCluster } from '../block/qcow2-refcount.ts';
import { createRawFile } from '../block/raw-file.ts';

const MiB: number = 1 << 20;
const CHUNK: number = 64 << 10;

const patterns = new Map<number, Uint8Array>();

/** Content in which no two chunks are alike and none is all zero. All files of a size share it. */
function pattern(size: number): Uint8Array {
  let bytes = patterns.get(size);
  if (bytes === undefined) patterns.set(size, (bytes = makePattern(size)));
  return bytes;
}

function makePattern(size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  const prng = createPrng(7);
  for (let at = 0; at < size; at += CHUNK) {
    bytes.fill(1 + uniformInteger(prng, 0, 253), at, at + CHUNK);
    bytes[at] = (at / CHUNK) & 0xff;
    bytes[at + 1] = (at / CHUNK) >> 8;
  }
  return bytes;
}

const raw = (name: string): string => `$W/${name}.raw`;

export interface RecordedHostOptions {
  /**
   * Whether there is a machine: disks under a guest or a test driver have 8 MiB; jobs without a machine have 2 MiB images
   * and a backing chain.
   */
  readonly hasMachine: boolean;
  /** True for the paths to create. Unused files are left out, because they are large. */
  readonly isNamed: (path: string) => boolean;
  readonly fullFileSystem: FullFileSystem;
}

/** $TMPFS, a file system of 4 MiB that the recorder filled before QEMU began. */
export interface FullFileSystem {
  /** Bytes. */
  free: number;
}

/** The size of the file that the recorder removes to make room. */
export const BALLAST: number = 3 * MiB;
const PAGE = 4096;

/** Creates a sparse file, which occupies a page of the file system once that page is written. */
function sparseFile(path: string, size: number, fileSystem: FullFileSystem): HostFile {
  const inner = createRawFile(path, new Uint8Array(0));
  inner.truncate(size);
  return occupying(inner, new Set(), fileSystem);
}

/** `pages`: those that the file occupies so far. */
function occupying(inner: HostFile, pages: Set<number>, fileSystem: FullFileSystem): HostFile {
  return {
    ...inner,
    writeAt(offset, data) {
      const first = Math.floor(offset / PAGE);
      for (let page = first; page * PAGE < offset + data.length; page++) {
        if (pages.has(page)) continue;
        if (fileSystem.free < PAGE) return 'ENOSPC';
        fileSystem.free -= PAGE;
        pages.add(page);
      }
      return inner.writeAt(offset, data);
    },
    punchHole(offset, bytes) {
      for (let page = Math.ceil(offset / PAGE); (page + 1) * PAGE <= offset + bytes; page++)
        if (pages.delete(page)) fileSystem.free += PAGE;
      return inner.punchHole(offset, bytes);
    },
    truncate(size) {
      for (const page of pages) if (page * PAGE >= size) pages.delete(page);
      return inner.truncate(size);
    },
    isHole: (offset) => !pages.has(Math.floor(offset / PAGE)),
    sizeOnDisk: () => pages.size * PAGE,
  };
}

/** A file whose pages have all been written. */
function writtenFile(path: string, content: Uint8Array): HostFile {
  return occupying(createRawFile(path, content), pagesOf(content), { free: Infinity });
}

const pagesOf = ({ length }: Uint8Array): Set<number> =>
  new Set(Array.from({ length: Math.ceil(length / PAGE) }, (_, page) => page));

/** An inode of ext4 has room for so many extents; more take a block of their own. */
const INLINE_EXTENTS = 4;

/** Pages that were filled with zeroes are extents of their own until data for them reaches the disk. */
function nrExtents(pages: ReadonlySet<number>, unwritten: ReadonlySet<number>): number {
  let runs = 0;
  for (const page of pages)
    if (!pages.has(page - 1) || unwritten.has(page) !== unwritten.has(page - 1)) runs++;
  return runs;
}

/** An image file. Clusters that it grows by are written whole; what lies before them, and after the old end, is a hole. */
function imageFile(path: string, bytes: Uint8Array): HostFile {
  const pages = pagesOf(bytes);
  const unwritten = new Set<number>();
  const cached = new Set<number>();
  const inner = createRawFile(path, bytes);
  return {
    ...inner,
    writeAt(offset, data) {
      for (let page = Math.floor(offset / PAGE); page * PAGE < offset + data.length; page++) {
        pages.add(page);
        cached.add(page);
      }
      return inner.writeAt(offset, data);
    },
    writeZeroes(offset, bytes) {
      for (let page = Math.ceil(offset / PAGE); (page + 1) * PAGE <= offset + bytes; page++) {
        pages.add(page);
        unwritten.add(page);
        cached.delete(page);
      }
      return writeAll(inner, offset, new Uint8Array(bytes));
    },
    punchHole(offset, bytes) {
      for (let page = Math.ceil(offset / PAGE); (page + 1) * PAGE <= offset + bytes; page++)
        pages.delete(page);
      return inner.punchHole(offset, bytes);
    },
    truncate(size) {
      const first = Math.max((size - CHUNK) / PAGE, Math.ceil(inner.size() / PAGE));
      // One that grows by more than a cluster is no image, or is given a size.
      const grows = size - inner.size() < 2 * CHUNK;
      if (grows) for (let page = first; page * PAGE < size; page++) pages.add(page);
      for (const page of pages) if (page * PAGE >= size) pages.delete(page);
      return inner.truncate(size);
    },
    flush() {
      for (const page of cached) unwritten.delete(page);
      cached.clear();
    },
    sizeOnDisk: () => (pages.size + (nrExtents(pages, unwritten) > INLINE_EXTENTS ? 1 : 0)) * PAGE,
  };
}

/** An image that QEMU makes takes room as the others do. */
class RecordedFiles extends Map<string, HostFile> {
  constructor(there: readonly HostFile[]) {
    super();
    for (const file of there) super.set(file.path, file);
  }

  override set(path: string, file: HostFile): this {
    // There are no other directories than the recorder's.
    if (!/^\$[A-Z]+\/[^/]+$/u.test(path)) return this;
    if (this.has(path)) return super.set(path, file);
    const isImage = path.endsWith('.qcow2') || (file.size() > 0 && parseQcow2(file) !== null);
    return super.set(
      path,
      isImage
        ? imageFile(path, file.readAt(0, file.size()))
        : sparseFile(path, file.size(), { free: Infinity }),
    );
  }
}

/** The images that rest on an image: it is needed where one of them is. */
const OVER: Readonly<Record<string, readonly string[]>> = {
  '$W/base.raw': ['$W/mid.qcow2', '$W/ovl.qcow2'],
  '$W/mid.qcow2': ['$W/top.qcow2'],
};

export function recordedHost(options: RecordedHostOptions): HostFiles {
  const { hasMachine, isNamed, fullFileSystem } = options;
  const isNeeded = (path: string): boolean =>
    isNamed(path) || (OVER[path]?.some(isNeeded) ?? false);
  const size = hasMachine ? 8 * MiB : 2 * MiB;
  const files: HostFile[] = ['disk', 'src', 'srca', 'srcb', 'base']
    .filter((name) => isNeeded(raw(name)))
    .map((name) => writtenFile(raw(name), pattern(size)));
  for (const name of ['dst', 'dsta', 'dstb']) {
    if (isNamed(raw(name))) files.push(writtenFile(raw(name), new Uint8Array(size)));
  }
  for (const name of ['dst2', 'dst3', 'disk']) {
    const path = `$TMPFS/${name}.raw`;
    if (!isNamed(path)) continue;
    // The recorder's ballast leaves 1 MiB free for the target of a job, and nothing for a disk.
    fullFileSystem.free = name === 'disk' ? 0 : MiB;
    files.push(sparseFile(path, size, fullFileSystem));
  }
  const overlays: readonly [string, string, string][] = [
    ['mid', '$W/base.raw', 'raw'],
    ['top', '$W/mid.qcow2', 'qcow2'],
    ['ovl', '$W/base.raw', 'raw'],
  ];
  for (const [name, backingFile, backingFormat] of overlays) {
    if (!isNeeded(`$W/${name}.qcow2`)) continue;
    const bytes = formatQcow2({ virtualSize: size, backingFile, backingFormat });
    const file = imageFile(`$W/${name}.qcow2`, bytes);
    if (name === 'mid') fillImage(file, 1.5 * MiB, 0x11);
    files.push(file);
  }
  return new RecordedFiles(files);
}

/** `qemu-io -c 'write -P …'` on an image nobody uses. */
export function fillImage(file: HostFile, bytes: number, value: number): void {
  const image = parseQcow2(file);
  if (image === null || typeof image === 'string') return;
  for (let cluster = 0; cluster * image.clusterSize < bytes; cluster++) {
    prepareTable(image, cluster);
    const at = placeCluster(image);
    file.writeAt(at, new Uint8Array(image.clusterSize).fill(value));
    mapCluster(image, cluster, at);
  }
}

/** Views the bytes as 32-bit words. */
const words = (bytes: Uint8Array): Uint32Array =>
  new Uint32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 4));

const CHUNK_WORDS: number = CHUNK / 4;

export function differingChunks(a: Uint8Array, b: Uint8Array): number[] {
  const [x, y] = [words(a), words(b)];
  const differing: number[] = [];
  for (let at = 0; at < x.length; at += CHUNK_WORDS) {
    let i = at;
    while (i < at + CHUNK_WORDS && x[i] === y[i]) i++;
    if (i < at + CHUNK_WORDS) differing.push(at * 4);
  }
  return differing;
}

/** The number of chunks of `base` that hold the pattern written to `mid`, because a commit copied them there. */
export function committedChunks(base: Uint8Array): number {
  const x = words(base);
  let n = 0;
  for (let at = 0; at < x.length; at += CHUNK_WORDS) {
    let i = at;
    while (i < at + CHUNK_WORDS && x[i] === 0x11111111) i++;
    if (i === at + CHUNK_WORDS) n++;
  }
  return n;
}
