// file-test.ts — The file operators of test(1): -e, -f, -d and the other single letters; -nt, -ot and -ef.
import type { Errno } from '@dmsim/sim';

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

/** Applies a file operator. Undefined for other operators. */
export function testFile(operator: string, node: Vnode): boolean | undefined {
  const kind = KINDS[operator];
  if (kind !== undefined) return node.kind === kind;
  if (operator === '-x' && node.kind === 'directory') return true;
  const mode = MODES[operator];
  if (mode !== undefined) return (node.mode & mode) !== 0;
  if (operator === '-N')
    return node.times !== undefined && node.times.modified > node.times.accessed;
  if (operator === '-s') return node.kind !== 'file' ? node.kind === 'directory' : node.size() > 0;
  return ALWAYS.test(operator) ? true : NEVER.test(operator) ? false : undefined;
}

/** -nt, -ot and -ef of two files, or of why one can't be found. `now` is the time of what has no times of its own. */
export function compareFiles(
  operator: string,
  [a, b]: readonly [Vnode | Errno, Vnode | Errno],
  now: bigint,
): boolean {
  if (operator === '-ef') return typeof a !== 'string' && a === b;
  const [newer, older] = operator === '-nt' ? [a, b] : [b, a];
  if (typeof newer === 'string') return false;
  if (typeof older === 'string') return true;
  return (newer.times?.modified ?? now) > (older.times?.modified ?? now);
}
