// destination.ts — Chooses the targets of cp, mv and ln: `SOURCE DEST`, or `SOURCE… DIRECTORY`.
import { strerror } from '@dmsim/sim';

import { baseName, joinPath, lookup } from '../paths.ts';
import type { Tool } from '../tool.ts';
import { fail, failUsage, quote, quoteShell } from '../tool.ts';

export interface TargetOptions {
  /** The directory of -t. */
  readonly directory: string | undefined;
  /** -T: the target is never treated as a directory. */
  readonly asFile: boolean;
  readonly what: 'target';
  /** False for ln -n, which does not follow a symlink to a directory. */
  readonly follow?: boolean;
}

type Pair = readonly [source: string, target: string];

export function chooseTargets(
  t: Tool,
  operands: readonly string[],
  { directory, asFile, what, follow = true }: TargetOptions,
): readonly Pair[] {
  const [first, second, third] = operands;
  if (first === undefined) failUsage(t, 'missing file operand');
  if (directory !== undefined) {
    checkDirectory(t, directory, what);
    return pairsInto(directory, operands);
  }
  if (second === undefined)
    failUsage(t, `missing destination file operand after ${quoteShell(first)}`);
  const last = operands.at(-1) ?? '';
  if (asFile && third !== undefined) failUsage(t, `extra operand ${quote(t, third)}`);
  if (!asFile && isDirectory(t, last, follow)) return pairsInto(last, operands.slice(0, -1));
  if (third !== undefined) {
    const errno = lookup(t, last) === 'ENOENT' ? 'ENOENT' : 'ENOTDIR';
    fail(t, `${what} ${quoteShell(last)}: ${strerror(errno)}`);
  }
  return [[first, last]];
}

function checkDirectory(t: Tool, name: string, what: string): void {
  if (!isDirectory(t, name, true))
    fail(t, `${what} directory ${quoteShell(name)}: ${strerror('ENOENT')}`);
}

const pairsInto = (directory: string, sources: readonly string[]): Pair[] =>
  sources.map((source) => [source, joinPath(directory, baseName(source))]);

function isDirectory(t: Tool, name: string, follow: boolean): boolean {
  const node = lookup(t, name, { follow: follow || name.endsWith('/') });
  return typeof node !== 'string' && node.kind === 'directory';
}
