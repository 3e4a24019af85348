// file-test.ts — The file operators of test(1): -e, -f, -d and the other single letters.
import type { Vnode } from './vnode.ts';

const KINDS: Readonly<Record<string, Vnode['kind'] | undefined>> = {
  '-f': 'file',
  '-d': 'directory',
  '-b': 'block',
  '-c': 'character',
  '-h': 'symlink',
  '-L': 'symlink',
  '-p': 'fifo',
};

const MODES: Readonly<Record<string, number | undefined>> = {
  '-x': 0o111,
  '-u': 0o4000,
  '-g': 0o2000,
  '-k': 0o1000,
};

/** `ALWAYS` is true of every file, since root owns, reads and writes all. There are no sockets (`NEVER`). */
const ALWAYS = /^-[aerwOG]$/;
const NEVER = /^-S$/;

/** Applies a file operator. Undefined for other operators, and for -N, since the tree keeps no times. */
export function testFile(operator: string, node: Vnode): boolean | undefined {
  const kind = KINDS[operator];
  if (kind !== undefined) return node.kind === kind;
  if (operator === '-x' && node.kind === 'directory') return true;
  const mode = MODES[operator];
  if (mode !== undefined) return (node.mode & mode) !== 0;
  if (operator === '-s') return node.kind !== 'file' ? node.kind === 'directory' : node.size() > 0;
  return ALWAYS.test(operator) ? true : NEVER.test(operator) ? false : undefined;
}
