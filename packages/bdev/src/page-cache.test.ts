import { beforeEach, describe, expect, it } from 'vitest';

import type { TestDisk } from './disk.case.ts';
import { testDisk } from './disk.case.ts';
import type { PageCache } from './page-cache.ts';
import { createPageCache, forgetPages, invalidate, writeCached } from './page-cache.ts';
import { readAtOnce, readCached } from './read-cached.ts';
import type { Readahead } from './readahead.ts';
import { createReadahead } from './readahead.ts';
import { setBlockSize } from './set-block-size.ts';
import { dropClean, truncatePages } from './truncate.ts';
import { writeAndWait } from './write-back.ts';

const bytes = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);

let disk: TestDisk;
let cache: PageCache;
let ra: Readahead;

beforeEach(() => {
  disk = testDisk();
  cache = createPageCache(disk.dev);
  // One page at a time, where a test does not say otherwise.
  ra = { ...createReadahead(disk.dev), pages: 0, ioPages: 0 };
});

const read = (offset: number, length: number): Uint8Array | string =>
  disk.run(() => readCached(cache, ra, offset, length));
const write = (offset: number, data: Uint8Array): string | undefined =>
  disk.run(() => writeCached(cache, offset, data));
const sync = (): string | undefined => disk.run(() => writeAndWait(cache));

describe('a buffered read', () => {
  it('fails with EIO when the page cannot be read, and returns what came before it', () => {
    disk.bad.add(8);
    expect(read(4096, 1)).toBe('EIO');
    expect(read(0, 8192)).toHaveLength(4096);
  });

  it('asks the disk for a page once', () => {
    read(100, 1);
    read(4000, 96);
    expect(disk.bios()).toEqual(['R0+8']);
  });

  it('asks again once the page is dropped', () => {
    read(0, 1);
    invalidate(cache);
    read(0, 1);
    expect(disk.bios()).toEqual(['R0+8', 'R0+8']);
  });

  it('returns bytes that a later write to their page leaves alone', () => {
    const before = read(100, 4);
    write(100, bytes(4, 1));
    expect(before).toEqual(bytes(4, 0));
    expect(read(100, 4)).toEqual(bytes(4, 1));
  });

  it('needs no wait where one page in memory has all bytes', () => {
    expect(readAtOnce(cache, ra, 100, 4)).toBeNull();
    read(0, 1);
    expect(readAtOnce(cache, ra, 100, 4)).toEqual(bytes(4, 0));
    expect(readAtOnce(cache, ra, 4094, 4)).toBeNull();
    expect(disk.bios()).toEqual(['R0+8']);
  });

  it('reads a window ahead, and the next window when it comes to the marked page', () => {
    const ahead: Readahead = { ...createReadahead(disk.dev), pages: 32, ioPages: 32 };
    disk.run(() => readCached(cache, ahead, 0, 4096));
    expect(disk.bios()).toEqual(['R0+32']);
    disk.run(() => readCached(cache, ahead, 4096, 4096));
    expect(disk.bios()).toEqual(['R32+64']);
  });

  it('reads ahead only to the end of the disk', () => {
    const ahead: Readahead = { ...createReadahead(disk.dev), pages: 32, ioPages: 32 };
    disk.run(() => readCached(cache, ahead, 1021 * 4096, 4096));
    disk.run(() => readCached(cache, ahead, 1022 * 4096, 4096));
    expect(disk.bios()).toEqual(['R8168+8', 'R8176+16']);
    expect([...cache.pages.keys()]).toEqual([1021, 1022, 1023]);
  });
});

describe('a buffered write', () => {
  it('fails with EIO when the rest of its block cannot be read, and dirties nothing', () => {
    disk.bad.add(0);
    expect(write(10, bytes(5, 1))).toBe('EIO');
    expect(cache.dirtyPages).toBe(0);
  });

  it('reads the block that it writes a part of', () => {
    write(10, bytes(5, 1));
    expect(disk.bios()).toEqual(['R0+8']);
  });

  it('reads nothing when it covers whole blocks', () => {
    write(0, bytes(8192, 1));
    expect(disk.bios()).toEqual([]);
  });

  it('stays in memory until it is written back, with a bio for each block', () => {
    write(4096, bytes(8192, 7));
    expect(disk.bios()).toEqual([]);
    expect(sync()).toBeUndefined();
    expect(disk.bios()).toEqual(['W8+8', 'W16+8']);
    invalidate(cache);
    expect(read(4096, 2)).toEqual(bytes(2, 7));
  });

  it('writes only its blocks back, where blocks are smaller than a page', () => {
    disk.run(() => setBlockSize(cache, 1024));
    write(1024, bytes(1024, 1));
    sync();
    expect(disk.bios()).toEqual(['W2+2']);
  });

  it('is kept when the page is dropped while the write waits for it', () => {
    disk.hold = true;
    disk.start(() => writeCached(cache, 10, bytes(5, 9)));
    forgetPages(cache);
    disk.hold = false;
    disk.release();
    sync();
    expect(read(10, 5)).toEqual(bytes(5, 9));
    invalidate(cache);
    expect(read(10, 5)).toEqual(bytes(5, 9));
  });
});

