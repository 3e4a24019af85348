// The directions between packages, as docs/architecture.md draws them.
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

import { describe, expect, it } from 'vitest';

/** Allowed edges, bottom first. */
const LAYERS: Record<string, readonly string[]> = {
  sim: [],
  libc: ['sim'],
  vfs: ['sim', 'libc'],
  block: ['sim'],
  dm: ['sim', 'block'],
  multipath: ['sim', 'block', 'dm'],
  multipathd: ['sim', 'libc', 'vfs', 'block', 'dm'],
  shell: ['sim', 'libc', 'vfs'],
  coreutils: ['sim', 'libc', 'vfs'],
  bdev: ['sim', 'block', 'vfs'],
  qemu: ['sim', 'block'],
  observe: ['sim', 'block', 'dm', 'multipath', 'multipathd', 'qemu'],
  host: [
    'sim',
    'libc',
    'vfs',
    'block',
    'dm',
    'multipath',
    'multipathd',
    'shell',
    'coreutils',
    'bdev',
    'qemu',
    'observe',
  ],
  kit: ['sim', 'libc', 'block', 'dm', 'multipath', 'qemu', 'observe', 'host'],
  study: ['sim', 'libc', 'host'],
  playground: ['sim', 'vfs', 'block', 'dm', 'multipath', 'shell', 'observe', 'host'],
  cli: ['sim', 'libc', 'observe', 'host', 'kit', 'qemu', 'study'],
};

const root = new URL('../..', import.meta.url).pathname;
const json = (path: string): any => JSON.parse(readFileSync(root + path, 'utf8'));

const packages = readdirSync(`${root}packages`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

it('knows every package', () => {
  expect(packages.toSorted()).toEqual(Object.keys(LAYERS).toSorted());
});

describe.each(packages)('package %s', (name) => {
  it('depends only on lower layers', () => {
    const deps = Object.keys(json(`packages/${name}/package.json`).dependencies ?? {});
    const inner = deps.filter((d) => d.startsWith('@dmsim/')).map((d) => d.slice(7));
    expect(LAYERS[name]).toEqual(expect.arrayContaining(inner));
  });

  it('references in its tsconfig what it depends on, since a missing reference is no error of the compiler', () => {
    const deps = Object.keys(json(`packages/${name}/package.json`).dependencies ?? {});
    const inner = deps.filter((d) => d.startsWith('@dmsim/')).map((d) => d.slice(7));
    const refs = json(`packages/${name}/tsconfig.json`).references.map((r: { path: string }) =>
      basename(r.path),
    );
    expect(refs.toSorted()).toEqual(inner.toSorted());
  });
});
