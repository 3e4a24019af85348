// paths.ts — Names of files as programs have them (binary strings), to nodes and open files.
import { textOf } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import type { OpenFile, OpenFlags, Resolved, Vnode } from '@dmsim/vfs';
import { lookupPath, openPath as openOf, resolvePath } from '@dmsim/vfs';

import type { Tool } from './tool.ts';

/** Released at the end of the program, if not before (`closeFile`). */
export function* openPath(t: Tool, name: string, flags: OpenFlags): Task<OpenFile | Errno> {
  const file = yield* openOf(t.context, textOf(name), flags);
  if (typeof file !== 'string') t.opened.add(file);
  return file;
}

/** As the shell's `>`. */
export const openForWriting = (
  t: Tool,
  name: string,
  { append = false }: { readonly append?: boolean } = {},
): Task<OpenFile | Errno> =>
  openPath(t, name, { read: false, write: true, create: true, append, truncate: !append });

export interface FollowOption {
  /** A symlink at the end, too. @defaultValue true */
  readonly follow?: boolean;
}

/** stat(2), or lstat(2) with `follow: false`. */
export function lookup(t: Tool, name: string, { follow = true }: FollowOption = {}): Vnode | Errno {
  const { root, cwd } = t.context;
  return lookupPath(textOf(name), { root, cwd, follow });
}

export function resolve(
  t: Tool,
  name: string,
  { follow = true }: FollowOption = {},
): Resolved | Errno {
  const { root, cwd } = t.context;
  return resolvePath(textOf(name), { root, cwd, follow });
}

/** As basename(1): the last name, without slashes at the end. */
export function baseName(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  if (trimmed === '') return path === '' ? '' : '/';
  return trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** As dirname(1). */
export function directoryName(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  const slash = trimmed.lastIndexOf('/');
  if (slash < 0) return trimmed === '' && path !== '' ? '/' : '.';
  return trimmed.slice(0, slash).replace(/\/+$/, '') || '/';
}

export const joinPath = (directory: string, name: string): string =>
  directory.endsWith('/') ? directory + name : `${directory}/${name}`;
