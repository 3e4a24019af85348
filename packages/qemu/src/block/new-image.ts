// new-image.ts — Makes an image file for a job or a snapshot. Mirrors block.c: bdrv_img_create.
import type { Errno } from '@dmsim/sim';

import type { BlockLayer } from './block-layer.ts';
import { DRIVERS } from './driver-names.ts';
import type { HostFile, HostFiles } from './host-file.ts';
import { writeAll } from './host-file.ts';
import { refuseLocks } from './image-locks.ts';
import { nodeFilename } from './node-filename.ts';
import type { BlockNode } from './node.ts';
import { formatQcow2, parseQcow2 } from './qcow2-image.ts';
import { createRawFile } from './raw-file.ts';
import { ALL_RIGHTS, RIGHT } from './rights.ts';

export interface NewImageFile {
  readonly path: string;
  readonly format: string;
  /** Of the disk, in bytes. */
  readonly size: number;
  /** The node that the image rests on; null if it rests on none. */
  readonly backing: BlockNode | null;
}

/** QEMU's own refusal, or the name of what is not simulated. */
export interface ImageRefusal {
  readonly refusal: string;
  readonly isForeign?: true;
}

/** Makes the file, or takes one that is there. Null: it is made. */
export function createImageFile(
  layer: BlockLayer,
  { path, format, size, backing }: NewImageFile,
): ImageRefusal | null {
  const { files } = layer;
  const why = refuseNewFormat(format, backing);
  if (why !== null) return why;
  const under =
    backing === null
      ? { backingFile: null }
      : { backingFile: nodeFilename(backing), backingFormat: backing.driver.name };
  const content =
    format === 'qcow2' ? formatQcow2({ virtualSize: size, ...under }) : new Uint8Array();
  const there = files.get(path);
  const locked = there === undefined ? null : refuseOverwriting(there);
  if (locked !== null) return { refusal: locked };
  files.set(path, createRawFile(path, content));
  const made = files.get(path);
  if (made === undefined)
    return { refusal: `Could not create '${path}': No such file or directory` };
  if (format !== 'qcow2') sizeNewFile(made, size);
  return null;
}

const BLOCK = 4096;
const SECTOR = 512;

/** raw_regular_truncate: gives an empty file its size, and writes its first block, which tells of the file system's alignment later. */
export function sizeNewFile(file: HostFile, size: number): Errno | undefined {
  const errno = file.truncate(size);
  if (errno !== undefined || size === 0) return errno;
  return writeAll(file, 0, new Uint8Array(Math.min(size, size < BLOCK ? SECTOR : BLOCK)));
}

function refuseNewFormat(format: string, backing: BlockNode | null): ImageRefusal | null {
  if (format === 'qcow2') return null;
  if (format !== 'raw' && format !== 'file')
    return DRIVERS.includes(format)
      ? { refusal: `an image of the format ${format}`, isForeign: true }
      : { refusal: `Unknown file format '${format}'` };
  return backing === null
    ? null
    : { refusal: `Backing file not supported for file format '${format}'` };
}

/** raw_co_create: why a file that is there can't be made anew, or null. */
export function refuseOverwriting({ locks, path }: HostFile): string | null {
  const rights = { needs: RIGHT.write | RIGHT.resize, shares: ALL_RIGHTS & ~RIGHT.resize };
  return refuseLocks(locks, rights, { self: null, path });
}

/** The format that the first bytes of a file tell of. */
export function probeFormat(files: HostFiles, path: string): 'qcow2' | 'raw' {
  const file = files.get(path);
  return file !== undefined && parseQcow2(file) !== null ? 'qcow2' : 'raw';
}
