import { describe, expect, it } from 'vitest';

import { findPartitions } from './partition-table.ts';

const CAPACITY = 16_384;

/** A disk of 8 MiB with a protective table, a GPT header with these numbers, and one partition. */
function gpt(entry: { lba?: number; count?: number; size?: number }): Uint8Array {
  const disk = new Uint8Array(CAPACITY * 512);
  const at = new DataView(disk.buffer);
  disk[446 + 4] = 0xee;
  disk.set([0x55, 0xaa], 510);
  disk.set(Buffer.from('EFI PART'), 512);
  at.setBigUint64(512 + 72, BigInt(entry.lba ?? 2), true);
  at.setUint32(512 + 80, entry.count ?? 128, true);
  at.setUint32(512 + 84, entry.size ?? 128, true);
  disk.fill(7, 1024, 1040);
  at.setBigUint64(1024 + 32, 2048n, true);
  at.setBigUint64(1024 + 40, 4095n, true);
  return disk;
}

function find(disk: Uint8Array): ReturnType<typeof findPartitions> {
  const peek = (sector: number, count: number): Uint8Array => {
    if (count > CAPACITY) throw new Error(`${count} sectors are asked for`);
    const bytes = new Uint8Array(count * 512);
    bytes.set(disk.subarray(sector * 512, (sector + count) * 512));
    return bytes;
  };
  return findPartitions(peek, CAPACITY, 1);
}

describe('the search for partitions', () => {
  it('finds those of a GPT', () => {
    expect(find(gpt({}))?.partitions).toEqual([{ number: 1, start: 2048, sectors: 2048 }]);
  });

  it.each([
    { count: 0xffffffff },
    { count: 32_769 },
    { size: 0xffffffff },
    { size: 64 },
    { lba: 2 ** 63 },
    { lba: CAPACITY },
  ])('finds none in a GPT that can be none: %j', (entry) => {
    expect(find(gpt(entry))).toBeNull();
  });
});
