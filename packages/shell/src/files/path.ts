// path.ts — From a path to a node: symlinks, `.` and `..`, ENOTDIR, ELOOP. Mirrors fs/namei.c: link_path_walk.
import type { Errno } from '@dmsim/sim';

import type { Directory, Symlink, Vnode } from './vnode.ts';

const MAX_SYMLINKS = 40;
const MAX_NAME = 255;

/** Where a path leads. `node` is undefined when only the last name is missing: `parent` is where it could be made. */
export interface Resolved {
  readonly parent: Directory;
  readonly name: string;
  readonly node: Vnode | undefined;
  /** Absolute, without symlinks, `.` and `..`. */
  readonly path: string;
}

export interface ResolveOptions {
  readonly root: Directory;
  readonly cwd: string;
  /** Follow a symlink at the end, too. @defaultValue true */
  readonly follow?: boolean;
}

interface Walk {
  readonly root: Directory;
  readonly directories: Directory[];
  readonly names: string[];
  symlinks: number;
}

export function resolvePath(
  path: string,
  { root, cwd, follow = true }: ResolveOptions,
): Resolved | Errno {
  if (path === '') return 'ENOENT';
  const walk: Walk = { root, directories: [root], names: [], symlinks: 0 };
  if (!path.startsWith('/')) {
    const error = enter(walk, cwd);
    if (error !== undefined) return error;
  }
  return step(walk, path, follow);
}

/** Just the node; ENOENT when there is none. */
export function lookupPath(path: string, options: ResolveOptions): Vnode | Errno {
  const resolved = resolvePath(path, options);
  if (typeof resolved === 'string') return resolved;
  return resolved.node ?? 'ENOENT';
}

function enter(walk: Walk, path: string): Errno | undefined {
  const at = step(walk, path, true);
  if (typeof at === 'string') return at;
  if (at.node === undefined) return 'ENOENT';
  if (at.node.kind !== 'directory') return 'ENOTDIR';
  if (at.name !== '.') push(walk, at.name, at.node);
  return undefined;
}

function push(walk: Walk, name: string, directory: Directory): void {
  walk.directories.push(directory);
  walk.names.push(name);
}

const top = (walk: Walk): Directory => walk.directories.at(-1) as Directory;

const here = (walk: Walk): Resolved => ({
  parent: walk.directories.at(-2) ?? walk.root,
  name: '.',
  node: top(walk),
  path: `/${walk.names.join('/')}`,
});

/** Walks `path` from where `walk` is; leaves the walk in the directory that holds the last name. */
function step(walk: Walk, path: string, follow: boolean): Resolved | Errno {
  if (path.startsWith('/')) {
    walk.directories.length = 1;
    walk.names.length = 0;
  }
  const names = path.split('/').filter((name) => name !== '');
  const mustBeDirectory = path.endsWith('/');
  for (const [i, name] of names.entries()) {
    const last = i === names.length - 1;
    if (name.length > MAX_NAME) return 'ENAMETOOLONG';
    if (name === '.' || name === '..') {
      if (name === '..' && walk.directories.length > 1) {
        walk.directories.pop();
        walk.names.pop();
      }
      continue;
    }
    const node = top(walk).lookup(name);
    if (last && !(mustBeDirectory && node?.kind === 'symlink')) {
      return lastName(walk, name, node, { follow, mustBeDirectory });
    }
    const error = descend(walk, name, node);
    if (error !== undefined) return error;
  }
  return here(walk);
}

function descend(walk: Walk, name: string, node: Vnode | undefined): Errno | undefined {
  if (node === undefined) return 'ENOENT';
  if (node.kind === 'symlink') return followInto(walk, node);
  if (node.kind !== 'directory') return 'ENOTDIR';
  push(walk, name, node);
  return undefined;
}

function followInto(walk: Walk, link: Symlink): Errno | undefined {
  if (++walk.symlinks > MAX_SYMLINKS) return 'ELOOP';
  return enter(walk, link.target);
}

function lastName(
  walk: Walk,
  name: string,
  node: Vnode | undefined,
  { follow, mustBeDirectory }: { readonly follow: boolean; readonly mustBeDirectory: boolean },
): Resolved | Errno {
  if (node?.kind === 'symlink' && follow) {
    if (++walk.symlinks > MAX_SYMLINKS) return 'ELOOP';
    return step(walk, node.target, true);
  }
  if (mustBeDirectory && node !== undefined && node.kind !== 'directory') return 'ENOTDIR';
  const path = `/${[...walk.names, name].join('/')}`;
  return { parent: top(walk), name, node, path };
}
