// The page about checkers and prioritizers: its files, run with its lab, print what it shows; and what it says of broken ones is true.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { LabResult, UserPlugin } from '@dmsim/host';
import { createMachine, runLab } from '@dmsim/host';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { importUserCode, userSources } from '../../packages/cli/src/plugins/load-plugins.ts';

const loadPlugins = async (
  kind: UserPlugin['kind'],
  files: readonly string[],
): Promise<readonly UserPlugin[]> =>
  (await importUserCode(await userSources({ [kind]: files }))).plugins;

const page = readFileSync(new URL('../../docs/writing-a-checker.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, , text]) => text ?? '');
const blockOf = (start: string): string => blocks.find((text) => text.startsWith(start)) ?? '';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-checkers-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function play(text: string, plugins: readonly UserPlugin[]): LabResult & { text: string } {
  let output = '';
  const onOutput = (_fd: 1 | 2, bytes: Uint8Array): void => {
    output += new TextDecoder().decode(bytes);
  };
  return {
    ...runLab(createMachine({ plugins }), { name: 'lab.sh', text, onOutput }),
    text: output,
  };
}

const lab = blockOf('#udev');

it('the notes of a checker about a path begin anew with each run', () => {
  const seen: unknown[] = [];
  const counts: UserPlugin = {
    kind: 'checker',
    file: 'counts.mjs',
    type: {
      name: 'reads-twice',
      check({ dev, memory }) {
        memory['checks'] = Number(memory['checks'] ?? 0) + 1;
        if (dev === 'sda') seen.push(memory['checks']);
        return 'up';
      },
    },
  };
  const byHost: UserPlugin = {
    kind: 'prioritizer',
    file: 'by-host.mjs',
    type: { name: 'by-host', priority: () => 1 },
  };
  play(lab, [counts, byHost]);
  const once = seen.splice(0);
  expect(once.slice(0, 3)).toEqual([1, 2, 3]);
  play(lab, [counts, byHost]);
  expect(seen).toEqual(once);
});

it('the plugins of the page do in its lab what it shows', async () => {
  const [, ...shown] = blockOf('$ dmsim run').split('\n');
  const checker = write('reads-twice.mjs', blockOf('// reads-twice.mjs'));
  const prioritizer = write('by-host.mjs', blockOf('// by-host.mjs'));
  const plugins = [
    ...(await loadPlugins('checker', [checker])),
    ...(await loadPlugins('prioritizer', [prioritizer])),
  ];
  const { text, outcome, violations } = play(lab, plugins);
  expect([outcome, violations]).toEqual([{ kind: 'exited', status: 0 }, []]);
  expect(text).toBe(shown.join('\n'));
});

let files = 0;

/** How the lab ends with a plugin `mine` of that body; its file is called mine.mjs in the answer. */
async function endWith(kind: UserPlugin['kind'], body: string): Promise<string> {
  const file = write(`mine${++files}.mjs`, `export default {\n  name: 'mine',\n  ${body}\n};\n`);
  const named = lab.replace(kind === 'checker' ? 'reads-twice' : 'by-host', 'mine');
  const { outcome } = play(named, await loadPlugins(kind, [file]));
  const message = outcome.kind === 'refused' ? outcome.message : outcome.kind;
  return message.replaceAll(file, 'mine.mjs');
}

describe('a plugin of the user', () => {
  it.each([
    ['checker', "check: () => 'up'"],
    ['checker', "synchronous: true, *check(path) { yield* path.sleep(5); return 'up'; }"],
    [
      'checker',
      "*check(path) { return (yield* path.attribute('state')) === 'running' ? 'up' : 'down'; }",
    ],
    ['prioritizer', '*priority(path) { return ((yield* path.portGroup())?.state ?? "").length; }'],
    ['prioritizer', 'priority: () => -7'],
  ] as const)('serves: %s %s', async (kind, body) => {
    expect(await endWith(kind, body)).toBe('exited');
  });

  it.each([
    ['checker', "check: () => 'fine'", 'answered "fine", not one of up, down'],
    ['checker', 'check() {}', 'answered undefined, not one of'],
    ['checker', "async check() { return 'up'; }", 'answered a promise, not one of'],
    ['checker', "check() { throw new Error('oops'); }", 'threw: oops'],
    ['checker', '*check() { yield 1; }', 'yields a value itself: what waits is called by yield*'],
    ['checker', '*check(path) { yield* path.sleep(5); null.x; }', 'threw: Cannot read properties'],
    ['prioritizer', 'priority: () => 1.5', 'answered 1.5, not a whole number'],
    ['prioritizer', "priority() { throw new TypeError('no'); }", 'threw: no'],
  ] as const)('ends the lab by its name, file and line: %s %s', async (kind, body, what) => {
    const hook = kind === 'checker' ? 'path checker mine: check' : 'prioritizer mine: priority';
    expect(await endWith(kind, body)).toContain(`mine.mjs:3: ${hook} ${what}`);
  });

  it('draws what the seed says', async () => {
    const body = 'priority: ({ random }) => Math.floor(random() * 1e9)';
    const file = write(
      'chance.mjs',
      `export default { name: 'by-host', ${body} };`.replace('by-host', 'chance'),
    );
    const named = lab.replace('by-host', 'chance').replace('reads-twice', 'tur');
    const runs = [1, 2].map(async () => play(named, await loadPlugins('prioritizer', [file])).text);
    const [first, again] = await Promise.all(runs);
    expect(first).toMatch(/sda tur +\d{6,9} /);
    expect(again).toBe(first);
  });
});

describe('a file', () => {
  it.each([
    [
      'checker',
      'export const x = 1;',
      'exports no path checker, which is an object with name and check',
    ],
    ['prioritizer', 'export const x = 1;', 'exports no prioritizer'],
    ['checker', "throw new Error('not today');", 'Error: not today'],
    ['checker', "export default { name: 'two words', check() {} };", 'name is to be a word'],
    ['checker', "export default { name: 'mine', check: 7 };", 'check is to be a function'],
    [
      'checker',
      "export default { name: 'tur', check() {} };",
      'path checker tur: there is one of that name',
    ],
    [
      'checker',
      "export default { name: 'mine', synchronous: 1, check() {} };",
      'synchronous is to be',
    ],
    [
      'prioritizer',
      "export default { name: 'alua', priority() {} };",
      'prioritizer alua: there is one of that name',
    ],
  ] as const)('is refused: %s %s', async (kind, text, message) => {
    const path = write(`wrong${++files}.mjs`, text);
    const refused = loadPlugins(kind, [path]);
    await expect(refused).rejects.toThrow(`${path}:`);
    await expect(refused).rejects.toThrow(message);
  });

  it('that is not there is refused, and the same twice', async () => {
    await expect(loadPlugins('checker', ['nosuch.mjs'])).rejects.toThrow(
      'No such file or directory',
    );
    const path = write('twice.mjs', "export default { name: 'twice', check: () => 'up' };");
    await expect(loadPlugins('checker', [path, path])).rejects.toThrow('there is one of that name');
  });
});
