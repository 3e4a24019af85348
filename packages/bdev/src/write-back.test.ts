import { beforeEach, describe, expect, it } from 'vitest';

import type { TestDisk } from './disk.case.ts';
import { testDisk } from './disk.case.ts';
import type { PageCache } from './page-cache.ts';
import { createPageCache, writeCached } from './page-cache.ts';
import type { PageSpan } from './page-span.ts';
import { startWriteBack, writeAndWait } from './write-back.ts';

let disk: TestDisk;
let cache: PageCache;
let log: string[];

beforeEach(() => {
  disk = testDisk();
  cache = createPageCache(disk.dev);
  log = [];
});

const write = (page: number, count: number, value: number): void => {
  disk.run(() => writeCached(cache, page * 4096, new Uint8Array(count * 4096).fill(value)));
};

/** Starts a write-back that says its name when it has ended. */
const start = (name: string, span?: PageSpan): void => {
  disk.start(function* main() {
    const error = yield* writeAndWait(cache, span);
    log.push(error === undefined ? name : `${name}: ${error}`);
  });
};

describe('write-back of a range', () => {
  it('writes the dirty pages of the range, and no others', () => {
    write(0, 4, 1);
    start('the middle', { first: 1, last: 2 });
    expect(disk.bios()).toEqual(['W8+8', 'W16+8']);
    expect(cache.dirtyPages).toBe(2);
    expect(log).toEqual(['the middle']);
  });

  it('waits for the pages of the range that another is writing, and for no others', () => {
    disk.holdWrites = true;
    write(0, 2, 1);
    start('all');
    start('the first page', { first: 0, last: 0 });
    start('the third page', { first: 2, last: 2 });
    expect(log).toEqual(['the third page']);
    disk.release();
    expect(log.toSorted()).toEqual(['all', 'the first page', 'the third page']);
    expect(disk.bios()).toEqual(['W0+8', 'W8+8']);
  });

  it('tells the first of those who waited that a page could not be written', () => {
    disk.holdWrites = true;
    disk.bad.add(0);
    write(0, 1, 1);
    start('the writer');
    start('another');
    disk.release();
    expect(log).toEqual(['the writer: EIO', 'another']);
  });
});

describe('a page that is written to while it is being written back', () => {
  beforeEach(() => {
    disk.holdWrites = true;
    write(0, 1, 1);
    start('the first');
    write(0, 1, 2);
  });

  it('is written again only when the first write has ended', () => {
    start('the second');
    expect(disk.bios()).toEqual(['W0+8']);
    disk.holdWrites = false;
    disk.release();
    expect(disk.bios()).toEqual(['W0+8']);
    expect(cache).toMatchObject({ dirtyPages: 0, writingPages: 0, writtenPages: 2 });
    expect(log).toEqual(['the first', 'the second']);
  });

  it('is left by the flusher, which hears of it when the first write has ended', () => {
    let heard = 0;
    cache.flusher = { onDirty: () => void heard++ };
    startWriteBack(cache);
    expect(disk.bios()).toEqual(['W0+8']);
    expect(heard).toBe(0);
    disk.release();
    expect(heard).toBe(1);
    expect(cache.dirtyPages).toBe(1);
  });

  it('keeps the process that began the first write no longer', () => {
    disk.release();
    expect(log).toEqual(['the first']);
    expect(cache.dirtyPages).toBe(1);
  });
});
