// A target type that someone else has written, under schedules.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Bio, DmDev, OwnTable, TargetType } from '../index.ts';
import {
  anySchedule,
  check,
  getDevice,
  parseSector,
  putDevice,
  queueingSchedule,
  search,
} from '../index.ts';

interface Passed {
  readonly dev: DmDev;
  readonly start: number;
}

/** Passes everything on, but for what `loses` says: that never ends. */
const passing = (name: string, loses: (bio: Bio) => boolean): TargetType<Passed> => ({
  name,
  version: [1, 0, 0],
  ctr(ti, [path = '', offset = '']) {
    const start = parseSector(offset);
    if (start === null) return { error: 'Invalid device sector', errno: 'EINVAL' };
    const dev = getDevice(ti, path);
    if (typeof dev === 'string') return { error: 'Device lookup failed', errno: dev };
    return { state: { dev, start } };
  },
  dtr: (ti) => putDevice(ti, ti.state.dev),
  map(ti, bio) {
    if (loses(bio)) return 'submitted';
    bio.dev = ti.state.dev.bdev;
    bio.sector = ti.state.start + (bio.sector - ti.begin);
    return 'remapped';
  },
  status: (ti, kind) => (kind === 'info' ? '' : `${ti.state.dev.name} ${ti.state.start}`),
  iterateDevices: (ti, fn) => fn(ti.state.dev, ti.state.start, ti.len),
});

const schedulesOf = (table: OwnTable): ReturnType<typeof anySchedule> =>
  anySchedule().map((schedule) => Object.assign(schedule, { table }));
const over = (target: string): OwnTable => ({ type: 'target', target, params: '$0 0' });

describe('a target type of one’s own', () => {
  it('passes when it does nothing wrong', () => {
    const targets = [passing('passing', () => false) as TargetType];
    check(schedulesOf(over('passing')), { targets, runs: 100 });
  });

  it('has the first table of every schedule, on one path or another, and most of the later ones', () => {
    const own = over('passing');
    const drawn = fc.sample(anySchedule({ ownTarget: own }), { seed: 1, numRuns: 50 });
    expect(new Set(drawn.map(({ table }) => 'params' in table && table.params))).toEqual(
      new Set(['$0 0', '$1 0', '$2 0', '$3 0']),
    );
    const later = drawn.flatMap(({ commands }) =>
      commands.flatMap((command) => ('table' in command ? [command.table.type] : [])),
    );
    expect(new Set(later)).toEqual(new Set(['target', 'linear', 'striped']));
    expect(later.filter((type) => type === 'target').length).toBeGreaterThan(later.length / 2);
  });

  it('is on the first path when a failure has been made small', () => {
    const targets = [passing('lossy', ({ sector }) => sector >= 512) as TargetType];
    const { failure } = search(anySchedule({ ownTarget: over('lossy') }), { targets, runs: 200 });
    expect(failure?.schedule.table).toEqual(over('lossy'));
  });

  it('is refused where all tables are to queue', () => {
    expect(() => queueingSchedule({ ownTarget: over('passing') })).toThrow('no ownTarget');
  });

  it('is found to lose a bio, and the lab that shows it is one write', () => {
    const targets = [passing('lossy', ({ sector }) => sector >= 512) as TargetType];
    const { failure } = search(schedulesOf(over('lossy')), { targets, runs: 200 });
    expect(failure?.reason).toContain('nothing will ever complete it');
    expect(failure?.schedule.commands).toHaveLength(1);
    expect(failure?.schedule.commands[0]?.kind).toMatch(/read|write/);
  });

  it('names the file of a hook that throws', () => {
    const bad = passing('throws', () => {
      throw new Error('a slip of mine');
    }) as TargetType;
    const { failure } = search(schedulesOf(over('throws')), {
      targets: [bad],
      runs: 50,
    });
    expect(failure?.reason).toMatch(/a slip of mine[^]*own-target\.test\.ts/);
  });

  it.each<[string, object, string]>([
    ['a name of Linux', { name: 'linear' }, 'a target type (Linux has one of that name)'],
    ['no map', { map: undefined }, 'it has no function map, and no cloneAndMapRq'],
    ['no version', { version: undefined }, 'version is to be three numbers, such as [1, 0, 0]'],
  ])('is refused with %s', (_, part, says) => {
    const target = { ...passing('mine', () => false), ...part } as TargetType;
    expect(() => check(anySchedule(), { targets: [target], runs: 1 })).toThrow(says);
  });
});
