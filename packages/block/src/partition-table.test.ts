import { describe, expect, it } from 'vitest';

import { crc32 } from './crc32.ts';
import { findPartitions } from './partition-table.ts';

const CAPACITY = 16_384;
const LAST = CAPACITY - 1;
const ENTRIES = 32;

interface Wanted {
  /** Of the first header. */
  readonly lba?: number;
  readonly count?: number;
  readonly size?: number;
  readonly headerSize?: number;
  readonly lastUsable?: number;
  /** Of the partition. */
  readonly end?: number;
  /** Where the copy says that it is. */
  readonly copyAt?: number;
  readonly copyLastUsable?: number;
}

function putHeader(disk: Uint8Array, own: number, other: number, wanted: Wanted): void {
  const at = new DataView(disk.buffer, own * 512, 512);
  disk.set(Buffer.from('EFI PART'), own * 512);
  at.setUint32(12, wanted.headerSize ?? 92, true);
  at.setBigUint64(24, BigInt(own), true);
  at.setBigUint64(32, BigInt(other), true);
  at.setBigUint64(40, BigInt(2 + ENTRIES), true);
  at.setBigUint64(48, BigInt(wanted.lastUsable ?? LAST - 1 - ENTRIES), true);
  at.setBigUint64(72, BigInt(wanted.lba ?? 2), true);
  at.setUint32(80, wanted.count ?? 128, true);
  at.setUint32(84, wanted.size ?? 128, true);
  at.setUint32(88, crc32(disk.subarray(1024, 1024 + ENTRIES * 512)), true);
  const header = disk.slice(own * 512, own * 512 + (wanted.headerSize ?? 92));
  at.setUint32(16, crc32(header), true);
}

/** A disk of 8 MiB with a protective table, two GPT headers, and one partition. */
function gpt(wanted: Wanted = {}): Uint8Array {
  const disk = new Uint8Array(CAPACITY * 512);
  const at = new DataView(disk.buffer);
  disk[446 + 4] = 0xee;
  at.setUint32(446 + 8, 1, true);
  disk.set([0x55, 0xaa], 510);
  disk.fill(7, 1024, 1040);
  at.setBigUint64(1024 + 32, 2048n, true);
  at.setBigUint64(1024 + 40, BigInt(wanted.end ?? 4095), true);
  const copyAt = wanted.copyAt ?? LAST;
  putHeader(disk, 1, copyAt, wanted);
  putHeader(disk, copyAt, 1, { lastUsable: wanted.copyLastUsable ?? LAST - 1 - ENTRIES });
  return disk;
}

function find(disk: Uint8Array, capacity: number = CAPACITY): ReturnType<typeof findPartitions> {
  const peek = (sector: number, count: number): Uint8Array => {
    if (count > CAPACITY) throw new Error(`${count} sectors are asked for`);
    const bytes = new Uint8Array(count * 512);
    bytes.set(disk.subarray(sector * 512, (sector + count) * 512));
    return bytes;
  };
  return findPartitions(peek, capacity, 1);
}

const PARTITION = { number: 1, start: 2048, sectors: 2048 };

describe('the search for partitions', () => {
  it('finds those of a GPT', () => {
    expect(find(gpt())).toMatchObject({ partitions: [PARTITION], remarks: [] });
  });

  it.each([
    { count: 0xffffffff },
    { count: 32_769 },
    { count: 0 },
    { size: 0xffffffff },
    { size: 64 },
    { lba: 2 ** 63 },
    { lba: CAPACITY },
    { headerSize: 91 },
    { lastUsable: CAPACITY },
    { lastUsable: 33 },
  ])('finds none in a GPT that can be none: %j', (wanted) => {
    expect(find(gpt(wanted))).toBeNull();
  });

  it.each([
    ['the header', 512 + 60],
    ['an entry', 1024 + 40],
  ])('finds none in a GPT of which %s has been spoilt', (_what, at) => {
    const disk = gpt();
    disk[at] = (disk[at] ?? 0) ^ 1;
    expect(find(disk)).toBeNull();
  });

  it('finds none in a GPT whose protective partition does not begin behind the table', () => {
    const disk = gpt();
    disk[446 + 8] = 2;
    expect(find(disk)).toBeNull();
  });

  it('leaves out a partition that reaches beyond the disk', () => {
    expect(find(gpt({ end: CAPACITY }))?.partitions).toEqual([]);
  });

  it('says that the copy at the end is gone', () => {
    const disk = gpt();
    disk.fill(0, LAST * 512);
    expect(find(disk)).toMatchObject({
      partitions: [PARTITION],
      remarks: ['Alternate GPT is invalid, using primary GPT.'],
    });
  });

  it('says in which ways the copy differs', () => {
    expect(find(gpt({ copyAt: LAST - 9, copyLastUsable: 9000 }))?.remarks).toEqual([
      "GPT:last_usable_lbas don't match.",
      `GPT:${LAST - 1 - ENTRIES} != 9000`,
      'GPT:Primary header thinks Alt. header is not at the end of the disk.',
      `GPT:${LAST - 9} != ${LAST}`,
      'GPT:Alternate GPT header not at the end of the disk.',
      `GPT:${LAST - 9} != ${LAST}`,
      'GPT: Use GNU Parted to correct GPT errors.',
    ]);
  });
});
