// destination.ts — Chooses the targets of cp, mv and ln: `SOURCE DEST`, or `SOURCE… DIRECTORY`.
import { baseName, joinPath, lookup } from './paths.ts';
import type { Tool } from './tool.ts';
import { fail, failUsage, quote, quoteShell } from './tool.ts';

export interface TargetOptions {
  /** The directory of -t. */
  readonly directory: string | undefined;
  /** -T: the target is never treated as a directory. */
  readonly asFile: boolean;
  readonly what: 'target';
  /** False for ln -n, which does not follow a symlink to a directory. */
  readonly follow?: boolean;
}

/** Returns pairs of source and target. */
export function chooseTargets(
  t: Tool,
  operands: readonly string[],
  { directory, asFile, what, follow = true }: TargetOptions,
): (readonly [string, string])[] {
  const [first, second] = operands;
  if (first === undefined) failUsage(t, 'missing file operand');
  const into = (target: string): (readonly [string, string])[] =>
    (directory === undefined ? operands.slice(0, -1) : operands).map((source) => [
      source,
      joinPath(target, baseName(source)),
    ]);
  if (directory !== undefined) {
    if (!isDirectory(t, directory, true))
      fail(t, `${what} directory ${quoteShell(directory)}: No such file or directory`);
    return into(directory);
  }
  if (second === undefined)
    failUsage(t, `missing destination file operand after ${quoteShell(first)}`);
  const last = operands.at(-1) ?? '';
  if (asFile) {
    if (operands.length > 2) failUsage(t, `extra operand ${quote(t, operands[2] ?? '')}`);
    return [[first, last]];
  }
  if (isDirectory(t, last, follow)) return into(last);
  if (operands.length > 2) {
    const node = lookup(t, last);
    fail(
      t,
      `${what} ${quoteShell(last)}: ${node === 'ENOENT' ? 'No such file or directory' : 'Not a directory'}`,
    );
  }
  return [[first, last]];
}

function isDirectory(t: Tool, name: string, follow: boolean): boolean {
  const node = lookup(t, name, { follow: follow || name.endsWith('/') });
  return typeof node !== 'string' && node.kind === 'directory';
}
