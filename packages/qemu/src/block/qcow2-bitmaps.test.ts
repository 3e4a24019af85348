import { describe, expect, it } from 'vitest';

import { machine } from '../vm/machine.case.ts';
import { haltVm } from '../vm/vm.ts';
import { createRawFile } from './host-file.ts';
import { flagsOf, storedBitmaps } from './qcow2-bitmaps.ts';
import type { Qcow2Image } from './qcow2-image.ts';
import { formatQcow2, parseQcow2 } from './qcow2-image.ts';

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
});
