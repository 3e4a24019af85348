// chmod.ts — chmod(1), chown(1) and chgrp(1). Modes are shown but not enforced; root stays the owner.
import { binaryOf } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import { strerror } from '@dmsim/sim';
import type { Program, Vnode } from '@dmsim/vfs';

import type { OptionSpec } from '../options.ts';
import { parseOptions } from '../options.ts';
import { joinPath, lookup } from '../paths.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, quote, quoteShell, tool, warn } from '../tool.ts';
import { changeMode } from './mode.ts';

interface Look {
  readonly recursive: boolean;
  /** Says nothing of what it could not change. */
  readonly silent: boolean;
}

const lookOf = (has: (key: string) => boolean): Look => ({
  recursive: has('R'),
  silent: has('f'),
});

function* eachNode(
  t: Tool,
  path: string,
  look: Look,
  act: (node: Vnode) => Errno | undefined,
): Task<boolean> {
  const node = lookup(t, path);
  if (typeof node === 'string') {
    if (!look.silent) yield* warn(t, `cannot access ${quoteShell(path)}: ${strerror(node)}`);
    return false;
  }
  const error = act(node);
  if (error !== undefined && !look.silent)
    yield* warn(t, `changing permissions of ${quoteShell(path)}: ${strerror(error)}`);
  let ok = error === undefined;
  if (look.recursive && node.kind === 'directory') {
    for (const name of node.entries()) {
      if (node.lookup(name)?.kind === 'symlink') continue;
      if (!(yield* eachNode(t, joinPath(path, binaryOf(name)), look, act))) ok = false;
    }
  }
  return ok;
}

/** Keeps modes such as `-x` and `-rw` from being parsed as options. */
function protectModes(args: readonly string[]): string[] {
  const at = args.findIndex(
    (arg) => /^-[rwxXstugo,+=-]+$/.test(arg) && arg !== '--' && !arg.startsWith('--'),
  );
  return at < 0 || args.slice(0, at).includes('--')
    ? [...args]
    : [...args.slice(0, at), '--', ...args.slice(at)];
}

export const chmod: Program = tool(function* main(t: Tool): Task<number> {
  const { has, operands } = parseOptions(
    t,
    {
      short: 'fR',
      long: { silent: 'f', quiet: 'f', recursive: 'R' },
      refused: 'acv01234567',
      refusedLong: ['changes', 'verbose', 'reference', 'preserve-root', 'no-preserve-root'],
    },
    protectModes(t.args),
  );
  const [mode, ...names] = operands;
  if (mode === undefined) failUsage(t, 'missing operand');
  if (names.length === 0) failUsage(t, `missing operand after ${quote(t, mode)}`);
  if (changeMode(mode, 0, { isDirectory: false, umask: t.process.umask }) === undefined)
    failUsage(t, `invalid mode: ${quote(t, mode)}`);
  let status = 0;
  const act = (node: Vnode): Errno | undefined => {
    const error = node.changeAttributes?.();
    if (error !== undefined) return error;
    Object.assign(node, {
      mode: changeMode(mode, node.mode, {
        isDirectory: node.kind === 'directory',
        umask: t.process.umask,
      }),
    });
    return undefined;
  };
  for (const name of names) if (!(yield* eachNode(t, name, lookOf(has), act))) status = 1;
  return status;
});

const OWNERS: OptionSpec = {
  short: 'fhR',
  long: {
    dereference: 'dereference',
    'no-preserve-root': 'no-preserve-root',
    silent: 'f',
    quiet: 'f',
    recursive: 'R',
    'no-dereference': 'h',
  },
  refused: 'cvHLP',
  refusedLong: ['preserve-root', 'changes', 'verbose', 'reference', 'from'],
};

const ownership = (what: string): Program =>
  tool(function* main(t: Tool): Task<number> {
    const { has, operands } = parseOptions(t, OWNERS);
    const [owner, ...names] = operands;
    if (owner === undefined) failUsage(t, 'missing operand');
    if (names.length === 0) failUsage(t, `missing operand after ${quote(t, owner)}`);
    if (!/^(?:root|0)?(?:[:.](?:root|0)?)?$/.test(owner)) {
      if (/^(?:disk|6|(?:root|0)?[:.](?:disk|6))$/.test(owner)) refuse(t, `${what} ${owner}`);
      fail(t, `invalid ${what}: ${quote(t, owner)}`);
    }
    let status = 0;
    for (const name of names)
      if (!(yield* eachNode(t, name, lookOf(has), () => undefined))) status = 1;
    return status;
  });

export const chown: Program = ownership('user');
export const chgrp: Program = ownership('group');
