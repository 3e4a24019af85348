// crc.ts — The checksum of blocks beside Ethernet's.
import { checksum, crcTable } from '@dmsim/block';

const CASTAGNOLI = crcTable(0x82f6_3b78);

/** Castagnoli's, which iSCSI and SSE 4.2 use. */
export const crc32c = (bytes: Uint8Array): number => checksum(bytes, CASTAGNOLI);
