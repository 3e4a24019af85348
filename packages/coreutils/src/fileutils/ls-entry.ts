// ls-entry.ts — What ls shows for a name: the file itself, or what a symlink leads to.
import { binaryOf } from '@dmsim/libc';
import { strerror } from '@dmsim/sim';
import type { Vnode } from '@dmsim/vfs';

import type { Options } from '../options.ts';
import { lookup } from '../paths.ts';
import { refuse } from '../refuse.ts';
import type { Tool } from '../tool.ts';

export interface Entry {
  readonly name: string;
  readonly node: Vnode;
  /** The target of a symlink, as printed by -l. */
  readonly target?: string;
  /** The node that the symlink leads to, if the entry shows the symlink itself. */
  readonly behind?: Vnode;
}

/** What a symlink stands for: itself, what it leads to if that exists, or nothing but what it leads to. */
export type Follow = 'never' | 'if-there' | 'always';

export function followOperands(has: Options['has']): Follow {
  if (has('L') || has('H')) return 'always';
  return ['l', 'n', 'o', 'g', 'full-time', 'd', 'F'].some(has) ? 'never' : 'if-there';
}

/** The entry, or the text of an error. */
export function entryOf(t: Tool, path: string, name: string, follow: Follow): Entry | string {
  const own = lookup(t, path, { follow: false });
  if (typeof own === 'string') return strerror(own);
  if (own.kind !== 'symlink') {
    const checked = path.endsWith('/') ? lookup(t, path) : own;
    return typeof checked === 'string' ? strerror(checked) : { name, node: checked };
  }
  const behind = lookup(t, path);
  if (follow === 'always' && typeof behind === 'string') return strerror(behind);
  if (follow !== 'never' && typeof behind !== 'string') return { name, node: behind };
  const link = { name, node: own, target: binaryOf(own.target) };
  return typeof behind === 'string' ? link : { ...link, behind };
}

interface Shown {
  readonly follow: Follow;
  readonly long: boolean;
  readonly blocks: boolean;
  readonly mark: string;
}

/** The same for a name in a directory that is listed: names alone are shown without a look at the files. */
export function listedEntryOf(
  t: Tool,
  { follow, long, blocks, mark }: Shown,
  path: string,
  name: string,
): Entry | string {
  const entry = entryOf(t, path, name, follow);
  if (typeof entry !== 'string' || follow !== 'always') return entry;
  if (long || blocks || mark !== '') refuse(t, `a dangling link with -L (${path})`);
  return entryOf(t, path, name, 'if-there');
}
