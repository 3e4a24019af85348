// crc.ts — The checksums of headers and blocks, least significant bit first.

function tableOf(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (polynomial & -(crc & 1));
    return crc;
  });
}

const checksum = (bytes: Uint8Array, table: Uint32Array): number => {
  let crc = 0xffff_ffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] as number);
  return ~crc >>> 0;
};

const ETHERNET = tableOf(0xedb8_8320);
const CASTAGNOLI = tableOf(0x82f6_3b78);

/** Ethernet's, which the headers of a GUID partition table have. */
export const crc32 = (bytes: Uint8Array): number => checksum(bytes, ETHERNET);

/** Castagnoli's, which iSCSI and SSE 4.2 use. */
export const crc32c = (bytes: Uint8Array): number => checksum(bytes, CASTAGNOLI);
