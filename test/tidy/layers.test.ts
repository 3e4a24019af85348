// The directions between packages, as docs/architecture.md draws them.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

import { describe, expect, it } from 'vitest';

/** Allowed edges, bottom first. */
const LAYERS: Record<string, readonly string[]> = {
  sim: [],
  block: ['sim'],
  dm: ['sim', 'block'],
  multipath: ['sim', 'block', 'dm'],
  shell: ['sim'],
  qemu: ['sim', 'block'],
  host: ['sim', 'block', 'dm', 'multipath', 'qemu', 'shell'],
  kit: ['sim', 'block', 'dm', 'multipath', 'host'],
  cli: ['sim', 'host', 'kit', 'qemu'],
};

const root = new URL('../..', import.meta.url).pathname;
const json = (path: string): any => JSON.parse(readFileSync(root + path, 'utf8'));

describe.each(Object.keys(LAYERS))('package %s', (name) => {
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
