import { describe, expect, it } from 'vitest';

import { readPartitions } from './partition-table.ts';

const EXTENDED = 0x05;

/** A sector with a signature and these entries: type, start and length. */
function table(...entries: readonly (readonly [number, number, number])[]): Uint8Array {
  const bytes = new Uint8Array(512);
  const view = new DataView(bytes.buffer);
  for (const [i, [type, start, length]] of entries.entries()) {
    bytes[446 + 16 * i + 4] = type;
    view.setUint32(446 + 16 * i + 8, start, true);
    view.setUint32(446 + 16 * i + 12, length, true);
  }
  bytes.set([0x55, 0xaa], 510);
  return bytes;
}

describe('a chain of logical partitions', () => {
  it('that leads back to where it was, with nothing in it, is refused by name', () => {
    const sector = (): Uint8Array => table([EXTENDED, 8, 8], [EXTENDED, 8, 8]);
    expect(() => readPartitions(sector, 1)).toThrow('a chain of partitions without end');
  });

  it('that leads back to where it was, with a partition in it, ends when there are too many', () => {
    const sector = (at: number): Uint8Array =>
      at === 0 ? table([EXTENDED, 8, 8]) : table([0x83, 1, 1], [EXTENDED, 8, 8]);
    expect(readPartitions(sector, 1)?.warnings).toContain('too many slices');
  });
});
