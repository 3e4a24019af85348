// What every file must be, so that the next reader finds what they expect.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

import { parseAst } from 'rolldown/parseAst';
import { describe, expect, it } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;

function walk(dir: string, files: string[] = []): string[] {
  for (const name of readdirSync(dir)) {
    if (['node_modules', 'dist', '.git'].includes(name)) continue;
    const path = join(dir, name);
    if (statSync(path).isDirectory()) walk(path, files);
    else files.push(relative(root, path));
  }
  return files;
}

const all = walk(root);
const sources = all.filter((f) => /^packages\/[^/]+\/src\/.*\.ts$/.test(f));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('the top level', () => {
  it('holds only what belongs there', () => {
    const known = [
      'LICENSE',
      'README.md',
      'docs',
      'package.json',
      'packages',
      'pnpm-lock.yaml',
      'pnpm-workspace.yaml',
      'test',
      'tsconfig.base.json',
    ];
    const there = readdirSync(root).filter(
      (name) => !name.startsWith('.') && name !== 'node_modules',
    );
    expect(there.toSorted()).toEqual(known.toSorted());
  });
});

describe('every source file', () => {
  it('has at most 400 lines', () => {
    const long = sources.filter((f) => read(f).split('\n').length > 401);
    expect(long).toEqual([]);
  });

  it('says in its first line what it is, under its own name', () => {
    const silent = sources
      .filter((f) => !f.endsWith('.test.ts') && basename(f) !== 'index.ts')
      .filter((f) => !read(f).startsWith(`// ${basename(f)} — `));
    expect(silent).toEqual([]);
  });

  it('is named after what it does, not after being useful', () => {
    const vague = sources.filter((f) =>
      /(^|\/)(util|utils|common|helpers?|types|shared|misc)\.ts$/.test(f),
    );
    expect(vague).toEqual([]);
  });

  it('leaves no note to come back', () => {
    expect(sources.filter((f) => /\b(FIXME|TODO|XXX:)/.test(read(f)))).toEqual([]);
  });

  it('is imported through an entry that its package exports', () => {
    const isEntry = (specifier: string): boolean => {
      const [, name, ...path] = specifier.split('/');
      const { exports } = JSON.parse(read(`packages/${name}/package.json`)) as {
        exports: Record<string, unknown>;
      };
      return ['.', ...path].join('/') in exports;
    };
    const deep = sources.flatMap((f) =>
      [...read(f).matchAll(/from '(@dmsim\/[^']+)'/g)]
        .map(([, specifier]) => specifier as string)
        .filter((specifier) => !isEntry(specifier))
        .map((specifier) => `${f}: ${specifier}`),
    );
    expect(deep).toEqual([]);
  });
});

/** Accessors (`get x() {`) whose enclosing block does not begin with `class`. */
function accessorsOutsideClasses(file: string): string[] {
  const lines = read(file).split('\n');
  const indent = (line: string): number => line.search(/\S/);
  return lines.filter((line, i) => {
    if (!/^ +[gs]et \w+\(/.test(line)) return false;
    const opening = lines.slice(0, i).findLast((l) => l !== '' && indent(l) < indent(line));
    return !/\bclass\b/.test(opening ?? '');
  });
}

describe('every source file that a lab runs', () => {
  // V8 gives each object with an accessor of its own a hidden class of its own, and those keep each other's objects
  // alive until a full collection: one such object in each machine halved the labs a second.
  it('has accessors in classes only', () => {
    const found = sources
      .filter((f) => !/^packages\/(cli|playground)\//.test(f))
      .flatMap((f) => accessorsOutsideClasses(f).map((line) => `${f}: ${line.trim()}`));
    expect(found).toEqual([]);
  });
});

/** The lines of generator functions that are made in other functions. */
function generatorsWithin(file: string): number[] {
  const text = read(file);
  const found: number[] = [];
  const visit = (node: unknown, inside: boolean): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, generator, start } = node as Record<string, unknown>;
    const isFunction = typeof type === 'string' && FUNCTION.test(type);
    if (isFunction && inside && generator === true) {
      found.push(text.slice(0, start as number).split('\n').length);
    }
    for (const child of Object.values(node)) visit(child, inside || isFunction);
  };
  if (text.includes('*')) visit(parseAst(text, { lang: 'ts' }).body, false);
  return found;
}

const FUNCTION = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/;

/** Functions in these are called when the module is loaded, and never again. */
const CALLED_ONCE =
  /^packages\/(?:coreutils\/src\/(?:chmod|digest|grep|hexdump)|host\/src\/programs\/(?:blockdev|dmsetup\/status)|multipathd\/src\/commands\/[^/]+|qemu\/src\/qmp\/commands\/job-control)\.ts$/;

describe('every source file that runs are made of', () => {
  // V8 gives a generator function a hidden class when it first runs, which is not collected with the young: one that a run
  // makes keeps the machine of the run alive until a full collection.
  it('has generator functions at its top level only', () => {
    const found = sources
      .filter((f) => !/^packages\/(cli|playground)\/|\.(test|case)\.ts$/.test(f))
      .filter((f) => !CALLED_ONCE.test(f))
      .flatMap((f) => generatorsWithin(f).map((line) => `${f}:${line}`));
    expect(found).toEqual([]);
  });
});

describe('every page of the documentation', () => {
  it('has one heading of the first level', () => {
    const pages = all.filter((f) => f.endsWith('.md'));
    const headings = (f: string): number =>
      read(f)
        .replaceAll(/^```[\s\S]*?^```/gm, '')
        .split('\n')
        .filter((line) => line.startsWith('# ')).length;
    expect(pages.filter((f) => headings(f) !== 1)).toEqual([]);
  });
});
