// What the kit exports explains itself in an editor: each function and each table has a comment that its declaration keeps.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { expect, it } from 'vitest';

const packages = new URL('../../packages', import.meta.url).pathname;

interface Exported {
  readonly name: string;
  readonly file: string;
}

const EXPORTS = /^export \{([^}]*)\} from '([^']+)';/gm;

/** The values that an entry exports by name, each with the file that declares it; types are not among them. */
function valuesOf(entry: string): Exported[] {
  return [...readFileSync(entry, 'utf8').matchAll(EXPORTS)].flatMap(([, names = '', from = '']) => {
    const file = from.startsWith('.')
      ? join(dirname(entry), from)
      : join(packages, from.replace('@dmsim/', ''), 'src/index.ts');
    return names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => ({ name, file: from.startsWith('.') ? file : declaring(name, file) }));
  });
}

const declaring = (name: string, entry: string): string =>
  valuesOf(entry).find((value) => value.name === name)?.file ?? entry;

const isExplained = ({ name, file }: Exported): boolean =>
  new RegExp(String.raw`\*/\nexport (?:async )?(?:function\*?|const|class) ${name}\b`).test(
    readFileSync(file, 'utf8'),
  );

it('every value that @dmsim/kit exports has a comment', () => {
  const kit = join(packages, 'kit/src');
  const values = ['index.ts', 'extend.ts'].flatMap((entry) => valuesOf(join(kit, entry)));
  expect(values.length).toBeGreaterThan(60);
  expect(values.filter(({ file }) => !existsSync(file))).toEqual([]);
  expect(values.filter((value) => !isExplained(value)).map(({ name }) => name)).toEqual([]);
});