describe('the number of dirty pages', () => {
  it('counts a page once, however often it is written', () => {
    write(0, bytes(4096, 1));
    write(0, bytes(4096, 2));
    write(8192, bytes(4096, 3));
    expect(cache.dirtyPages).toBe(2);
  });

  it('is zero after write-back, even after one that failed', () => {
    disk.bad.add(0);
    write(0, bytes(8192, 1));
    expect(sync()).toBe('EIO');
    expect(cache.dirtyPages).toBe(0);
  });

  it('counts a page again that is written again after write-back', () => {
    write(0, bytes(4096, 1));
    sync();
    write(0, bytes(4096, 2));
    expect(cache.dirtyPages).toBe(1);
  });

  it('falls with dirty pages that are dropped', () => {
    write(0, bytes(12288, 1));
    truncatePages(cache, { offset: 4096, length: 4096 });
    expect(cache.dirtyPages).toBe(2);
    forgetPages(cache);
    expect(cache.dirtyPages).toBe(0);
  });
});

it('drops the pages of a range of exabytes at once', () => {
  write(0, bytes(12288, 1));
  truncatePages(cache, { offset: 4096, length: 2 ** 52 });
  expect([...cache.pages.keys()]).toEqual([0]);
  expect(cache.dirtyPages).toBe(1);
});

describe('write-back', () => {
  it('loses a block that fails, and writes the others', () => {
    disk.bad.add(8);
    write(0, bytes(12288, 1));
    expect(sync()).toBe('EIO');
    expect(disk.bios()).toEqual(['W0+8', 'W8+8', 'W16+8']);
    expect(sync()).toBeUndefined();
    expect(disk.bios()).toEqual([]);
  });

  it('counts its failures for the files that are open', () => {
    disk.bad.add(0);
    write(0, bytes(4096, 1));
    sync();
    expect(cache).toMatchObject({ errors: 1, told: false });
  });
});

describe('dropping pages', () => {
  it('leaves dirty pages and those that are being read', () => {
    read(0, 1);
    write(4096, bytes(4096, 1));
    disk.hold = true;
    disk.start(() => readCached(cache, ra, 8192, 1));
    invalidate(cache);
    expect([...cache.pages.keys()]).toEqual([1, 2]);
  });

  it('of a range keeps dirty pages, and touches no page beside it', () => {
    write(0, bytes(12288, 1));
    sync();
    write(4096, bytes(1, 2));
    expect(dropClean(cache, { first: 0, last: 1 })).toBe(false);
    expect([...cache.pages.keys()]).toEqual([1, 2]);
  });

  it('before a range is cleared takes dirty pages too, and leaves zeroes in those that stay', () => {
    write(0, bytes(12288, 1));
    truncatePages(cache, { offset: 4000, length: 4192 });
    expect([...cache.pages.keys()]).toEqual([0, 2]);
    expect(cache.dirtyPages).toBe(2);
    expect([...(cache.pages.get(0)?.data.subarray(3998, 4002) ?? [])]).toEqual([1, 1, 0, 0]);
  });
});

describe('the size of blocks', () => {
  it.each([0, 256, 1000, 8192, Number.NaN])('cannot be %d', (size) => {
    expect(disk.run(() => setBlockSize(cache, size))).toBe('EINVAL');
  });

  it('is set after what is cached was written back and forgotten', () => {
    write(0, bytes(4096, 1));
    expect(disk.run(() => setBlockSize(cache, 512))).toBeUndefined();
    expect(disk.bios()).toEqual(['W0+8']);
    expect(cache.pages.size).toBe(0);
  });

  it('is left as it is, with the cache, when it is set to what it was', () => {
    write(0, bytes(4096, 1));
    disk.run(() => setBlockSize(cache, cache.blockSize));
    expect(cache.dirtyPages).toBe(1);
  });
});
