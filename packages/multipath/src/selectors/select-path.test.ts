import { describe, expect, it } from 'vitest';

import type { Machine } from '../machine.case.ts';
import {
  create,
  createMachine,
  disk,
  message,
  read,
  release,
  settle,
  start,
} from '../machine.case.ts';
import type { DmPath, PathSelectorType } from './path-selector.ts';
import { registerPathSelector } from './registry.ts';
import { SelectorBroken } from './selector-broken.ts';

const seen: DmPath[] = [];

function machineWith(parts: Partial<PathSelectorType<DmPath[]>>): Machine {
  seen.length = 0;
  const m = createMachine({ disks: 2 });
  const mine: PathSelectorType<DmPath[]> = {
    name: 'mine',
    tableArgs: 0,
    infoArgs: 0,
    create: () => ({ state: [] }),
    addPath(state, path) {
      state.push(path);
      seen.push(path);
      return undefined;
    },
    status: (_state, path) => (path === null ? '0 ' : ''),
    failPath: () => undefined,
    reinstatePath: () => undefined,
    selectPath: (state) => state[0] ?? null,
    ...parts,
  };
  registerPathSelector(m.module, mine);
  create(m, '3 queue_if_no_path queue_mode bio 0 2 1 mine 0 1 0 8:0 mine 0 1 0 8:16');
  return m;
}

describe('a selector that was registered at run time', () => {
  it('is used by its name in a table line', () => {
    const m = machineWith({});
    expect(read(m, 2)).toBe('a a');
    expect(() =>
      registerPathSelector(m.module, { ...m.module.selectors.get('mine') } as PathSelectorType),
    ).toThrow('path selector mine is registered already');
  });

  it('may hold I/O back by choosing no path: it is asked again when an I/O is done', () => {
    let free = 1;
    const m = machineWith({
      selectPath: (state) => (free > 0 ? (state[0] ?? null) : null),
      startIo: () => void free--,
      endIo: () => void free++,
    });
    message(m, 'fail_path 8:16');
    disk(m, 'a').mode = 'hold';
    const ios = [0, 8].map((sector) => start(m, sector));
    settle(m);
    expect(m.sent).toEqual(['a']);
    release(m, disk(m, 'a'));
    expect(ios.map((io) => io.outcome)).toEqual(['ok', 'ok']);
  });
});

describe('a broken selector', () => {
  const cases: readonly (readonly [string, Partial<PathSelectorType<DmPath[]>>, string])[] = [
    [
      'throws',
      {
        selectPath() {
          throw new RangeError('no such weight');
        },
      },
      'path selector mine: selectPath threw: no such weight',
    ],
    [
      'chooses a path of another group',
      { selectPath: () => seen[1] ?? null },
      'path selector mine: selectPath chose a path that is not of group 1',
    ],
    [
      'throws when it is told of an I/O',
      {
        startIo() {
          throw new Error('oops');
        },
      },
      'path selector mine: startIo threw: oops',
    ],
  ];
  for (const [what, parts, text] of cases) {
    it(`that ${what} is named`, () => {
      const m = machineWith(parts);
      let caught: unknown;
      try {
        start(m, 0);
      } catch (error) {
        caught = error;
      }
      expect(caught).toBeInstanceOf(SelectorBroken);
      expect(caught).toMatchObject({ selector: 'mine', message: text });
    });
  }

  it('that chooses a failed path is named, instead of trying it for ever', () => {
    const m = machineWith({});
    message(m, 'fail_path 8:0');
    expect(() => start(m, 0)).toThrow('path selector mine: selectPath chose 8:0, which has failed');
  });
});

describe('a selector module', () => {
  it('says its version when a table first names it', () => {
    const m = createMachine({ disks: 1 });
    create(m, '0 0 1 1 queue-length 0 1 0 8:0');
    create(m, '0 0 1 1 queue-length 0 1 0 8:0');
    expect(m.sim.log.map(({ text }) => text)).toEqual([
      'device-mapper: multipath queue-length: version 0.2.0 loaded',
    ]);
  });
});
