// readlink.ts — readlink(1) and realpath(1).
import { binaryOf } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Options } from '../options.ts';
import { parseOptions } from '../options.ts';
import { lookup, resolve } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { failUsage, quoteIfNeeded, tool, warn } from '../tool.ts';

interface Canonical {
  readonly path?: string;
  readonly error?: Errno;
}

/** Resolves a path. `missing` says whether the last name (-f), nothing (-e) or any name (-m) may be missing. */
function canonical(t: Tool, name: string, missing: 'last' | 'none' | 'any'): Canonical {
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
    short: 'emqz',
    long: { 'canonicalize-existing': 'e', 'canonicalize-missing': 'm', quiet: 'q', zero: 'z' },
    refused: 'LPs',
    refusedLong: ['logical', 'physical', 'relative-to', 'relative-base', 'strip', 'no-symlinks'],
  });
  const { has, operands } = options;
  if (operands.length === 0) failUsage(t, 'missing operand');
  let status = 0;
  for (const name of operands) {
    const { path, error } = canonical(t, name, missingOf(options, 'last'));
    if (path !== undefined) t.out.put(path + (has('z') ? '\0' : '\n'));
    else {
      status = 1;
      if (!has('q')) yield* warn(t, `${quoteIfNeeded(name)}: ${strerror(error ?? 'ENOENT')}`);
    }
  }
  return status;
});
