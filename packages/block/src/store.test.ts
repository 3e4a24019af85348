import { describe, expect, it } from 'vitest';

import { createStore, peekStore, writeStore, zeroStore } from './store.ts';

const ones = (sectors: number): Uint8Array => new Uint8Array(sectors * 512).fill(1);

/** Which of the sectors hold something. */
const held = (bytes: Uint8Array): number[] =>
  Array.from({ length: bytes.length / 512 }, (_, i) => i).filter((i) => bytes[i * 512] !== 0);

describe('zeroing a store', () => {
  it('takes no longer for a range of exabytes than there are pages in it', () => {
    const store = createStore();
    writeStore(store, 0, 16, ones(16), 0);
    writeStore(store, 2 ** 44, 8, ones(8), 0);
    zeroStore(store, 3, 2 ** 44);
    expect(held(peekStore(store, 0, 16))).toEqual([0, 1, 2]);
    expect(held(peekStore(store, 2 ** 44, 8))).toEqual([3, 4, 5, 6, 7]);
  });

  it('keeps the sectors before and behind the range', () => {
    const store = createStore();
    writeStore(store, 0, 32, ones(32), 0);
    zeroStore(store, 5, 14);
    expect(held(peekStore(store, 0, 32))).toEqual([
      0, 1, 2, 3, 4, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
    ]);
    expect(store.pages.size).toBe(3);
  });

  it('zeroes within one page', () => {
    const store = createStore();
    writeStore(store, 0, 8, ones(8), 0);
    zeroStore(store, 2, 3);
    zeroStore(store, 6, 0);
    expect(held(peekStore(store, 0, 8))).toEqual([0, 1, 5, 6, 7]);
  });
});
