// file-test.ts — What test(1) asks of a file: -e, -f, -d and the others of one letter.
import type { Vnode } from './vnode.ts';

const KINDS: Readonly<Record<string, Vnode['kind'] | undefined>> = {
  '-f': 'file',
  '-d': 'directory',
  '-b': 'block',
  '-c': 'character',
  '-h': 'symlink',
  '-L': 'symlink',
};

const MODES: Readonly<Record<string, number | undefined>> = {
  '-x': 0o111,
  '-u': 0o4000,
  '-g': 0o2000,
  '-k': 0o1000,
};

/** Everything belongs to root, and root may read and write it. There are neither named pipes nor sockets. */
const ALWAYS = /^-[aerwOG]$/;
const NEVER = /^-[pS]$/;

/** Undefined when the operator is none of these: -N too, since the tree keeps no times. */
export function testFile(operator: string, node: Vnode): boolean | undefined {
  const kind = KINDS[operator];
  if (kind !== undefined) return node.kind === kind;
  if (operator === '-x' && node.kind === 'directory') return true;
  const mode = MODES[operator];
  if (mode !== undefined) return (node.mode & mode) !== 0;
  if (operator === '-s') return node.kind !== 'file' ? node.kind === 'directory' : node.size() > 0;
  return ALWAYS.test(operator) ? true : NEVER.test(operator) ? false : undefined;
}
