import { BLK_STS } from '@dmsim/block';
import { describe, expect, it } from 'vitest';

import type { TargetType } from '../target-type.ts';
import { dustTarget } from './dust.ts';
import type { TargetWorld } from './target-world.case.ts';
import { targetWorld } from './target-world.case.ts';

function dusty(params = '1:0 0 4096'): TargetWorld {
  const w = targetWorld(dustTarget as TargetType<never, never>);
  expect(w.load(params)).toBeUndefined();
  return w;
}

const readStatus = (w: TargetWorld, sector: number): number | undefined => {
  const io = w.read(sector);
  w.runFor(1);
  return io.status;
};

const writeStatus = (w: TargetWorld, sector: number): number | undefined => {
  const io = w.write(sector, 1);
  w.runFor(1);
  return io.status;
};

describe('dust', () => {
  it('fails reads of bad blocks once it is enabled', () => {
    const w = dusty();
    w.message('addbadblock 2');
    expect(readStatus(w, 16)).toBe(BLK_STS.OK);
    w.message('enable');
    expect(w.line('info')).toBe('1:0 fail_read_on_bad_block verbose');
    expect([0, 8, 16, 24].map((sector) => readStatus(w, sector))).toEqual([0, 0, 10, 0]);
    w.message('disable');
    expect(readStatus(w, 16)).toBe(BLK_STS.OK);
  });

  it('numbers blocks on the device below', () => {
    const w = dusty('1:0 8 4096');
    w.message('addbadblock 1');
    w.message('enable');
    expect(readStatus(w, 0)).toBe(BLK_STS.IOERR);
  });

  it('mends a block by a write, after as many that fail', () => {
    const w = dusty();
    w.message('addbadblock 2 1');
    w.message('enable');
    expect(writeStatus(w, 16)).toBe(BLK_STS.IOERR);
    expect(writeStatus(w, 16)).toBe(BLK_STS.OK);
    expect(readStatus(w, 16)).toBe(BLK_STS.OK);
    expect(w.log().at(-1)).toBe('device-mapper: dust: block 0 removed from badblocklist by write');
  });

  it.each([
    ['addbadblock', 'addbadblock requires an additional argument'],
    ['addbadblock 257', 'selected block value out of range'],
    ['addbadblock 1 256', 'selected write fail count out of range'],
    ['foo', "unrecognized message 'foo' received"],
    ['foo 1', "unrecognized message 'foo' received"],
    ['removebadblock 1 2', "unrecognized message 'removebadblock' received"],
    ['a b c d', "invalid number of arguments '4'"],
    ['removebadblock 9', 'dust_remove_block: block 9 not found in badblocklist'],
  ])('answers "%s" with EINVAL and "%s"', (message, text) => {
    const w = dusty();
    expect(w.message(message)).toBe('EINVAL');
    expect(w.log().at(-1)).toBe(`device-mapper: dust: ${text}`);
  });

  it('says nothing of what is no number', () => {
    const w = dusty();
    const before = w.log().length;
    expect(w.message('addbadblock x')).toBe('EINVAL');
    expect(w.log()).toHaveLength(before);
  });

  it('counts, lists, queries and clears', () => {
    const w = dusty();
    const out = (text: string): string => {
      const answer = w.message(text);
      return typeof answer === 'object' ? answer.output : String(answer);
    };
    expect(out('listbadblocks')).toBe('No blocks in badblocklist');
    expect(out('clearbadblocks')).toBe('dust_clear_badblocks: no badblocks found');
    w.message('addbadblock 256');
    w.message('ADDBADBLOCK 5');
    expect(w.log().at(-1)).toBe(
      'device-mapper: dust: dust_add_block: badblock added at block 5 with write fail count 0',
    );
    expect(out('countbadblocks')).toBe('countbadblocks: 2 badblock(s) found');
    expect(out('listbadblocks')).toBe('5\n256\n');
    expect(out('queryblock 5')).toBe('dust_query_block: block 5 found in badblocklist');
    expect(out('queryblock 6')).toBe('dust_query_block: block 6 not found in badblocklist');
    expect(out('addbadblock 5')).toBe('EINVAL');
    expect(out('clearbadblocks')).toBe('dust_clear_badblocks: badblocks cleared');
    w.message('quiet');
    expect(w.line('info')).toBe('1:0 bypass quiet');
  });
});
