// paths.ts — Resolves and opens file names, which programs hold as binary strings.
import { textOf } from '@dmsim/libc';
import type { Errno, Task } from '@dmsim/sim';
import type { OpenFile, OpenFlags, Resolved, Vnode } from '@dmsim/vfs';
import { createFifo, lookupPath, openPath as openOf, ownDescriptor, resolvePath } from '@dmsim/vfs';

import type { Tool } from './tool.ts';

/** Opens a file, which is released at the end of the program, or before that by `closeFile`. */
export function* openPath(t: Tool, name: string, flags: OpenFlags): Task<OpenFile | Errno> {
  const file = yield* openOf(t.context, textOf(name), flags);
  if (typeof file !== 'string') t.opened.add(file);
  return file;
}

/** Opens a file for writing with the flags of the shell's `>`. */
export const openForWriting = (
  t: Tool,
  name: string,
  { append = false }: { readonly append?: boolean } = {},
): Task<OpenFile | Errno> =>
  openPath(t, name, { read: false, write: true, create: true, append, truncate: !append });

export interface FollowOption {
  /** Follows a symlink at the end of the path too. @defaultValue true */
  readonly follow?: boolean;
}

/** stat(2), or lstat(2) with `follow: false`. */
export function lookup(t: Tool, name: string, { follow = true }: FollowOption = {}): Vnode | Errno {
  const { root, cwd } = t.context;
  const path = textOf(name);
  const own = follow ? ownDescriptor(root, path) : undefined;
  return own === undefined ? lookupPath(path, { root, cwd, follow }) : openedNode(t, own);
}

/** fstat(2): what a descriptor of the program is open on. Whatever has no name is a pipe. */
export function openedNode({ context }: Tool, fd: number): Vnode | Errno {
  const { root, cwd, fds } = context;
  const file = fds.get(fd);
  if (file === undefined) return 'ENOENT';
  // What the lab itself prints to goes by such a name, whatever stands there.
  const isOfLab = /^\/dev\/std(?:in|out|err)$/.test(file.path);
  const node = isOfLab ? 'ENOENT' : lookupPath(file.path, { root, cwd, follow: true });
  return typeof node === 'string' ? createFifo(0o600) : node;
}

/** Finds the place of a name: its directory, and what stands there, if anything does. */
export function resolve(
  t: Tool,
  name: string,
  { follow = true }: FollowOption = {},
): Resolved | Errno {
  const { root, cwd } = t.context;
  return resolvePath(textOf(name), { root, cwd, follow });
}

/** Returns the last name of a path, like basename(1), without trailing slashes. */
export function baseName(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  if (trimmed === '') return path === '' ? '' : '/';
  return trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** Returns the directory part of a path, like dirname(1). */
export function directoryName(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  const slash = trimmed.lastIndexOf('/');
  if (slash < 0) return trimmed === '' && path !== '' ? '/' : '.';
  return trimmed.slice(0, slash).replace(/\/+$/, '') || '/';
}

export const joinPath = (directory: string, name: string): string =>
  directory.endsWith('/') ? directory + name : `${directory}/${name}`;

/** The way from one absolute path to another. Neither has `.`, `..` or links. */
export function relativePath(from: string, to: string): string {
  const [a, b] = [namesOf(from), namesOf(to)];
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return [...a.slice(shared).map(() => '..'), ...b.slice(shared)].join('/') || '.';
}

const namesOf = (path: string): string[] => path.split('/').filter((name) => name !== '');
