// Rules for every file, so that the next reader finds what they expect.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

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
