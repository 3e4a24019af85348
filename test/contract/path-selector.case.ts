// path-selector.case.ts — What every path selector keeps to, whoever wrote it.
import type { DmDev } from '@dmsim/dm';
import type { DmPath, PathSelectorType, SelectorHost } from '@dmsim/multipath';
import { createSim, millis } from '@dmsim/sim';
import { describe, expect } from 'vitest';

import type { Rule, Skip } from './rules.case.ts';
import { testRules } from './rules.case.ts';

export interface SelectorContract {
  readonly selectorArgs?: readonly string[];
  /** Of the path with that number, from 0. */
  readonly pathArgs?: (index: number) => readonly string[];
  readonly skip?: readonly Skip[];
}

interface Group {
  readonly type: PathSelectorType;
  readonly host: SelectorHost;
  readonly paths: readonly DmPath[];
  readonly select: (nrBytes?: number) => DmPath | null;
  readonly start: (path: DmPath) => void;
  readonly end: (path: DmPath) => void;
  readonly fail: (path: DmPath) => void;
  readonly reinstate: (path: DmPath) => void;
  readonly words: (path: DmPath | null, kind: 'info' | 'table') => string[];
}

const SIZE = 4096;

function createGroup(
  type: PathSelectorType,
  { selectorArgs = [], pathArgs = () => [] }: SelectorContract,
): Group {
  const sim = createSim();
  const host: SelectorHost = {
    sim,
    nrCpus: 4,
    currentCpu: () => 0,
    random: () => () => 0.5,
    rateLimits: new Map(),
  };
  const created = type.create(host, selectorArgs);
  if (typeof created === 'string') throw new Error(`${type.name}: create answered ${created}`);
  const { state } = created;
  const paths = [0, 1, 2, 3].map((index): DmPath => {
    const path: DmPath = { dev: { name: `8:${16 * index}` } as DmDev, context: null };
    const failure = type.addPath(state, path, pathArgs(index));
    if (failure !== undefined) throw new Error(failure.error);
    return path;
  });
  return {
    type,
    host,
    paths,
    select: (nrBytes = SIZE) => type.selectPath(state, nrBytes),
    start: (path) => type.startIo?.(state, path, SIZE),
    end: (path) => type.endIo?.(state, path, SIZE, sim.now - millis(1)),
    fail: (path) => type.failPath(state, path),
    reinstate: (path) => expect(type.reinstatePath(state, path)).toBeUndefined(),
    words: (path, kind) => type.status(state, path, kind).split(' ').slice(0, -1),
  };
}

const RULES: readonly Rule<Group>[] = [
  [
    'prints as many words of a path as it announces, each followed by a space',
    ({ type, paths, words }) => {
      for (const path of paths) {
        expect(words(path, 'table')).toHaveLength(type.tableArgs);
        expect(words(path, 'info')).toHaveLength(type.infoArgs);
      }
    },
  ],
  [
    'prints its own arguments with their number first',
    ({ words }) => {
      for (const kind of ['table', 'info'] as const) {
        const [count, ...args] = words(null, kind);
        expect(Number(count)).toBe(args.length);
      }
    },
  ],
  [
    'chooses paths of its group only, before anything has happened to them',
    ({ paths, select }) => {
      for (let i = 0; i < 8; i++) expect(paths).toContain(select());
    },
  ],
  [
    'chooses every idle path in its turn',
    ({ paths, select }) => {
      expect(new Set(paths.map(() => select()))).toEqual(new Set(paths));
    },
  ],
  [
    'never chooses a path that has failed',
    ({ paths, select, fail }) => {
      for (const path of paths.slice(1)) {
        fail(path);
        for (let i = 0; i < 8; i++) expect(select()).not.toBe(path);
      }
      expect(select()).toBe(paths[0]);
    },
  ],
  [
    'chooses nothing when all paths have failed, and the one that comes back',
    ({ paths, select, fail, reinstate }) => {
      for (const path of paths) fail(path);
      expect(select()).toBeNull();
      for (const path of paths) {
        reinstate(path);
        expect(select()).toBe(path);
        fail(path);
      }
    },
  ],
  [
    'chooses among all again after each has failed and come back',
    ({ paths, select, fail, reinstate }) => {
      for (const path of paths) {
        fail(path);
        reinstate(path);
      }
      expect(new Set(paths.map(() => select()))).toEqual(new Set(paths));
    },
  ],
  [
    'is as it was when an I/O has come and gone',
    ({ paths, words, start, end }) => {
      const before = paths.map((path) => words(path, 'info'));
      for (const path of paths) start(path);
      for (const path of paths) end(path);
      expect(paths.map((path) => words(path, 'info'))).toEqual(before);
    },
  ],
  [
    'bears an I/O that ends on a path that has failed, and one that ends twice',
    ({ paths, select, start, end, fail, reinstate }) => {
      for (const path of paths) {
        start(path);
        fail(path);
        end(path);
        end(path);
        reinstate(path);
      }
      for (let i = 0; i < 8; i++) expect(paths).toContain(select());
    },
  ],
  [
    'takes an I/O without data, as an ioctl asks',
    ({ paths, select }) => {
      expect(paths).toContain(select(0));
    },
  ],
];

export function selectorContract(type: PathSelectorType, options: SelectorContract = {}): void {
  describe(`path selector ${type.name}`, () => {
    testRules(RULES, options.skip ?? [], () => createGroup(type, options));
  });
}
