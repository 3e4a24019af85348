// rm.ts — rm(1).
import { binaryOf } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Directory, Program, Resolved } from '@dmsim/vfs';

import type { OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { baseName, joinPath, resolve } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { failUsage, flushIfFull, quote, quoteShell, tool, warn } from '../tool.ts';

const SPEC: OptionSpec = {
  short: 'dfrRv',
  long: {
    dir: 'd',
    force: 'f',
    recursive: 'r',
    verbose: 'v',
    'no-preserve-root': 'no-preserve-root',
    'one-file-system': 'one-file-system',
  },
  refused: 'iI',
  refusedLong: ['preserve-root', 'interactive'],
};

interface Mode {
  readonly force: boolean;
  readonly recursive: boolean;
  readonly emptyDirectories: boolean;
  readonly verbose: boolean;
}

function* main(t: Tool): Task<number> {
  const { has, operands } = parseOptions(t, SPEC);
  const mode: Mode = {
    force: has('f'),
    recursive: has('r') || has('R'),
    emptyDirectories: has('d'),
    verbose: has('v'),
  };
  if (operands.length === 0 && !mode.force) failUsage(t, 'missing operand');
  let status = 0;
  for (const name of operands) {
    if (!(yield* remove(t, name, mode))) status = 1;
  }
  return status;
}

function* remove(t: Tool, name: string, mode: Mode): Task<boolean> {
  const found = resolve(t, name, { follow: false });
  if (typeof found === 'string') return yield* missing(t, name, mode, found);
  const { node } = found;
  if (node === undefined) return yield* missing(t, name, mode, 'ENOENT');
  if (node.kind === 'directory') {
    if (!(yield* mayRemove(t, name, mode, found.path))) return false;
    if (!(yield* removeEntries(t, name, mode, node))) return false;
  }
  const errno = found.parent.unlink(found.name);
  if (errno !== undefined) return yield* cannot(t, name, strerror(errno));
  if (mode.verbose)
    t.out.put(`removed ${node.kind === 'directory' ? 'directory ' : ''}${quoteShell(name)}\n`);
  yield* flushIfFull(t);
  return true;
}

/** Empties a directory, which must be empty already without -r. */
function* removeEntries(t: Tool, name: string, mode: Mode, node: Directory): Task<boolean> {
  const entries = node.entries().slice();
  if (!mode.recursive && entries.length > 0) return yield* cannot(t, name, 'Directory not empty');
  let ok = true;
  for (const child of entries) {
    if (!(yield* remove(t, joinPath(name, binaryOf(child)), mode))) ok = false;
  }
  return ok;
}

/** With -f, a file that isn't there is as good as removed. */
function* missing(t: Tool, name: string, { force }: Mode, errno: Errno): Task<boolean> {
  if (force && (errno === 'ENOENT' || errno === 'ENOTDIR')) return true;
  return yield* cannot(t, name, strerror(errno));
}

/** Refuses directories without -r or -d, `.` and `..`, and with -r the root; `path` is where `name` leads. */
function* mayRemove(t: Tool, name: string, mode: Mode, path: string): Task<boolean> {
  const last = baseName(name);
  if (!mode.recursive && !mode.emptyDirectories) return yield* cannot(t, name, 'Is a directory');
  if (last === '.' || last === '..') {
    yield* warn(t, `refusing to remove '.' or '..' directory: skipping ${quoteShell(name)}`);
    return false;
  }
  if (mode.recursive && path === '/') {
    yield* warn(t, "it is dangerous to operate recursively on '/'");
    yield* warn(t, 'use --no-preserve-root to override this failsafe');
    return false;
  }
  return true;
}

function* cannot(t: Tool, name: string, why: string): Task<boolean> {
  yield* warn(t, `cannot remove ${quoteShell(name)}: ${why}`);
  return false;
}

export const rm: Program = tool(main);

export const unlink: Program = tool(function* unlinkOne(t: Tool): Task<number> {
  const { operands } = parseOptions(t, {});
  const [name, extra] = operands;
  if (name === undefined) failUsage(t, 'missing operand');
  if (extra !== undefined) failUsage(t, `extra operand ${quote(t, extra)}`);
  const found = resolve(t, name, { follow: false });
  const errno = typeof found === 'string' ? found : unlinkFound(found);
  if (errno === undefined) return 0;
  yield* warn(t, `cannot unlink ${quoteShell(name)}: ${strerror(errno)}`);
  return 1;
});

function unlinkFound({ node, parent, name }: Resolved): Errno | undefined {
  if (node === undefined) return 'ENOENT';
  return node.kind === 'directory' ? 'EISDIR' : parent.unlink(name);
}
