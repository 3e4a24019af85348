// glob.ts — Matches patterns against the names in the tree.
import { compilePattern, matchesPattern } from '@dmsim/libc';
import { lookupPath } from '@dmsim/vfs';
import type { Directory } from '@dmsim/vfs';

export interface GlobOptions {
  readonly root: Directory;
  readonly cwd: string;
  /** Lets `*` match a leading dot too. */
  readonly dotglob: boolean;
  /** Lower case matches upper case. */
  readonly nocase?: boolean;
  /** Patterns may have groups. */
  readonly extglob: boolean;
  /** `**` matches directories at any depth. */
  readonly globstar?: boolean;
}

/** Returns the matching names, sorted. In `pattern`, quoted special characters have a backslash. */
export function glob(pattern: string, options: GlobOptions): string[] {
  const components = pattern.split('/');
  const special = options.extglob ? SPECIAL_OR_GROUP : SPECIAL;
  let prefixes = [pattern.startsWith('/') ? '/' : ''];
  // Names without special characters that follow the prefixes; whether they are there is looked up with what comes next.
  let plain = '';
  const last = components.findLastIndex((component) => component !== '**');
  for (const [i, component] of components.entries()) {
    if (component === '') continue;
    if (!special.test(component)) {
      plain = join(plain, component.replaceAll(/\\(.)/g, '$1'));
      continue;
    }
    const under = plain;
    if (component === '**' && options.globstar === true) {
      // Two in a row are as one.
      if (components[i + 1] === '**') continue;
      const final = i > last;
      const isNamed = components.findIndex((one) => special.test(one)) === i;
      prefixes = prefixes.flatMap((prefix) =>
        withAllBelow(under === '' ? prefix : join(prefix, under), { final, isNamed }, options),
      );
      plain = '';
      continue;
    }
    prefixes = prefixes.flatMap((prefix) => namesIn(join(prefix, under), component, options));
    plain = '';
  }
  if (plain !== '') {
    const paths = prefixes.map((prefix) => join(prefix, plain));
    prefixes = paths.filter((path) => isThere(path, options));
  }
  if (components.at(-1) === '')
    prefixes = prefixes.map((path) => join(path, '')).filter((path) => isDirectory(path, options));
  return prefixes.toSorted(byCodePoint);
}

const SPECIAL = /[*?[]/;
const SPECIAL_OR_GROUP = /[*?[]|[@+!]\(/;

const join = (base: string, rest: string): string =>
  base === '' || base.endsWith('/') ? base + rest : `${base}/${rest}`;

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const isDirectory = (path: string, options: GlobOptions): boolean => {
  const node = lookupPath(path, options);
  return typeof node !== 'string' && node.kind === 'directory';
};

const isThere = (path: string, options: GlobOptions): boolean =>
  typeof lookupPath(path, { ...options, follow: false }) !== 'string';

interface Stars {
  /** Nothing follows. */
  readonly final: boolean;
  /** The directory that they are in has no special characters. */
  readonly isNamed: boolean;
}

/** The matches of `**`: the directory itself and all directories below it, and at the end of a pattern files, too. */
function withAllBelow(base: string, { final, isNamed }: Stars, options: GlobOptions): string[] {
  if (!isDirectory(base === '' ? '.' : base, options)) return [];
  const below = allBelow(base, final, options);
  if (!final) return [base, ...below];
  if (base === '') return below;
  return [isNamed ? join(base, '') : base, ...below];
}

function allBelow(base: string, final: boolean, options: GlobOptions): string[] {
  const directory = lookupPath(base === '' ? '.' : base, options);
  if (typeof directory === 'string' || directory.kind !== 'directory') return [];
  return directory.entries().flatMap((name) => {
    if (name.startsWith('.') && !options.dotglob) return [];
    const path = join(base, name);
    if (directory.lookup(name)?.kind === 'directory')
      return [path].concat(allBelow(path, final, options));
    return final ? [path] : [];
  });
}

/** The paths of what `component` matches in the directory `base`; none if there is no such directory. */
function namesIn(base: string, component: string, options: GlobOptions): string[] {
  const directory = lookupPath(base === '' ? '.' : base, options);
  if (typeof directory === 'string' || directory.kind !== 'directory') return [];
  const fold = options.nocase === true;
  const pattern = compilePattern(fold ? component.toLowerCase() : component, options.extglob);
  const dots = options.dotglob || component.startsWith('.') || component.startsWith('\\.');
  return directory
    .entries()
    .filter(
      (name) =>
        (dots || !name.startsWith('.')) &&
        matchesPattern(pattern, fold ? name.toLowerCase() : name),
    )
    .map((name) => join(base, name));
}

/** The names that match none of the patterns of $GLOBIGNORE, in which only a slash matches a slash. */
export function withoutIgnored(
  names: readonly string[],
  patterns: string,
  extglob: boolean,
): readonly string[] {
  const ignored = splitPatterns(patterns).map((pattern) =>
    pattern.split('/').map((component) => compilePattern(component, extglob)),
  );
  const isIgnored = (name: string): boolean => {
    const parts = name.split('/');
    return ignored.some(
      (pattern) =>
        pattern.length === parts.length &&
        pattern.every((component, i) => matchesPattern(component, parts[i] as string)),
    );
  };
  return names.filter((name) => !isIgnored(name));
}

/** Splits at colons, except those in brackets or behind a backslash. */
const splitPatterns = (text: string): readonly string[] =>
  text.match(/(?:\\[^]|\[[!^]?\]?(?:\[:\w+:\]|[^\]])*\]|[^:])+/g) ?? [];
