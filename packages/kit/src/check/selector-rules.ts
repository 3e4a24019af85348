// selector-rules.ts — The rules that every path selector keeps. Each is tried on a fresh group of four paths.
import type { DmDev } from '@dmsim/dm';
import type { DmPath, PathSelectorType, SelectorHost } from '@dmsim/multipath';
import { guardSelector, SelectorBroken } from '@dmsim/multipath';
import { createSim, millis } from '@dmsim/sim';

export interface SelectorArgs {
  /** The selector's own words of a table line. @defaultValue none */
  readonly selectorArgs?: readonly string[];
  /** The words after the path with that number, from 0. @defaultValue none */
  readonly pathArgs?: (index: number) => readonly string[];
}

/** A priority group as a selector sees it. Times are those of its own sim, which stands still. */
export interface SelectorGroup {
  readonly type: PathSelectorType;
  readonly paths: readonly DmPath[];
  readonly select: (nrBytes?: number) => DmPath | null;
  readonly start: (path: DmPath) => void;
  readonly end: (path: DmPath) => void;
  readonly fail: (path: DmPath) => void;
  readonly reinstate: (path: DmPath) => void;
  readonly words: (path: DmPath | null, kind: 'info' | 'table') => string[];
}

const SIZE = 4096;

/** Throws if the selector refuses to be created, or a path. */
export function createSelectorGroup(
  type: PathSelectorType,
  { selectorArgs = [], pathArgs = () => [] }: SelectorArgs = {},
): SelectorGroup {
  const sim = createSim();
  const host: SelectorHost = {
    sim,
    nrCpus: 4,
    currentCpu: () => 0,
    random: () => () => 0.5,
    rateLimits: new Map(),
  };
  const hooks = guardSelector(type);
  const created = hooks.create(host, selectorArgs);
  if (typeof created === 'string')
    throw new Error(`path selector ${type.name}: create answers ${created}`);
  const { state } = created;
  const paths = [0, 1, 2, 3].map((index): DmPath => {
    const path: DmPath = { dev: { name: `8:${16 * index}` } as DmDev, context: null };
    const failure = hooks.addPath(state, path, pathArgs(index));
    if (failure !== undefined)
      throw new Error(`path selector ${type.name}: addPath answers "${failure.error}"`);
    return path;
  });
  return {
    type,
    paths,
    select: (nrBytes = SIZE) => hooks.selectPath(state, nrBytes),
    start: (path) => hooks.startIo?.(state, path, SIZE),
    end: (path) => hooks.endIo?.(state, path, SIZE, sim.now - millis(1)),
    fail: (path) => hooks.failPath(state, path),
    reinstate(path) {
      const error = hooks.reinstatePath(state, path);
      if (error !== undefined)
        throw new Error(`path selector ${type.name}: reinstatePath answers ${error}`);
    },
    words: (path, kind) => statusText(type, { state, path, kind }).split(' ').slice(0, -1),
  };
}

interface StatusArgs {
  readonly state: unknown;
  readonly path: DmPath | null;
  readonly kind: 'info' | 'table';
}

/** Not guarded as the other hooks are: how many words there are is a rule of its own. */
function statusText(type: PathSelectorType, { state, path, kind }: StatusArgs): string {
  try {
    return type.status(state, path, kind);
  } catch (cause) {
    const reason = cause instanceof Error ? `: ${cause.message}` : '';
    throw new SelectorBroken(type.name, `status threw${reason}`, { hook: 'status', cause });
  }
}

/** Says what is wrong; null: nothing. */
export type SelectorRule = readonly [name: string, check: (group: SelectorGroup) => string | null];

const nameOf = (path: DmPath | null): string => (path === null ? 'none' : path.dev.name);

