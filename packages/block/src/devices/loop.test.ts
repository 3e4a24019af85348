import { createSim } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import { createBlockLayer } from '../block-device.ts';
import type { Loop, LoopDriver } from './loop.ts';
import { addLoop, configureLoop, createLoopDriver, freeLoop } from './loop.ts';

const driver = (): LoopDriver => createLoopDriver(createBlockLayer(createSim()), 2);

function use(loop: Loop): string {
  configureLoop(loop, {
    file: {
      size: () => 1_048_576,
      readAt: (_offset, max) => new Uint8Array(max),
      writeAt: (_offset, bytes) => bytes.length,
      punch: () => undefined,
    },
    nameOf: () => '/tmp/a',
    offset: 0,
    sizeLimit: 0,
    blockSize: 512,
    readOnly: false,
    partScan: false,
    release: () => undefined,
  });
  return loop.disk.name;
}

describe('a free loop device', () => {
  it('is a new one, of the lowest free number, when files are behind all that there are', () => {
    const loops = driver();
    use(addLoop(loops, 3));
    const names = Array.from({ length: 4 }, () => use(freeLoop(loops)));
    expect(names).toEqual(['loop0', 'loop1', 'loop2', 'loop4']);
    expect(loops.loops.size).toBe(5);
  });

  it('is the one of the lowest number, whichever was made first', () => {
    const loops = driver();
    use(freeLoop(loops));
    use(freeLoop(loops));
    addLoop(loops, 5);
    addLoop(loops, 4);
    expect(freeLoop(loops).disk.name).toBe('loop4');
  });
});
