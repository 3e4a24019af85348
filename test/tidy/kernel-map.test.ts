// docs/kernel-map.md is what the code says of itself; what it says is spelled as the kernel spells it, and is there.
import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { SURFACE } from './dm-mpath-surface.ts';
import { kernelMap, parseTag, readMirrors } from './kernel-map.ts';

const packages = new URL('../../packages/', import.meta.url);
const mirrors = readMirrors();

/** `FILE: symbol symbol …` a line: names that were looked up in Linux 6.12. */
function knownNames(): Set<string> {
  const text = readFileSync(new URL('kernel-names.txt', import.meta.url), 'utf8');
  const names = new Set<string>();
  for (const line of text.split('\n').filter((l) => l !== '' && !l.startsWith('#'))) {
    const [file = '', symbols = ''] = line.split(':');
    names.add(file);
    for (const symbol of symbols.split(',').map((word) => word.trim())) {
      if (symbol !== '') names.add(`${file}: ${symbol}`);
    }
  }
  return names;
}

describe('docs/kernel-map.md', () => {
  it('is fresh', async () => {
    const path = new URL('../../docs/kernel-map.md', import.meta.url).pathname;
    await expect(kernelMap(mirrors, SURFACE)).toMatchFileSnapshot(path);
  });
});

describe('a header tag', () => {
  it('names files and symbols of the kernel, and may add prose', () => {
    const text = [
      '// x.ts — Does x. Mirrors dm.c: dm_a, struct b, and the patches of 2006; include/linux/c.h: enum d,',
      "// block/e.c's twin, f.h. Not a tag any more: g_h.",
      'export {};',
    ].join('\n');
    expect(parseTag('x.ts', text).map(({ kernelFile, symbol }) => [kernelFile, symbol])).toEqual([
      ['drivers/md/dm.c', null],
      ['drivers/md/dm.c', 'dm_a'],
      ['drivers/md/dm.c', 'struct b'],
      ['include/linux/c.h', null],
      ['include/linux/c.h', 'enum d'],
      ['block/e.c', null],
      ['block/f.h', null],
    ]);
  });

  it('spells what Linux has: a new name is looked up there, then added to kernel-names.txt', () => {
    const known = knownNames();
    const unknown = mirrors
      .filter(({ symbol }) => symbol === null || symbol.includes('_') || symbol.includes(' '))
      .map(({ kernelFile, symbol }) => (symbol === null ? kernelFile : `${kernelFile}: ${symbol}`))
      .filter((name) => !known.has(name));
    expect(unknown).toEqual([]);
  });
});

describe('what dm-mpath shows', () => {
  const rows = SURFACE.flatMap(({ title, rows: all }) =>
    all.map(([name, place]) => ({ what: `${title}: ${name}`, place })),
  );

  it.each(rows)('$what is where it is said to be, or has a reason', ({ place }) => {
    if ('notSimulated' in place) {
      expect(place.notSimulated).not.toBe('');
      return;
    }
    const path = new URL(place.in, packages);
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, 'utf8')).toContain(place.as);
  });
});
