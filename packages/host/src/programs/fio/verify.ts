// verify.ts — verify=crc32c: writes a header into each block, and checks it when the block is read. After fio's verify.c: populate_verify_io_u, verify_io_u_crc32c.
import type { IoUnit } from './thread.ts';

/*
 * A header, little-endian: magic (16 bits), length (32), offset (64), checksum (32) of what follows it.
 * The layout is the simulator's own. Blocks that a real fio wrote are not recognized.
 */
const MAGIC = 0xacca;
const HEADER = 24;

const CRC32C = new Uint32Array(256);
for (let i = 0; i < 256; i++) {
  let crc = i;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  CRC32C[i] = crc >>> 0;
}

/** The Castagnoli polynomial, which iSCSI and SSE 4.2 use. */
export function crc32c(data: Uint8Array, from: number, to: number): number {
  let crc = 0xffffffff;
  for (let i = from; i < to; i++)
    crc = (CRC32C[(crc ^ (data[i] as number)) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const viewOf = (buffer: Uint8Array): DataView =>
  new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);

/** Fills in the header before the block is written. */
export function putHeader({ buffer, offset, length }: IoUnit): void {
  if (length < HEADER) return;
  const view = viewOf(buffer);
  view.setUint16(0, MAGIC, true);
  view.setUint32(4, length, true);
  view.setBigUint64(8, BigInt(offset), true);
  view.setUint32(16, crc32c(buffer, HEADER, length), true);
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** Checks a block that was read. Returns fio's message if it is not what was written, else undefined. */
export function checkHeader(unit: IoUnit): string | undefined {
  const { buffer, offset, length, target } = unit;
  const view = viewOf(buffer);
  const at = `file ${target?.name ?? ''} offset ${offset}, length ${length}`;
  const asked = `(requested block: offset=${offset}, length=${length})`;
  const magic = view.getUint16(0, true);
  if (magic !== MAGIC)
    return `verify: bad magic header ${hex(magic, 1)}, wanted ${hex(MAGIC, 1)} at ${at} ${asked}\n`;
  const writtenLength = view.getUint32(4, true);
  if (writtenLength !== length)
    return `verify: bad header length ${writtenLength}, wanted ${length} at ${at} ${asked}\n`;
  const writtenAt = Number(view.getBigUint64(8, true));
  if (writtenAt !== offset)
    return `verify: bad header offset ${writtenAt}, wanted ${offset} at ${at} ${asked}\n`;
  const expected = view.getUint32(16, true);
  const received = crc32c(buffer, HEADER, length);
  if (expected === received) return undefined;
  const flags = `(requested block: offset=${offset}, length=${length}, flags=8)`;
  return (
    `crc32c: verify failed at ${at} ${flags}\n` +
    `       Expected CRC: ${hex(expected, 8)}\n       Received CRC: ${hex(received, 8)}\n`
  );
}
