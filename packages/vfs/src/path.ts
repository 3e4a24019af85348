// path.ts — Resolves a path to a node: symlinks, `.` and `..`, ENOTDIR, ELOOP. Mirrors fs/namei.c: link_path_walk.
import type { Errno } from '@dmsim/sim';

import type { Directory, Symlink, Vnode } from './vnode.ts';

const MAX_SYMLINKS = 40;
const MAX_NAME = 255;

/** A resolved path. `node` is undefined if only the last name is missing; it could then be created in `parent`. */
export interface Resolved {
  readonly parent: Directory;
  readonly name: string;
  readonly node: Vnode | undefined;
  /** The absolute path, without symlinks, `.` and `..`. */
  readonly path: string;
}

export interface ResolveOptions {
  readonly root: Directory;
  readonly cwd: string;
  /** Follow a symlink at the end, too. @defaultValue true */
  readonly follow?: boolean;
}

/** A directory on the way of a walk, linked to its parent. Mirrors struct dentry. */
interface Place {
  /** Null for the root. */
  readonly parent: Place | null;
  readonly name: string;
  readonly directory: Directory;
}

interface Walk {
  readonly root: Place;
  at: Place;
  symlinks: number;
}

class Found implements Resolved {
  readonly parent: Directory;
  readonly name: string;
  readonly node: Vnode | undefined;
  /** The end of the walk: the node itself if its name is `.`, else the directory that holds it. */
  readonly #at: Place;

  constructor(at: Place, parent: Directory, name: string, node: Vnode | undefined) {
    this.#at = at;
    this.parent = parent;
    this.name = name;
    this.node = node;
  }

  /** Computed on demand, since few callers need it. */
  get path(): string {
    if (this.name !== '.') return `${prefix(this.#at)}/${this.name}`;
    return this.#at.parent === null ? '/' : prefix(this.#at);
  }
}

/** The path of a directory without its final slash: empty for the root. */
const prefix = ({ parent, name }: Place): string =>
  parent === null ? '' : `${prefix(parent)}/${name}`;

/** Resolves a path; a missing last name is no error (filename_parentat, path_lookupat). */
export function resolvePath(
  path: string,
  { root, cwd, follow = true }: ResolveOptions,
): Resolved | Errno {
  if (path === '') return 'ENOENT';
  const top: Place = { parent: null, name: '', directory: root };
  const walk: Walk = { root: top, at: top, symlinks: 0 };
  if (!path.startsWith('/')) {
    const error = enter(walk, cwd);
    if (error !== undefined) return error;
  }
  return step(walk, path, follow);
}

/** Resolves `path` to its node; ENOENT if it doesn't exist. */
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
  walk.at = { parent: walk.at, name, directory };
}

function here({ root, at }: Walk): Resolved {
  const { directory } = at.parent ?? root;
  return new Found(at, directory, '.', at.directory);
}

/** A path in parts. `names` has neither slashes nor empty names. */
interface Parts {
  readonly absolute: boolean;
  readonly names: readonly string[];
  readonly mustBeDirectory: boolean;
}

/** A lab names few paths, and walks them often. Longer ones are not kept. */
const PARTS_KEPT = 1024;
const LONGEST_KEPT = 256;
const parts = new Map<string, Parts>();

function partsOf(path: string): Parts {
  const known = parts.get(path);
  if (known !== undefined) return known;
  const made: Parts = {
    absolute: path.startsWith('/'),
    names: path.split('/').filter((name) => name !== ''),
    mustBeDirectory: path.endsWith('/'),
  };
  if (path.length > LONGEST_KEPT) return made;
  if (parts.size >= PARTS_KEPT) parts.clear();
  parts.set(path, made);
  return made;
}

/** Walks `path` from the current directory of `walk`, and stops in the directory that holds the last name. */
function step(walk: Walk, path: string, follow: boolean): Resolved | Errno {
  const { absolute, names, mustBeDirectory } = partsOf(path);
  if (absolute) walk.at = walk.root;
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    if (name.length > MAX_NAME) return 'ENAMETOOLONG';
    if (name === '.') continue;
    if (name === '..') {
      if (walk.at.parent !== null) walk.at = walk.at.parent;
      continue;
    }
    const node = walk.at.directory.lookup(name);
    const last = i === names.length - 1;
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
  return new Found(walk.at, walk.at.directory, name, node);
}
