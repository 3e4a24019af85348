import { BLK_STS } from '@dmsim/block';
import { describe, expect, it } from 'vitest';

import type { TargetType } from '../target-type.ts';
import { delayTarget } from './delay.ts';
import type { TargetWorld } from './target-world.case.ts';
import { isSuspended, targetWorld } from './target-world.case.ts';

function delayed(params: string): TargetWorld {
  const w = targetWorld(delayTarget as TargetType<never, never>);
  expect(w.load(params)).toBeUndefined();
  return w;
}

describe('delay', () => {
  it('holds I/O back for as long as its class says, in whole ticks of 4 ms', () => {
    const w = delayed('1:0 0 10 1:1 0 500');
    const read = w.read(0);
    const write = w.write(0, 7);
    expect(w.line('info')).toBe('1 1 0');
    w.runFor(11);
    expect(read.status).toBeUndefined();
    w.runFor(489);
    expect(read.status).toBe(BLK_STS.OK);
    expect(read.at).toBe(12e6);
    expect(write.at).toBe(500e6);
    expect(w.stored(1, 0)).toBe(7);
    expect(w.line('info')).toBe('0 0 0');
  });

  it('passes what has no delay at once', () => {
    const w = delayed('1:0 0 0 1:1 0 500');
    expect(w.read(0).at).toBe(0);
  });

  it('sends a flush by the class of flushes', () => {
    const w = delayed('1:0 0 10 1:1 0 20 1:0 0 300');
    const flush = w.flush();
    expect(w.line('info')).toBe('0 0 1');
    w.runFor(400);
    expect(flush.at).toBe(300e6);
  });

  it('is due by time, not by order', () => {
    const w = delayed('1:0 0 400 1:1 0 100');
    const read = w.read(0);
    const write = w.write(0, 1);
    w.runFor(150);
    expect([read.status, write.status]).toEqual([undefined, BLK_STS.OK]);
  });

  it('submits all that it holds when the device is suspended, and holds again after resume', () => {
    const w = delayed('1:0 0 1000');
    const first = w.write(0, 1);
    w.suspend(true);
    w.runFor(1);
    expect(first.status).toBe(BLK_STS.OK);
    expect(isSuspended(w)).toBe(true);
    w.resume();
    const second = w.write(0, 2);
    w.runFor(500);
    expect(second.status).toBeUndefined();
    expect(w.line('info')).toBe('0 1 0');
  });
});
