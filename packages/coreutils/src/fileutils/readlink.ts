// readlink.ts — readlink(1) and realpath(1).
import { binaryOf } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Options } from '../options.ts';
import { parseOptions } from '../options.ts';
import { lookup, relativePath, resolve } from '../paths.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, quoteIfNeeded, tool, warn } from '../tool.ts';

export interface Canonical {
  readonly path?: string;
  readonly error?: Errno;
}

/** Resolves a path. `missing` says whether the last name (-f), nothing (-e) or any name (-m) may be missing. */
export function canonical(t: Tool, name: string, missing: 'last' | 'none' | 'any'): Canonical {
  const found = resolve(t, name);
  if (typeof found !== 'string') {
    if (found.node === undefined && missing === 'none') return { error: 'ENOENT' };
    return { path: binaryOf(found.path) };
  }
  if (missing !== 'any' || (found !== 'ENOENT' && found !== 'ENOTDIR')) return { error: found };
  return { path: resolveExisting(t, name) };
}

/** Resolves the part of the path that exists, and keeps the rest as written. */
function resolveExisting(t: Tool, name: string): string {
  const absolute = name.startsWith('/') ? name : `${binaryOf(t.context.cwd)}/${name}`;
  const parts = absolute.split('/').filter((part) => part !== '' && part !== '.');
  let done = '/';
  for (const part of parts) {
    const path = `${done === '/' ? '' : done}/${part}`;
    const next = part === '..' ? 'ENOENT' : resolve(t, path);
    if (part === '..') done = done.slice(0, done.lastIndexOf('/')) || '/';
    else done = typeof next === 'string' ? path : binaryOf(next.path);
  }
  return done;
}

const missingOf = (
  { given }: Options,
  otherwise: 'last' | 'none' | 'any',
): 'last' | 'none' | 'any' => {
  const key = given.findLast(([k]) => 'fem'.includes(k))?.[0];
  return key === undefined ? otherwise : key === 'f' ? 'last' : key === 'e' ? 'none' : 'any';
};

export const readlink: Program = tool(function* main(t: Tool): Task<number> {
  const options = parseOptions(t, {
    short: 'efmnqsvz',
    long: {
      canonicalize: 'f',
      'canonicalize-existing': 'e',
      'canonicalize-missing': 'm',
      'no-newline': 'n',
      quiet: 'q',
      silent: 's',
      verbose: 'v',
      zero: 'z',
    },
  });
  const { has, operands } = options;
  if (operands.length === 0) failUsage(t, 'missing operand');
  const follow = has('f') || has('e') || has('m');
  const end = has('n') && operands.length === 1 ? '' : has('z') ? '\0' : '\n';
  let status = 0;
  for (const name of operands) {
    const { path, error } = follow ? canonical(t, name, missingOf(options, 'last')) : link(t, name);
    if (path !== undefined) t.out.put(path + end);
    else {
      status = 1;
      if (has('v')) yield* warn(t, `${quoteIfNeeded(name)}: ${strerror(error ?? 'EINVAL')}`);
    }
  }
  yield* t.out.flush();
  return status;
});

function link(t: Tool, name: string): Canonical {
  const node = lookup(t, name, { follow: false });
  if (typeof node === 'string') return { error: node };
  return node.kind === 'symlink' ? { path: binaryOf(node.target) } : { error: 'EINVAL' };
}

export const realpath: Program = tool(function* main(t: Tool): Task<number> {
  const options = parseOptions(t, {
    short: 'emqsz',
    long: {
      'canonicalize-existing': 'e',
      'canonicalize-missing': 'm',
      quiet: 'q',
      'relative-to': 'relative-to:',
      'relative-base': 'relative-base:',
      strip: 's',
      'no-symlinks': 's',
      zero: 'z',
    },
    refused: 'LP',
    refusedLong: ['logical', 'physical'],
  });
  const { has, operands } = options;
  if (operands.length === 0) failUsage(t, 'missing operand');
  if (has('s') && has('e')) refuse(t, '-s with -e');
  const pathOf = (name: string): Canonical =>
    has('s') ? unresolved(t, name, has('m')) : canonical(t, name, missingOf(options, 'last'));
  const relative = relativeTo(t, options, pathOf);
  let status = 0;
  for (const name of operands) {
    const { path, error } = pathOf(name);
    if (path !== undefined) t.out.put(relative(path) + (has('z') ? '\0' : '\n'));
    else {
      status = 1;
      if (!has('q')) yield* warn(t, `${quoteIfNeeded(name)}: ${strerror(error ?? 'ENOENT')}`);
    }
  }
  return status;
});

/** Shows a path as --relative-to and --relative-base ask for it. */
function relativeTo(
  t: Tool,
  { has, value }: Options,
  pathOf: (name: string) => Canonical,
): (path: string) => string {
  const directory = (name: string | undefined): string | undefined => {
    if (name === undefined) return undefined;
    const { path, error = 'ENOENT' } = pathOf(name);
    const node = path === undefined ? undefined : lookup(t, path);
    const isFile = typeof node === 'object' && node.kind !== 'directory';
    const wrong = has('e') && isFile ? 'ENOTDIR' : undefined;
    return path !== undefined && wrong === undefined
      ? path
      : fail(t, `${quoteIfNeeded(name)}: ${strerror(wrong ?? error)}`);
  };
  const base = directory(value('relative-base'));
  const to = directory(value('relative-to')) ?? base;
  if (to === undefined) return (path) => path;
  // A place outside of the base makes every path absolute.
  if (base !== undefined && !isBelow(base, to)) return (path) => path;
  return (path) => (base === undefined || isBelow(base, path) ? relativePath(to, path) : path);
}

const isBelow = (base: string, path: string): boolean =>
  base === '/' || path === base || path.startsWith(`${base}/`);

/** -s: the path without `.` and `..`, but with its links. What stands before a `..` must be a directory, unless names may be missing. */
function unresolved(t: Tool, name: string, anyMissing: boolean): Canonical {
  const absolute = name.startsWith('/') ? name : `${binaryOf(t.context.cwd)}/${name}`;
  const done: string[] = [];
  for (const part of absolute.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') {
      done.push(part);
      continue;
    }
    const node = anyMissing ? undefined : lookup(t, `/${done.join('/')}`);
    if (typeof node === 'string') return { error: node };
    if (node !== undefined && node.kind !== 'directory') return { error: 'ENOTDIR' };
    done.pop();
  }
  return { path: `/${done.join('/')}` };
}