/** The rules that `checkSelector` tries, each with a new group. */
export const SELECTOR_RULES: readonly SelectorRule[] = [
  [
    'prints as many words of a path as it announces, each followed by a space',
    ({ type, paths: [path = null], words }) =>
      wrongNumber('tableArgs', type.tableArgs, words(path, 'table')) ??
      wrongNumber('infoArgs', type.infoArgs, words(path, 'info')),
  ],
  [
    'prints its own arguments with their number first',
    ({ words }) => {
      const [count, ...args] = words(null, 'table');
      return Number(count) === args.length ? null : `it prints "${[count, ...args].join(' ')}"`;
    },
  ],
  [
    'chooses paths of its group only, before anything has happened to them',
    ({ paths, select }) => notAmong(paths, times(8, select)),
  ],
  [
    'chooses every idle path in its turn',
    ({ paths, select }) => notEach(paths, times(paths.length, select)),
  ],
  [
    'never chooses a path that has failed',
    ({ paths, select, fail }) => {
      for (const path of paths.slice(1)) {
        fail(path);
        if (times(8, select).includes(path)) return `it chooses ${nameOf(path)} after that failed`;
      }
      const left = select();
      return left === paths[0] ? null : `with one path left it chooses ${nameOf(left)}`;
    },
  ],
  [
    'chooses nothing when all paths have failed, and the one that comes back',
    ({ paths, select, fail, reinstate }) => {
      for (const path of paths) fail(path);
      const none = select();
      if (none !== null) return `it chooses ${nameOf(none)} when all have failed`;
      for (const path of paths) {
        reinstate(path);
        const chosen = select();
        if (chosen !== path)
          return `it chooses ${nameOf(chosen)} when only ${nameOf(path)} is back`;
        fail(path);
      }
      return null;
    },
  ],
  [
    'chooses among all again after each has failed and come back',
    ({ paths, select, fail, reinstate }) => {
      for (const path of paths) {
        fail(path);
        reinstate(path);
      }
      return notEach(paths, times(paths.length, select));
    },
  ],
  [
    'is as it was when an I/O has come and gone',
    ({ paths, words, start, end }) => {
      const shown = (): string => paths.map((path) => words(path, 'info').join(' ')).join(', ');
      const before = shown();
      for (const path of paths) start(path);
      for (const path of paths) end(path);
      const after = shown();
      return after === before ? null : `its status was "${before}" and is "${after}"`;
    },
  ],
  [
    'tolerates an I/O that ends on a path that has failed, and one that ends twice',
    ({ paths, select, start, end, fail, reinstate }) => {
      for (const path of paths) {
        start(path);
        fail(path);
        end(path);
        end(path);
        reinstate(path);
      }
      return notAmong(paths, times(8, select));
    },
  ],
  [
    'takes an I/O without data, as an ioctl asks',
    ({ paths, select }) => notAmong(paths, [select(0)]),
  ],
  [
    'gives every path its share of a steady load, and again when it was lost and has come back',
    (group) => {
      const [lost] = group.paths;
      if (lost === undefined) return null;
      const unfair = starved(group, 'at first');
      if (unfair !== null) return unfair;
      group.fail(lost);
      steadyLoad(group);
      group.reinstate(lost);
      return starved(group, `after ${nameOf(lost)} came back`);
    },
  ],
];

function wrongNumber(what: string, said: number, words: readonly string[]): string | null {
  return words.length === said ? null : `${what} is ${said}, and it prints "${words.join(' ')}"`;
}

const times = (count: number, select: () => DmPath | null): (DmPath | null)[] =>
  Array.from({ length: count }, () => select());

function notAmong(paths: readonly DmPath[], chosen: readonly (DmPath | null)[]): string | null {
  const stranger = chosen.find((path) => path === null || !paths.includes(path));
  return stranger === undefined ? null : `it chooses ${nameOf(stranger)}`;
}

function notEach(paths: readonly DmPath[], chosen: readonly (DmPath | null)[]): string | null {
  const missing = paths.find((path) => !chosen.includes(path));
  return missing === undefined
    ? null
    : `${paths.length} choices are ${chosen.map(nameOf).join(', ')}, without ${nameOf(missing)}`;
}

/** I/O in a closed loop, eight at a time, which end in the order in which they began: all paths are as fast. */
function steadyLoad({ select, start, end }: SelectorGroup): Map<DmPath, number> {
  const sent = new Map<DmPath, number>();
  const underWay: DmPath[] = [];
  for (let i = 0; i < LOAD; i++) {
    const path = select();
    if (path === null) continue;
    start(path);
    sent.set(path, (sent.get(path) ?? 0) + 1);
    underWay.push(path);
    const first = underWay.length > 8 ? underWay.shift() : undefined;
    if (first !== undefined) end(first);
  }
  for (const path of underWay) end(path);
  return sent;
}

const LOAD = 400;
/** A third of an equal share. */
const LEAST = LOAD / 4 / 3;

function starved(group: SelectorGroup, when: string): string | null {
  const sent = steadyLoad(group);
  const poor = group.paths.find((path) => (sent.get(path) ?? 0) < LEAST);
  return poor === undefined
    ? null
    : `${when} ${nameOf(poor)} gets ${sent.get(poor) ?? 0} of ${LOAD} I/Os, though all paths are alike`;
}
