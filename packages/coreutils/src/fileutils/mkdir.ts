// mkdir.ts — mkdir(1) and rmdir(1).
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';
import { createDirectory } from '@dmsim/vfs';

import { parseOptions } from '../options.ts';
import { directoryName, resolve } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, quote, quoteShell, tool, warn } from '../tool.ts';
import { changeMode } from './mode.ts';

export function makeDirectory(t: Tool, name: string, given?: number): Errno | undefined {
  const mode = given ?? 0o777 & ~t.process.umask;
  const found = resolve(t, name.replace(/\/+$/, '') || name, { follow: false });
  if (typeof found === 'string') return found;
  if (found.node !== undefined) return 'EEXIST';
  return found.parent.link(found.name, createDirectory({}, mode));
}

export const mkdir: Program = tool(function* main(t: Tool): Task<number> {
  const { has, value, operands } = parseOptions(t, {
    short: 'm:pv',
    long: { mode: 'm:', parents: 'p', verbose: 'v' },
    refused: 'Z',
    refusedLong: ['context'],
  });
  if (operands.length === 0) failUsage(t, 'missing operand');
  const given = value('m');
  const { umask } = t.process;
  const mode =
    given === undefined ? 0o777 & ~umask : changeMode(given, 0o777, { isDirectory: true, umask });
  if (mode === undefined) fail(t, `invalid mode ${quote(t, given ?? '')}`);
  let status = 0;
  for (const name of operands) {
    const made = has('p') ? makeParents(t, name, mode) : makeOne(t, name, mode);
    for (const path of made.paths) {
      if (has('v')) t.out.put(`${t.name}: created directory ${quoteShell(path)}\n`);
    }
    if (made.error === undefined) continue;
    status = 1;
    yield* warn(t, `cannot create directory ${quote(t, made.at)}: ${strerror(made.error)}`);
  }
  return status;
});

interface Made {
  readonly paths: readonly string[];
  readonly at: string;
  readonly error: Errno | undefined;
}

function makeOne(t: Tool, name: string, mode: number): Made {
  const error = makeDirectory(t, name, mode);
  return { paths: error === undefined ? [name] : [], at: name, error };
}

function makeParents(t: Tool, name: string, mode: number): Made {
  const paths: string[] = [];
  const parts = [name];
  for (let path = directoryName(name); path !== '.' && path !== '/'; path = directoryName(path)) {
    parts.unshift(path);
  }
  for (const [i, path] of parts.entries()) {
    const last = i === parts.length - 1;
    const error = makeDirectory(t, path, last ? mode : 0o777 & ~(t.process.umask & ~0o300));
    if (error === undefined) paths.push(path);
    else if (error !== 'EEXIST') return { paths, at: last ? path : path, error };
    else {
      const found = resolve(t, path);
      const isDirectory = typeof found !== 'string' && found.node?.kind === 'directory';
      if (!isDirectory) return { paths, at: path, error: last ? 'EEXIST' : 'ENOTDIR' };
    }
  }
  return { paths, at: name, error: undefined };
}

export const rmdir: Program = tool(function* main(t: Tool): Task<number> {
  const { has, operands } = parseOptions(t, {
    short: 'pv',
    long: {
      path: 'p',
      parents: 'p',
      verbose: 'v',
      'ignore-fail-on-non-empty': 'ignore',
    },
  });
  if (operands.length === 0) failUsage(t, 'missing operand');
  let status = 0;
  for (const name of operands) {
    const chain = [name];
    if (has('p')) {
      for (let p = directoryName(name); p !== '.' && p !== '/'; p = directoryName(p)) chain.push(p);
    }
    for (const path of chain) {
      if (has('v')) t.out.put(`${t.name}: removing directory, ${quoteShell(path)}\n`);
      const error = removeDirectory(t, path);
      if (error === undefined) continue;
      if (error === 'ENOTEMPTY' && has('ignore')) break;
      status = 1;
      yield* warn(
        t,
        `failed to remove ${path === name ? '' : 'directory '}${quoteShell(path)}: ${strerror(error)}`,
      );
      break;
    }
  }
  return status;
});

function removeDirectory(t: Tool, path: string): Errno | undefined {
  const found = resolve(t, path, { follow: false });
  if (typeof found === 'string') return found;
  if (found.node === undefined) return 'ENOENT';
  if (found.node.kind !== 'directory') return 'ENOTDIR';
  if (found.name === '.') return 'EINVAL';
  const { node } = found;
  if (!(node.isRemovable?.() ?? node.entries().length === 0)) return 'ENOTEMPTY';
  return found.parent.unlink(found.name);
}
