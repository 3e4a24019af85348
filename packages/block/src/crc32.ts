// crc32.ts — Checksums of 32 bits, least significant bit first. Mirrors lib/crc32.c: crc32_le.

export function crcTable(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (polynomial & -(crc & 1));
    return crc;
  });
}

/** Begins with all bits set, and inverts the result. */
export function checksum(bytes: Uint8Array, table: Uint32Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] as number);
  return ~crc >>> 0;
}

const ETHERNET = crcTable(0xedb8_8320);

/** Ethernet's, which the headers of a GUID partition table have. */
export const crc32 = (bytes: Uint8Array): number => checksum(bytes, ETHERNET);
