import { BLK_STS } from '@dmsim/block';
import { describe, expect, it } from 'vitest';

import type { TargetType } from '../target-type.ts';
import { flakeyTarget } from './flakey.ts';
import type { Io, TargetWorld } from './target-world.case.ts';
import { targetWorld } from './target-world.case.ts';

const A = 65;

/** A device that is down for its first 10 s, over a disk full of A. */
function flaky(features: string, intervals = '0 10'): TargetWorld {
  const w = targetWorld(flakeyTarget as TargetType<never, never>);
  expect(w.load('1:0 0 1 0')).toBeUndefined();
  w.write(0, A);
  w.runFor(1);
  expect(w.load(`1:0 0 ${intervals} ${features}`)).toBeUndefined();
  return w;
}

const ended = (w: TargetWorld, io: Io): Io => {
  w.runFor(1);
  return io;
};

describe('flakey', () => {
  it('is up and down in turns, from the load of its table on', () => {
    const w = flaky('', '2 1');
    const seen: string[] = [];
    for (let s = 0; s < 6; s++) {
      seen.push(ended(w, w.read(0)).status === BLK_STS.OK ? 'up' : 'down');
      w.runFor(999);
    }
    expect(seen).toEqual(['up', 'up', 'down', 'up', 'up', 'down']);
  });

  it.each([
    ['', BLK_STS.IOERR, BLK_STS.IOERR],
    ['1 error_reads', BLK_STS.IOERR, BLK_STS.OK],
    ['1 error_writes', BLK_STS.OK, BLK_STS.IOERR],
    ['1 drop_writes', BLK_STS.OK, BLK_STS.OK],
    ['2 random_read_corrupt 0', BLK_STS.IOERR, BLK_STS.IOERR],
  ])('with "%s" answers reads with %s and writes with %s', (features, read, write) => {
    const w = flaky(features);
    expect(ended(w, w.read(0)).status).toBe(read);
    expect(ended(w, w.write(0, 66)).status).toBe(write);
  });

  it('fails flushes with the writes', () => {
    const w = flaky('1 error_writes');
    expect(ended(w, w.flush()).status).toBe(BLK_STS.IOERR);
  });

  it('says that a dropped write went well', () => {
    const w = flaky('1 drop_writes');
    w.write(0, 66);
    expect(w.stored(0, 0)).toBe(A);
  });

  it('overwrites one byte of what is read', () => {
    const w = flaky('5 corrupt_bio_byte 3 r 88 0');
    const { data } = ended(w, w.read(0));
    expect(data.slice(0, 4)).toEqual(Uint8Array.of(A, A, 88, A));
    expect(w.stored(0, 0)).toBe(A);
  });

  it('overwrites one byte of what is written, in a copy', () => {
    const w = flaky('5 corrupt_bio_byte 1 w 88 0');
    const { data } = ended(w, w.write(0, 66));
    expect(data[0]).toBe(66);
    expect(w.stored(0, 0)).toBe(88);
  });

  it('spares what has not all of the flags, and what is too short', () => {
    const fua = flaky('5 corrupt_bio_byte 1 w 88 131072');
    fua.write(0, 66);
    expect(fua.stored(0, 0)).toBe(66);
    const long = flaky('5 corrupt_bio_byte 5000 r 88 0');
    expect(ended(long, long.read(0)).data.every((byte) => byte === A)).toBe(true);
  });

  it('changes at most one byte of each bio at random, and always one when it always strikes', () => {
    const w = flaky('2 random_read_corrupt 1000000000');
    let changed = 0;
    for (let i = 0; i < 20; i++) {
      const bytes = [...ended(w, w.read(0)).data].filter((byte) => byte !== A).length;
      expect(bytes).toBeLessThanOrEqual(1);
      changed += bytes;
    }
    // A random byte may be the one that was there.
    expect(changed).toBeGreaterThan(15);
  });
});
