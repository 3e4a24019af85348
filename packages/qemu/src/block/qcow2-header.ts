// qcow2-header.ts — The extensions of a qcow2 image's header, and the name of the backing file behind them. Mirrors block/qcow2.c: qcow2_update_header, qcow2_read_extensions.
import type { BitmapDirectory } from './qcow2-bitmap-directory.ts';
import { problemOf } from './qcow2-bitmap-directory.ts';
import { headerLength, V2_LENGTH } from './qcow2-check-header.ts';

export const HEADER_LENGTH = 112;
/** Bytes reserved for the header, its extensions and the name of the backing file. */
export const HEADER_ROOM: number = HEADER_LENGTH + 2048;
const EXT_BACKING_FORMAT = 0xe2792aca;
const EXT_BITMAPS = 0x23852875;
/** Where the features stand that a program which does not know them must clear. Bit 0: the bitmaps are up to date. */
const AUTOCLEAR = 88;

/** The facts of the header besides the places of the tables. */
export interface Extensions {
  readonly backingFile: string | null;
  readonly backingFormat: string | null;
  readonly bitmaps: BitmapDirectory | null;
}

/** Writes the extensions, their end, and the backing file's name behind the header. */
export function writeExtensions(at: DataView, bytes: Uint8Array, extensions: Extensions): void {
  const { backingFile: file, backingFormat: format, bitmaps } = extensions;
  const isOld = at.getUint32(4) === 2;
  let end = isOld ? V2_LENGTH : HEADER_LENGTH;
  bytes.fill(0, end, HEADER_ROOM);
  if (file !== null && format !== null) {
    at.setUint32(end, EXT_BACKING_FORMAT);
    at.setUint32(end + 4, format.length);
    for (let i = 0; i < format.length; i++) bytes[end + 8 + i] = format.charCodeAt(i);
    end += 8 + Math.ceil(format.length / 8) * 8;
  }
  if (!isOld) at.setBigUint64(AUTOCLEAR, bitmaps === null ? 0n : 1n);
  if (bitmaps !== null) {
    at.setUint32(end, EXT_BITMAPS);
    at.setUint32(end + 4, 24);
    at.setUint32(end + 8, bitmaps.count);
    at.setBigUint64(end + 16, BigInt(bitmaps.size));
    at.setBigUint64(end + 24, BigInt(bitmaps.offset));
    end += 32;
  }
  writeBackingName(at, bytes, { file, end: end + 8 });
}

function writeBackingName(
  at: DataView,
  bytes: Uint8Array,
  { file, end }: { readonly file: string | null; readonly end: number },
): void {
  at.setBigUint64(8, BigInt(file === null ? 0 : end));
  at.setUint32(16, file?.length ?? 0);
  for (let i = 0; i < (file?.length ?? 0); i++) bytes[end + i] = (file ?? '').charCodeAt(i);
}

export const textAt = (bytes: Uint8Array, offset: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(offset, offset + length));

/** A string says why the image can't be opened. */
export function parseExtensions(
  at: DataView,
  bytes: Uint8Array,
  clusterSize: number,
): Omit<Extensions, 'backingFile'> | string {
  let backingFormat: string | null = null;
  let bitmaps: BitmapDirectory | null = null;
  for (let i = headerLength(at); i + 8 <= bytes.length;) {
    const [type, length] = [at.getUint32(i), at.getUint32(i + 4)];
    if (type === 0) break;
    if (length > bytes.length - i - 8) return 'Header extension too large';
    if (type === EXT_BACKING_FORMAT) backingFormat = textAt(bytes, i + 8, length);
    if (type === EXT_BITMAPS) {
      bitmaps = directoryAt(at, i + 8);
      const problem = problemOf(bitmaps, { length, clusterSize });
      if (problem !== null) return problem;
    }
    i += 8 + Math.ceil(length / 8) * 8;
  }
  return { backingFormat, bitmaps };
}

const directoryAt = (at: DataView, i: number): BitmapDirectory => ({
  count: at.getUint32(i),
  size: Number(at.getBigUint64(i + 8)),
  offset: Number(at.getBigUint64(i + 16)),
});
