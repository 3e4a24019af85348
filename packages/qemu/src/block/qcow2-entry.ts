// qcow2-entry.ts — Entries of a qcow2 image's tables: offsets with flags beside them.
import type { Errno } from '@dmsim/sim';

import type { HostFile } from './host-file.ts';
import { writeAll } from './host-file.ts';

/** The cluster has no other reference, and may be written in place. */
export const COPIED: bigint = 1n << 63n;
/** The bits of an entry that are the offset of a cluster (L1E_OFFSET_MASK, L2E_OFFSET_MASK). */
export const OFFSET_MASK = 0x00fffffffffffe00n;

/** Reads an entry of a table; 0 beyond the end of the file. */
export function getEntry(file: HostFile, offset: number): bigint {
  const bytes = file.readAt(offset, 8);
  return bytes.length < 8 ? 0n : new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0);
}

/** Reads the offset that an entry of a table has, without its flags. */
export const get64 = (file: HostFile, offset: number): number =>
  Number(getEntry(file, offset) & OFFSET_MASK);

/** Writes an entry of a table. Returns the error of the file. */
export function put64(file: HostFile, offset: number, value: bigint): Errno | undefined {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value);
  return writeAll(file, offset, bytes);
}
