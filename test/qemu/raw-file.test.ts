import { createRawFile } from '@dmsim/qemu';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const KIB = 1024;
const MAX = 300 * KIB;

/** A file that is one array of bytes. */
function plainFile(content: Uint8Array) {
  let bytes = new Uint8Array(content);
  const resized = (size: number): Uint8Array<ArrayBuffer> => {
    const other = new Uint8Array(size);
    other.set(bytes.subarray(0, size));
    return other;
  };
  return {
    read: (offset: number, length: number) => bytes.slice(offset, offset + length),
    write(offset: number, data: Uint8Array): void {
      if (offset + data.length > bytes.length) bytes = resized(offset + data.length);
      bytes.set(data, offset);
    },
    punch: (offset: number, length: number) => void bytes.fill(0, offset, offset + length),
    truncate: (size: number) => void (bytes = resized(size)),
    size: () => bytes.length,
  };
}

const place = fc.oneof(
  fc.integer({ min: 0, max: MAX }),
  fc.constantFrom(0, 64 * KIB, 128 * KIB, 64 * KIB - 1, 64 * KIB + 1),
);

describe('a file in memory', () => {
  it('reads as one array of bytes would, whatever is written, cut off or punched', () => {
    const step = fc.tuple(fc.constantFrom('write', 'punch', 'truncate', 'read'), place, place);
    fc.assert(
      fc.property(place, fc.array(step, { maxLength: 20 }), (size, steps) => {
        const content = new Uint8Array(size).fill(7);
        const [file, plain] = [createRawFile('f', content), plainFile(content)];
        for (const [what, offset, length] of steps) {
          if (what === 'write') {
            const data = new Uint8Array(length).fill(1 + (offset & 0x7f));
            file.writeAt(offset, data);
            plain.write(offset, data);
          } else if (what === 'punch') {
            file.punchHole(offset, length);
            plain.punch(offset, length);
          } else if (what === 'truncate') {
            file.truncate(offset);
            plain.truncate(offset);
          } else {
            expect(Buffer.compare(file.readAt(offset, length), plain.read(offset, length))).toBe(0);
          }
          expect(file.size()).toBe(plain.size());
        }
        expect(Buffer.compare(file.readAt(0, file.size()), plain.read(0, plain.size()))).toBe(0);
        expect(content.every((byte) => byte === 7)).toBe(true);
      }),
    );
  });

  it('leaves what it was made of to others, and costs no more than what is written to it', () => {
    const content = new Uint8Array(64 << 20);
    const files = Array.from({ length: 1000 }, (_, i) => createRawFile(String(i), content));
    for (const [i, file] of files.entries()) file.writeAt(1 << 20, new Uint8Array([i & 0xff]));
    expect(files.map((file) => file.readAt(1 << 20, 1)[0])).toEqual(files.map((_, i) => i & 0xff));
  });
});
