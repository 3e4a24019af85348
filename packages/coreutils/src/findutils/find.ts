// find.ts — find(1): walks trees, and evaluates an expression (find-expression.ts) for each file.
import { binaryOf, matchGlob, momentOf } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Directory, Program, Vnode } from '@dmsim/vfs';

import {
  groupNameOf,
  GROUPS,
  linkCount,
  momentOfTime,
  sizeOf,
  timesOf,
} from '../fileutils/inode.ts';
import type { TimeKind } from '../fileutils/ls-time.ts';
import { baseName, joinPath, lookup, resolve } from '../paths.ts';
import { runChild } from '../shellutils/run-child.ts';
import type { Tool } from '../tool.ts';
import { charsOf, flushIfFull, quote, quoteShell, tool, warn } from '../tool.ts';
import type { FindNode } from './find-expression.ts';
import { parseFind } from './find-expression.ts';
import type { Found } from './find-printf.ts';
import { formatFound, KIND_LETTERS } from './find-printf.ts';

interface Visit extends Found {
  readonly t: Tool;
  pruned: boolean;
  failed: boolean;
}

interface Walk {
  readonly t: Tool;
  readonly expression: FindNode;
  readonly minDepth: number;
  readonly maxDepth: number;
  readonly depthFirst: boolean;
  readonly follow: boolean;
  /** The operand whose tree is being walked. */
  start: string;
  /** The collected paths of each `-exec … {} +`. */
  readonly batches: Map<FindNode, string[]>;
  status: number;
  /** Set by -quit. */
  quit: boolean;
}

function* main(t: Tool): Task<number> {
  const { paths, follow, expression, minDepth, maxDepth, depthFirst, warnings } = parseFind(t);
  for (const warning of warnings) yield* warn(t, warning);
  const walk: Walk = {
    t,
    expression,
    minDepth,
    maxDepth,
    depthFirst,
    follow,
    start: '',
    batches: new Map(),
    status: 0,
    quit: false,
  };
  for (const path of paths) {
    if (walk.quit) break;
    walk.start = path;
    const node = lookup(t, path, { follow });
    if (typeof node === 'string') {
      walk.status = 1;
      yield* warn(t, `${quote(t, path)}: ${strerror(node)}`);
    } else yield* visit(walk, path, node, 0);
  }
  for (const [action, collected] of walk.batches) {
    if (action.kind !== 'exec') continue;
    const child = yield* runChild(t, [...action.words.slice(0, -1), ...collected]);
    if (typeof child === 'string' || child.status !== 0) walk.status = 1;
  }
  return walk.status;
}

function* visit(walk: Walk, path: string, node: Vnode, depth: number): Task<void> {
  const { t } = walk;
  const { start } = walk;
  const here: Visit = { t, path, start, depth, node, pruned: false, failed: false };
  const reached = depth >= walk.minDepth;
  if (!walk.depthFirst && reached) yield* evaluate(walk, walk.expression, here);
  if (node.kind === 'directory' && !here.pruned && depth < walk.maxDepth) {
    yield* visitChildren(walk, path, node, depth + 1);
  }
  if (walk.depthFirst && reached) yield* evaluate(walk, walk.expression, here);
  if (here.failed) walk.status = 1;
  yield* flushIfFull(t);
}

function* visitChildren(walk: Walk, path: string, directory: Directory, depth: number): Task<void> {
  for (const name of directory.entries().slice()) {
    const child = directory.lookup(name);
    if (walk.quit) return;
    if (child === undefined) continue;
    const childPath = joinPath(path, binaryOf(name));
    const followed = walk.follow && child.kind === 'symlink' ? lookup(walk.t, childPath) : child;
    yield* visit(walk, childPath, typeof followed === 'string' ? child : followed, depth);
  }
}

function* evaluate(walk: Walk, e: FindNode, here: Visit): Task<boolean> {
  const { path, node, t } = here;
  switch (e.kind) {
    case 'and':
      return (yield* evaluate(walk, e.left, here)) && (yield* evaluate(walk, e.right, here));
    case 'or':
      return (yield* evaluate(walk, e.left, here)) || (yield* evaluate(walk, e.right, here));
    case 'not':
      return !(yield* evaluate(walk, e.of, here));
    case 'name':
      return matches(t, e.pattern, baseName(path), e.ignoreCase);
    case 'path':
      return matches(t, e.pattern, path, false);
    case 'type':
      return e.letters.includes(KIND_LETTERS[node.kind]);
    case 'empty':
      return node.kind === 'directory'
        ? node.entries().length === 0
        : node.kind === 'file' && node.size() === 0;
    case 'size':
      return e.accepts(Math.ceil(sizeOf(node) / e.unit));
    case 'age':
      return e.accepts(Math.floor(ageOf(t, node, e.of) / e.unit));
    case 'newer':
      return timesOf(t, node)[e.of] > e.than;
    case 'links':
      return e.accepts(linkCount(node));
    case 'mode':
      return e.accepts(node.mode);
    case 'owner':
      return e.accepts(e.of === 'user' ? 0 : GROUPS[groupNameOf(node)]);
    case 'same':
      return node === e.node;
    case 'executable':
      return node.kind === 'directory' || (node.mode & 0o111) !== 0;
    case 'quit':
      walk.quit = true;
      return true;
    case 'constant':
      return e.truth;
    case 'print':
      t.out.put(path + e.end);
      return true;
    case 'printf':
      t.out.put(formatFound(e.parts, here));
      return true;
    case 'prune':
      here.pruned = true;
      return true;
    case 'delete':
      return yield* remove(here);
    case 'exec':
      return yield* runAction(walk, e, here);
  }
}

/** How many seconds ago the time of a file was. */
const ageOf = (t: Tool, node: Vnode, of: TimeKind): number =>
  momentOf(t.process.sim).seconds - momentOfTime(timesOf(t, node)[of]).seconds;

function matches(t: Tool, pattern: string, text: string, ignoreCase: boolean): boolean {
  const fold = (binary: string): string => {
    const chars = charsOf(t, binary);
    return ignoreCase ? chars.toLowerCase() : chars;
  };
  return matchGlob(fold(pattern), fold(text));
}

function* runAction(walk: Walk, e: FindNode & { kind: 'exec' }, here: Visit): Task<boolean> {
  if (e.batch) {
    const collected = walk.batches.get(e) ?? [];
    collected.push(here.path);
    walk.batches.set(e, collected);
    return true;
  }
  const words = e.words.map((word) => word.replaceAll('{}', here.path));
  const child = yield* runChild(here.t, words);
  if (typeof child !== 'string') return child.status === 0;
  yield* warn(here.t, `${quote(here.t, words[0] ?? '')}: ${strerror(child)}`);
  return false;
}

function* remove(here: Visit): Task<boolean> {
  const { t, path, node } = here;
  const found = resolve(t, path, { follow: false });
  const full = node.kind === 'directory' && node.entries().length > 0;
  const error =
    typeof found === 'string' ? found : full ? 'ENOTEMPTY' : found.parent.unlink(found.name);
  if (error === undefined) return true;
  here.failed = true;
  yield* warn(t, `cannot delete ${t.utf8 ? quote(t, path) : quoteShell(path)}: ${strerror(error)}`);
  return false;
}

export const find: Program = tool(main);
