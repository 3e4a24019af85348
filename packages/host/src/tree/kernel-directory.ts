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
    link: (): Errno => 'EACCES',
    unlink: (): Errno => 'EPERM',
  };
}

/** A directory of fixed names, whose nodes are made when they are first looked up. */
export function fixedDirectory(nodes: Readonly<Record<string, () => Vnode>>): Directory {
  const made = new Map<string, Vnode>();
  return kernelDirectory(
    () => Object.keys(nodes),
    (name) => {
      const known = made.get(name);
      if (known !== undefined) return known;
      const make = Object.hasOwn(nodes, name) ? nodes[name] : undefined;
      const node = make?.();
      if (node !== undefined) made.set(name, node);
      return node;
    },
  );
}
