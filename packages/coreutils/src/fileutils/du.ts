// du.ts — du(1): what files take on disk, summed up through their directories.
import { getopt, matchGlob } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Directory, Program, Vnode } from '@dmsim/vfs';

import { parseBlockSize } from '../block-size.ts';
import { humanReadable } from '../human-readable.ts';
import type { Options, OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { baseName, joinPath, lookup } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { charsOf, fail, failUsage, flushIfFull, quote, quoteShell, tool, warn } from '../tool.ts';
import { linkCount, sizeOf, sizeOnDisk } from './inode.ts';

const SPEC: OptionSpec = {
  short: '0abB:cDd:HhklLmPsSt:x',
  long: {
    null: '0',
    all: 'a',
    bytes: 'b',
    'block-size': 'B:',
    total: 'c',
    'dereference-args': 'D',
    'max-depth': 'd:',
    'human-readable': 'h',
    'count-links': 'l',
    dereference: 'L',
    'no-dereference': 'P',
    summarize: 's',
    'separate-dirs': 'S',
    threshold: 't:',
    'one-file-system': 'x',
    'apparent-size': 'apparent',
    inodes: 'inodes',
    si: 'si',
    exclude: 'exclude:',
  },
  refused: 'X',
  refusedLong: ['time', 'time-style', 'files0-from', 'exclude-from'],
};

interface Look {
  /** The figure that is printed: bytes on disk, bytes of content, or the number of files. */
  readonly measure: 'disk' | 'apparent' | 'inodes';
  readonly all: boolean;
  readonly maxDepth: number;
  readonly separate: boolean;
  readonly countLinks: boolean;
  readonly follow: 'never' | 'operands' | 'always';
  /** The least amount that is shown, or, if negative, the largest. */
  readonly threshold: number | undefined;
  readonly exclude: readonly string[];
  readonly end: string;
  readonly show: (amount: number) => string;
}

interface Walk {
  readonly t: Tool;
  readonly look: Look;
  /** Files with several names are counted once; with several operands, or -L, so are all others. */
  readonly seen: Set<Vnode>;
  readonly remembersAll: boolean;
  failed: boolean;
}

function* main(t: Tool): Task<number> {
  yield* tellWrongOptions(t);
  const options = parseOptions(t, SPEC);
  const look = lookOf(t, options);
  const operands = options.operands.length === 0 ? ['.'] : options.operands;
  const remembersAll = operands.length > 1 || look.follow === 'always';
  const walk: Walk = { t, look, seen: new Set(), remembersAll, failed: false };
  let total = 0;
  for (const name of operands) {
    const node = lookup(t, name, { follow: walk.look.follow !== 'never' });
    if (typeof node === 'string') {
      walk.failed = true;
      yield* warn(t, `cannot access ${quoteShell(name)}: ${strerror(node)}`);
    } else total += (yield* visit(walk, name, node, 0)).all;
  }
  if (options.has('c')) print(walk, total, 'total');
  return walk.failed ? 1 : 0;
}

/** du goes on after a wrong option, and tells of each. */
function* tellWrongOptions(t: Tool): Task<void> {
  const { short = '', refused = '', long = {}, refusedLong = [] } = SPEC;
  const more = Object.fromEntries(
    [...refusedLong, 'help', 'version'].map((name) => [name, `${name}::`]),
  );
  const wrong: string[] = [];
  getopt(t.args, {
    short: short + refused,
    long: { ...long, ...more },
    onError: ({ message }) => wrong.push(message),
  });
  for (const message of wrong) yield* warn(t, message);
  if (wrong.length > 0) failUsage(t, '');
}

function lookOf(t: Tool, options: Options): Look {
  const { has, value, given } = options;
  const measure = has('inodes') ? 'inodes' : has('b') || has('apparent') ? 'apparent' : 'disk';
  const threshold = value('t');
  return {
    measure,
    all: allOf(t, options),
    maxDepth: maxDepthOf(t, options),
    separate: has('S'),
    countLinks: has('l'),
    follow: has('L') ? 'always' : has('D') || has('H') ? 'operands' : 'never',
    threshold: threshold === undefined ? undefined : thresholdOf(t, threshold),
    exclude: given.filter(([key]) => key === 'exclude').map(([, pattern]) => pattern),
    end: has('0') ? '\0' : '\n',
    show: unitOf(t, options, measure === 'inodes'),
  };
}

function allOf(t: Tool, { has }: Options): boolean {
  if (has('a') && has('s')) failUsage(t, 'cannot both summarize and show all entries');
  return has('a');
}

function maxDepthOf(t: Tool, { has, value }: Options): number {
  const depth = value('d');
  if (depth === undefined) return has('s') ? 0 : Infinity;
  if (!/^\d+$/.test(depth)) failUsage(t, `invalid maximum depth ${quote(t, depth)}`);
  return Number(depth);
}

function thresholdOf(t: Tool, text: string): number {
  const size = parseBlockSize(text.replace(/^-/, ''));
  if (size === undefined) fail(t, `invalid --threshold argument ${quote(t, text)}`);
  return text.startsWith('-') ? -size : size;
}

/** How amounts are shown: the last option that sets a unit counts. */
function unitOf(t: Tool, { given }: Options, plain: boolean): (amount: number) => string {
  if (plain) return String;
  const last = given.findLast(([key]) => ['h', 'si', 'b', 'k', 'm', 'B'].includes(key));
  const [key = 'k', text = ''] = last ?? [];
  if (key === 'h' || key === 'si') return human(key === 'h' ? 1024 : 1000);
  const units: Readonly<Record<string, number>> = { b: 1, k: 1024, m: 1_048_576 };
  if (key !== 'B') return (amount) => String(Math.ceil(amount / (units[key] ?? 1024)));
  const size = parseBlockSize(text);
  if (size === undefined) fail(t, `invalid --block-size argument ${quote(t, text)}`);
  const suffix = /^[A-Za-z]/.test(text) ? text : '';
  return (amount) => String(Math.ceil(amount / size)) + suffix;
}

const human =
  (base: 1000 | 1024) =>
  (amount: number): string => {
    const { number, power } = humanReadable(BigInt(amount), { base, rounding: 'up' });
    const letters = base === 1000 ? 'kMGTPEZY' : 'KMGTPEZY';
    return number + letters.charAt(power - 1);
  };

/** The figures of a file: by itself, and with all that is below it. */
interface Amount {
  readonly own: number;
  readonly all: number;
}

const NOTHING: Amount = { own: 0, all: 0 };

function* visit(walk: Walk, path: string, node: Vnode, depth: number): Task<Amount> {
  const { t, look } = walk;
  if (isExcluded(walk, path) || isSeen(walk, node)) return NOTHING;
  const own = measureOf(look, node);
  const isShown = depth <= look.maxDepth;
  if (node.kind !== 'directory') {
    if (isShown && (look.all || depth === 0)) print(walk, own, path);
    return { own, all: own };
  }
  const below = yield* sumBelow(walk, path, node, depth);
  const all = own + below.all;
  if (isShown) print(walk, look.separate ? own + below.files : all, path);
  yield* flushIfFull(t);
  return { own, all };
}

/** Whether the file was counted before: a directory always counts once, another file unless -l is given. */
function isSeen({ look, seen, remembersAll }: Walk, node: Vnode): boolean {
  if (seen.has(node)) return true;
  const isDirectory = node.kind === 'directory';
  const isShared = remembersAll || linkCount(node) > 1;
  if (isDirectory || (!look.countLinks && isShared)) seen.add(node);
  return false;
}

function* sumBelow(
  walk: Walk,
  path: string,
  directory: Directory,
  depth: number,
): Task<{ readonly files: number; readonly all: number }> {
  let files = 0;
  let all = 0;
  for (const name of directory.entries()) {
    const child = directory.lookup(name);
    if (child === undefined) continue;
    const childPath = joinPath(path, name);
    const followed = walk.look.follow === 'always' ? lookup(walk.t, childPath) : child;
    const node = typeof followed === 'string' ? child : followed;
    const amount = yield* visit(walk, childPath, node, depth + 1);
    all += amount.all;
    if (node.kind !== 'directory') files += amount.all;
  }
  return { files, all };
}

function measureOf({ measure }: Look, node: Vnode): number {
  if (measure === 'inodes') return 1;
  return measure === 'apparent' ? sizeOf(node) : sizeOnDisk(node);
}

const isExcluded = ({ t, look }: Walk, path: string): boolean =>
  look.exclude.some((pattern) => {
    const glob = charsOf(t, pattern);
    return matchGlob(glob, charsOf(t, path)) || matchGlob(glob, charsOf(t, baseName(path)));
  });

function print({ t, look }: Walk, amount: number, path: string): void {
  const { threshold } = look;
  if (threshold !== undefined && (threshold < 0 ? amount > -threshold : amount < threshold)) return;
  t.out.put(`${look.show(amount)}\t${path}${look.end}`);
}

export const du: Program = tool(main);
