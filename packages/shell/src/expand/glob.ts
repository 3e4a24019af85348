// glob.ts — Matches patterns against the names in the tree.
import { compilePattern, matchesPattern } from '@dmsim/libc';
import { lookupPath } from '@dmsim/vfs';
import type { Directory } from '@dmsim/vfs';

export interface GlobOptions {
  readonly root: Directory;
  readonly cwd: string;
  /** Lets `*` match a leading dot too. */
  readonly dotglob: boolean;
}

/** Returns the matching names, sorted. In `pattern`, quoted special characters have a backslash. */
export function glob(pattern: string, options: GlobOptions): string[] {
  const [first, ...rest] = pattern.split('/');
  let prefixes =
    first === '' ? ['/'] : expandComponent('', first as string, options, rest.length > 0);
  for (const [i, component] of rest.entries()) {
    if (component === '' && i < rest.length - 1) continue;
    prefixes = prefixes.flatMap((prefix) => {
      const base = prefix.endsWith('/') ? prefix : `${prefix}/`;
      if (component === '') return isDirectory(base, options) ? [base] : [];
      return expandComponent(base, component, options, i < rest.length - 1);
    });
  }
  return prefixes.toSorted(byCodePoint);
}

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const isDirectory = (path: string, options: GlobOptions): boolean => {
  const node = lookupPath(path, options);
  return typeof node !== 'string' && node.kind === 'directory';
};

function expandComponent(
  base: string,
  component: string,
  options: GlobOptions,
  mustBeDirectory: boolean,
): string[] {
  if (!/[*?[]/.test(component)) {
    const name = component.replaceAll(/\\(.)/g, '$1');
    const node = lookupPath(base + name, { ...options, follow: mustBeDirectory });
    return typeof node === 'string' ? [] : [base + name];
  }
  const directory = lookupPath(base === '' ? '.' : base, options);
  if (typeof directory === 'string' || directory.kind !== 'directory') return [];
  const pattern = compilePattern(component);
  const dots = options.dotglob || component.startsWith('.') || component.startsWith('\\.');
  return directory
    .entries()
    .filter((name) => (dots || !name.startsWith('.')) && matchesPattern(pattern, name))
    .map((name) => base + name)
    .filter((path) => !mustBeDirectory || isDirectory(path, options));
}
