import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { importModules, selectorSources } from './load-selectors.ts';

/** Each module, by its name. */
const FILES: Readonly<Record<string, string>> = {
  'helper.mts': 'export const two: number = 2;\n',
  'plain.mjs': 'export const three = 3;\n',
  'uses.mts':
    "import { three } from './plain.mjs';\nimport { two } from './helper.mts';\nexport const six: number = two * three;\n",
  'compiled-name.mts':
    "import { two } from './helper.mjs';\nexport const four: number = two + two;\n",
  'missing.mts': "import { two } from './nosuch.mts';\nexport const x: number = two;\n",
  'no-export.mts': "import { nine } from './helper.mts';\nexport const x: number = nine;\n",
  'no-package.mts': "import { x } from 'no-such-package';\nexport const y: number = x;\n",
  'broken.mts': 'let x: = 3;\n',
  'uses-broken.mts': "import { x } from './broken.mts';\nexport const y = x;\n",
  'throws.mts':
    'interface Unused {\n  x: 1;\n}\n\nexport const x = (null as never as { y: 1 }).y;\n',
  'broken.mjs': 'const x = 1;\nlet y = = 3;\n',
  'throws-plain.mjs': '// nothing\nexport const x = y;\n',
  'throws-twice.mts': "import { x } from './throws-plain.mjs';\n\nexport const y: number = x;\n",
  'throws-text.mts': "export const x = 1;\nthrow 'enough';\n",
  'throws-far.mts':
    "import { readFileSync } from 'node:fs';\n\nexport const x = readFileSync('/no/such', 'utf8');\n",
  'one.mts': "import { b } from './other.mts';\nexport const a = (): number => b();\n",
  'other.mts': "import { a } from './one.mts';\nexport const b = (): number => a();\n",
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-modules-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function load(name: string, portable = false): Promise<unknown> {
  const [module] = await importModules(await selectorSources([join(folder, name)], { portable }));
  return { ...module };
}

describe('a module with types', () => {
  it.each([
    ['missing.mts', /missing\.mts: imports \.\/nosuch\.mts: No such file or directory$/],
    [
      'no-package.mts',
      /no-package\.mts: imports no-such-package, which is not installed where the file is$/,
    ],
    ['uses-broken.mts', /\/broken\.mts:1:8: Unexpected token/],
    ['one.mts', /other\.mts: imports \.\/one\.mts, which imports it: /],
  ])('is refused in a line when what it imports is not there: %s', async (name, says) => {
    await expect(load(name)).rejects.toThrow(says);
  });

  it('is refused in a short line when what it imports lacks a name', async () => {
    const error: unknown = await load('no-export.mts').catch((cause: unknown) => cause);
    expect(String(error).length).toBeLessThan(300);
  });

  it.each([
    ['throws.mts', /\/throws\.mts:5: TypeError: Cannot read properties of null/],
    ['throws-plain.mjs', /\/throws-plain\.mjs:2: ReferenceError: y is not defined$/],
    [
      'throws-twice.mts',
      /\/throws-twice\.mts: ReferenceError: y is not defined, at throws-plain\.mjs:2$/,
    ],
    ['throws-text.mts', /\/throws-text\.mts: enough$/],
    ['throws-far.mts', /\/throws-far\.mts:3: Error: ENOENT: no such file or directory/],
    ['broken.mjs', /\/broken\.mjs:2:9: Unexpected token/],
    ['no-export.mts', /\/no-export\.mts: SyntaxError: /],
  ])('tells the line that throws as it loads: %s', async (name, says) => {
    await expect(load(name)).rejects.toThrow(says);
  });

  it.each([
    ['uses.mts', { six: 6 }],
    ['compiled-name.mts', { four: 4 }],
  ])('may import others, with types or without: %s', async (name, exports) => {
    expect(await load(name)).toEqual(exports);
  });

  it('carries what it imports when another machine is to have it', async () => {
    const [source] = await selectorSources([join(folder, 'uses.mts')], { portable: true });
    const text = Buffer.from(source?.url.split(',')[1] ?? '', 'base64').toString();
    expect(text).not.toContain('file:');
    expect(await load('uses.mts', true)).toEqual({ six: 6 });
  });
});
