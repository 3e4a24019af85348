// kernel-directory.ts — Directories whose entries the kernel makes when they are looked up: sysfs, procfs, devtmpfs.
import type { Errno } from '@dmsim/sim';
import type { Directory, Vnode } from '@dmsim/vfs';

/** The entries are those that `list` returns now; only the kernel adds or removes any. */
export function kernelDirectory(
  list: () => Iterable<string>,
  lookup: (name: string) => Vnode | undefined,
): Directory {
  return {
    kind: 'directory',
    mode: 0o755,
    entries: () => [...list()],
    lookup,
    link: refuseLink,
    unlink: refuseUnlink,
  };
}

const refuseLink = (_name: string, node: Vnode): Errno =>
  node.kind === 'file' ? 'EACCES' : 'EPERM';

const refuseUnlink = (): Errno => 'EPERM';

/**
 * A directory of fixed names: those of `others`, and `nodes`, each made when it is first looked up. What `isThere` denies is
 * not there yet.
 */
export function fixedDirectory(
  nodes: Readonly<Record<string, () => Vnode>>,
  others: ReadonlyMap<string, Vnode> = NONE,
  isThere: (name: string) => boolean = () => true,
): Directory {
  const made = new Map<string, Vnode>();
  return kernelDirectory(
    () => [...others.keys(), ...Object.keys(nodes).filter(isThere)],
    (name) => {
      if (!isThere(name)) return undefined;
      const known = made.get(name) ?? others.get(name);
      if (known !== undefined) return known;
      const make = Object.hasOwn(nodes, name) ? nodes[name] : undefined;
      const node = make?.();
      if (node !== undefined) made.set(name, node);
      return node;
    },
  );
}

const NONE: ReadonlyMap<string, Vnode> = new Map();

/** Directories by the object they show: one each, since what is written to an attribute stays there. */
export type DirectoryOf<T> = (of: T) => Directory;

/** Makes the directory of an object, or the link to it, when it is first asked for, and gives the same one afterwards. */
export function onePerObject<T extends object, Node extends Vnode>(
  make: (of: T) => Node,
): (of: T) => Node {
  const made = new WeakMap<T, Node>();
  return (of) => {
    const known = made.get(of);
    if (known !== undefined) return known;
    const node = make(of);
    made.set(of, node);
    return node;
  };
}
