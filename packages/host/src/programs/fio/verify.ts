// verify.ts — verify=: writes a header into each block, and checks it when the block is read. After fio's verify.c: populate_verify_io_u, verify_header, verify_io_u.
import { crc32c } from '../crc.ts';
import type { IoUnit } from './thread.ts';
import type { VerifyKindName } from './verify-kinds.ts';
import { VERIFY_KINDS } from './verify-kinds.ts';

/*
 * A header, little-endian: magic (16 bits), kind (16), length (32), offset (64), number (64), a checksum of all this (32), and the
 * digest of the data behind it. The layout is the simulator's own. Blocks that a real fio wrote are not recognized.
 */
const MAGIC = 0xacca;
const CHECKSUM = 24;
const DIGEST = 28;
/** Bytes; a block is at least as long. */
export const HEADER = 48;

const viewOf = (buffer: Uint8Array): DataView =>
  new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);

/** Fills in the header before the block is written. */
export function putHeader({ buffer, offset, length, number }: IoUnit, name: VerifyKindName): void {
  const { media, digest } = VERIFY_KINDS[name];
  const view = viewOf(buffer);
  view.setUint16(0, MAGIC, true);
  view.setUint16(2, media, true);
  view.setUint32(4, length, true);
  view.setBigUint64(8, BigInt(offset), true);
  view.setBigUint64(16, BigInt(number ?? 0), true);
  view.setUint32(CHECKSUM, crc32c(buffer.subarray(0, CHECKSUM)), true);
  if (digest !== undefined) buffer.set(digest(buffer.subarray(HEADER, length)), DIGEST);
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Checks a block that was read. Returns fio's message if it is not what was written, else undefined. */
export function checkBlock(unit: IoUnit, name: VerifyKindName): string | undefined {
  return checkHeader(unit) ?? checkData(unit, name);
}

const placeOf = ({ target, offset, length }: IoUnit): string =>
  `at file ${target?.name ?? ''} offset ${offset}, length ${length}`;

function checkHeader(unit: IoUnit): string | undefined {
  const { buffer, offset, length, number } = unit;
  const view = viewOf(buffer);
  const bad = (what: string): string =>
    `verify: bad ${what} ${placeOf(unit)} (requested block: offset=${offset}, length=${length})\n`;
  const magic = view.getUint16(0, true);
  if (magic !== MAGIC)
    return bad(`magic header ${magic.toString(16)}, wanted ${MAGIC.toString(16)}`);
  const writtenLength = view.getUint32(4, true);
  if (writtenLength !== length) return bad(`header length ${writtenLength}, wanted ${length}`);
  const writtenAt = view.getBigUint64(8, true);
  if (writtenAt !== BigInt(offset)) return bad(`header offset ${writtenAt}, wanted ${offset}`);
  const writtenAs = view.getBigUint64(16, true);
  // Another number is that of an earlier write: the last one was lost.
  if (number !== undefined && writtenAs !== BigInt(number))
    return bad(`header numberio ${writtenAs}, wanted ${number}`);
  const checksum = view.getUint32(CHECKSUM, true);
  const calculated = crc32c(buffer.subarray(0, CHECKSUM));
  if (checksum === calculated) return undefined;
  return bad(`header crc ${checksum.toString(16)}, calculated ${calculated.toString(16)}`);
}

function checkData(unit: IoUnit, name: VerifyKindName): string | undefined {
  const { buffer, offset, length } = unit;
  const { media, digest } = VERIFY_KINDS[name];
  if (digest === undefined) return undefined;
  const received = digest(buffer.subarray(HEADER, length));
  const expected = buffer.subarray(DIGEST, DIGEST + received.length);
  if (received.every((byte, i) => byte === expected[i])) return undefined;
  const writtenAs = viewOf(buffer).getUint16(2, true);
  const mismatch =
    writtenAs === media ? '' : `fio: verify type mismatch (${writtenAs} media, ${media} given)\n`;
  return (
    `${name}: verify failed ${placeOf(unit)} (requested block: offset=${offset}, length=${length}, flags=8)\n` +
    `       Expected CRC: ${hex(expected)}\n       Received CRC: ${hex(received)}\n${mismatch}`
  );
}
