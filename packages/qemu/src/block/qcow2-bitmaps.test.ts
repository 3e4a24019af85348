import { describe, expect, it } from 'vitest';

import { machine } from '../vm/machine.case.ts';
import { haltVm } from '../vm/vm.ts';
import { flagsOf, storedBitmaps } from './qcow2-bitmaps.ts';
import type { Qcow2Image } from './qcow2-image.ts';
import { formatQcow2, parseQcow2 } from './qcow2-image.ts';
import { createRawFile } from './raw-file.ts';

const argv = ['-blockdev', 'driver=qcow2,node-name=img,file.driver=file,file.filename=i'];
const node = { node: 'img', name: 'p' };

function kept(): { files: Map<string, ReturnType<typeof createRawFile>>; image: Qcow2Image } {
  const file = createRawFile('i', formatQcow2({ virtualSize: 1 << 20, backingFile: null }));
  const files = new Map([['i', file]]);
  const m = machine(argv, { files });
  m.qmp('block-dirty-bitmap-add', { ...node, persistent: true });
  m.qmp('quit');
  m.runFor(1);
  return { files, image: parseQcow2(file) as Qcow2Image };
}

describe('a persistent bitmap', () => {
  it('is in the image once QEMU has ended', () => {
    const [stored, ...others] = storedBitmaps(kept().image);
    expect(others).toEqual([]);
    expect(stored).toMatchObject({ name: 'p', granularity: 65_536 });
    expect(stored && flagsOf(stored)).toEqual(['auto']);
  });

  it('can only be removed if QEMU was killed while it had it', () => {
    const { files, image } = kept();
    const killed = machine(argv, { files });
    haltVm(killed.vm);
    const m = machine(argv, { files });
    m.qmp('block-dirty-bitmap-clear', node);
    m.qmp('block-dirty-bitmap-enable', node);
    m.qmp('block-dirty-bitmap-remove', node);
    m.runFor(1);
    const old = "error Bitmap 'p' is inconsistent and cannot be used";
    expect(m.heard).toEqual([old, old, 'return']);
    expect(storedBitmaps(parseQcow2(image.file) as Qcow2Image)).toEqual([]);
  });

  const EXTENSION = 112 + 8;
  const u64 = (at: DataView, place: number, value: number): void =>
    at.setBigUint64(place, BigInt(value));
  it.each<readonly [string, (at: DataView, directory: number) => void]>([
    ['found bitmaps extension with zero bitmaps', (at) => at.setUint32(EXTENSION, 0)],
    ['Less bitmaps found than specified in header extension', (at) => at.setUint32(EXTENSION, 3)],
    [
      'bitmaps_ext: Image has 70000 bitmaps, exceeding the QEMU supported maximum of 65535',
      (at) => at.setUint32(EXTENSION, 70_000),
    ],
    ['Requested bitmap directory size is zero', (at) => u64(at, EXTENSION + 8, 0)],
    ['Broken bitmap directory', (at) => u64(at, EXTENSION + 8, 24)],
    [
      'bitmaps_ext: bitmap directory size (1073741824) exceeds the maximum supported size (67107840)',
      (at) => u64(at, EXTENSION + 8, 2 ** 30),
    ],
    [
      'bitmaps_ext: invalid bitmap directory offset',
      (at, directory) => u64(at, EXTENSION + 16, directory + 1),
    ],
    ["Bitmap '' doesn't satisfy the constraints", (at) => u64(at, EXTENSION + 16, 2 ** 40)],
    ['bitmaps_ext: Invalid extension length', (at) => at.setUint32(EXTENSION - 4, 16)],
    ['Header extension too large', (at) => at.setUint32(EXTENSION - 4, 0x7fffffff)],
    [
      "Bitmap 'p' doesn't satisfy the constraints",
      (at, directory) => at.setUint32(directory + 8, 0x7fffffff),
    ],
    [
      "Bitmap 'p' doesn't satisfy the constraints",
      (at, directory) => at.setUint32(directory + 8, 0),
    ],
    [
      "Bitmap 'p' doesn't satisfy the constraints",
      (at, directory) => at.setUint8(directory + 17, 40),
    ],
    ['Broken bitmap directory', (at, directory) => at.setUint16(directory + 18, 2047)],
    ['Bitmap extra data is not supported', (at, directory) => at.setUint32(directory + 20, 8)],
  ])('in a damaged directory keeps the image from being opened: %s', (message, damage) => {
    const { file, bitmaps } = kept().image;
    const bytes = file.readAt(0, file.size()).slice();
    damage(new DataView(bytes.buffer), bitmaps?.offset ?? 0);
    file.writeAt(0, bytes);
    expect(parseQcow2(file)).toBe(message);
  });
});
