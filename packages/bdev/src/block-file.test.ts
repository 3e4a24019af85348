import { setReadAhead } from '@dmsim/block';
import type { Errno } from '@dmsim/sim';
import type { OpenFile, OpenFlags } from '@dmsim/vfs';
import { beforeEach, describe, expect, it } from 'vitest';

import { openBlockDevice } from './block-file.ts';
import type { TestDisk } from './disk.case.ts';
import { testDisk } from './disk.case.ts';
import type { PageCache } from './page-cache.ts';
import { createPageCache } from './page-cache.ts';

const page = (value: number): Uint8Array => new Uint8Array(4096).fill(value);
const BUFFERED: OpenFlags = { read: true, write: true };
const DIRECT: OpenFlags = { ...BUFFERED, direct: true };

let disk: TestDisk;
let cache: PageCache;

beforeEach(() => {
  disk = testDisk();
  cache = createPageCache(disk.dev);
});

const open = (flags: OpenFlags): OpenFile => {
  const file = openBlockDevice({ dev: disk.dev, cache }, '/dev/test', flags);
  if (typeof file === 'string') throw new Error(file);
  return file;
};

const read = (file: OpenFile, max: number): Uint8Array | Errno =>
  disk.run((process) => file.read(process, max));
const write = (file: OpenFile, data: Uint8Array): number | Errno =>
  disk.run((process) => file.write(process, data));
const fsync = (file: OpenFile): Errno | undefined => disk.run((process) => file.sync(process));
/** Closes the file as a process that ends does. */
const close = (file: OpenFile): void =>
  disk.run(function* lingering(process) {
    yield* file.linger(process);
    file.release(process);
  });

describe('a direct file', () => {
  it('refuses what is not aligned to blocks, with EINVAL', () => {
    const file = open(DIRECT);
    expect(read(file, 100)).toBe('EINVAL');
    expect(write(file, new Uint8Array(100))).toBe('EINVAL');
    expect(disk.bios()).toEqual([]);
  });

  it('writes dirty pages back before it reads, and asks the disk each time', () => {
    write(open(BUFFERED), page(5));
    disk.bios();
    expect(read(open(DIRECT), 4096)).toEqual(page(5));
    expect(disk.bios()).toEqual(['W0+8', 'R0+8']);
    read(open(DIRECT), 4096);
    expect(disk.bios()).toEqual(['R0+8']);
  });

  it('drops the cached pages that it writes past', () => {
    const buffered = open(BUFFERED);
    read(buffered, 4096);
    write(open(DIRECT), page(6));
    buffered.seek(0, 'set');
    expect(read(buffered, 4096)).toEqual(page(6));
  });
});

describe('the end of the disk', () => {
  it('ends a read, cuts a write, and refuses one behind it with ENOSPC', () => {
    const file = open(BUFFERED);
    file.seek(-2048, 'end');
    expect(write(file, page(1))).toBe(2048);
    expect(write(file, page(1))).toBe('ENOSPC');
    expect(read(file, 10)).toHaveLength(0);
  });
});

describe('an error of write-back', () => {
  it('is told once to each file that was open', () => {
    const [one, two] = [open(BUFFERED), open(BUFFERED)];
    disk.bad.add(0);
    write(one, page(1));
    expect(fsync(one)).toBe('EIO');
    expect(fsync(one)).toBeUndefined();
    expect(fsync(two)).toBe('EIO');
    expect(fsync(two)).toBeUndefined();
  });

  it('is told to a file that was opened later, if no file was told before', () => {
    const one = open(BUFFERED);
    disk.bad.add(0);
    write(one, page(1));
    // The direct read writes back, and reports only errors of its own.
    read(open(DIRECT), 4096);
    const late = open(BUFFERED);
    expect(fsync(late)).toBe('EIO');
    expect(fsync(open(BUFFERED))).toBeUndefined();
  });
});

describe('closing the disk', () => {
  it('writes the cache back with the last opener only', () => {
    const [one, two] = [open(BUFFERED), open(BUFFERED)];
    write(one, page(1));
    close(two);
    expect(disk.bios()).toEqual([]);
    close(one);
    expect(disk.bios()).toEqual(['W0+8']);
    expect(disk.dev.openers).toBe(0);
  });

  it('leaves the write-back to a worker when the last opener does not linger', () => {
    const file = open(BUFFERED);
    write(file, page(1));
    disk.run(function* killed(process) {
      file.release(process);
    });
    expect(disk.bios()).toEqual(['W0+8']);
    expect(disk.dev.openers).toBe(0);
  });
});

describe('a large read, beyond the window of read-ahead', () => {
  it('has as much read ahead after its mark as before it', () => {
    setReadAhead(disk.dev, 8);
    const file = open(BUFFERED);
    read(file, 65536);
    read(file, 65536);
    expect(disk.bios()).toEqual(['R0+128', 'R128+128', 'R256+128']);
  });
});

describe('a direct read that fails', () => {
  it('leaves what has arrived in the buffer', () => {
    write(open(DIRECT), page(7));
    const file = open(DIRECT);
    disk.bad.add(0);
    expect(read(file, 4096)).toBe('EIO');
    expect(file.leftovers()).toHaveLength(4096);
    disk.bad.clear();
    expect(read(file, 4096)).toEqual(page(7));
    expect(file.leftovers()).toBeNull();
  });
});
