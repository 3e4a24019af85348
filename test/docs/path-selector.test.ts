// The page about path selectors: its file, run with its lab, prints what it shows; and what it says of broken ones is true.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { LabResult, UserSelector } from '@dmsim/host';
import { createMachine, runLab } from '@dmsim/host';
import { checkSelector } from '@dmsim/kit';
import type { PathSelectorType } from '@dmsim/multipath';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { loadSelectors } from '../../packages/cli/src/plugins/load-selectors.ts';

const root = new URL('../..', import.meta.url);
const page = readFileSync(new URL('docs/writing-a-path-selector.md', root), 'utf8');
const blocks = [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
  language,
  text: text ?? '',
}));
const blockOf = (start: string): string =>
  blocks.find(({ text }) => text.startsWith(start))?.text ?? '';

const source = blockOf('// least-latency.mjs');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-selectors-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

interface Run extends LabResult {
  readonly text: string;
}

function play(text: string, selectors: readonly UserSelector[], args: readonly string[] = []): Run {
  let output = '';
  const onOutput = (_fd: 1 | 2, bytes: Uint8Array): void => {
    output += new TextDecoder().decode(bytes);
  };
  const result = runLab(createMachine({ selectors }), { name: 'lab.sh', text, args, onOutput });
  return { ...result, text: output };
}

describe('the selector of the page', () => {
  it('does in the lab of the page what the page shows', async () => {
    const [command = '', ...shown] = blockOf('$ dmsim run').split('\n');
    const words = command.split(' ');
    const lab = words.find((word) => word.endsWith('.sh')) ?? '';
    const selectors = await loadSelectors([write('least-latency.mjs', source)]);
    const { text, outcome, violations } = play(
      readFileSync(new URL(lab, root), 'utf8'),
      selectors,
      words.slice(words.indexOf(lab) + 1),
    );
    expect([outcome, violations]).toEqual([{ kind: 'exited', status: 0 }, []]);
    expect(text).toBe(shown.join('\n'));
  });

  it('breaks those rules of checkSelector that the page skips, and no others', async () => {
    const [mine] = await loadSelectors([write('least-latency.mjs', source)]);
    const type = mine?.type as PathSelectorType;
    const call = blockOf('import { checkSelector }');
    const skip = [...call.matchAll(/^ {4}'(.*)',$/gm)].map(([, rule = '']) => rule);
    expect(() => checkSelector(type)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(skip.map((rule) => `  '${rule}',\n`).join('')),
      }),
    );
    expect(() => checkSelector(type, { skip, runs: 40 })).not.toThrow();
  });
});

/** Four paths in two groups; the first read fails one of them by message. */
const LAB = `modprobe scsi_debug add_host=4 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 delay=0
dmsetup create mp --table "0 16384 multipath 1 queue_if_no_path 0 2 1 mine 0 2 0 8:0 8:16 mine 0 2 0 8:32 8:48" || exit 1
dmsetup message mp 0 fail_path 8:16
dmsetup table mp
dd if=/dev/mapper/mp of=/dev/null bs=4096 count=1 iflag=direct status=none
echo done
`;

const GOOD = `{
  name: 'mine', tableArgs: 0, infoArgs: 0,
  create: () => ({ state: [] }),
  addPath: (state, path) => void state.push(path),
  failPath() {}, reinstatePath() {},
  status: (state, path) => (path === null ? '0 ' : ''),
  selectPath: ([path]) => path,
}`;

let files = 0;

/** The lab with `mine`, but for `parts`; the file is called mine.mjs in the answers. */
async function playWith(parts: string): Promise<Run> {
  const file = write(
    `mine${++files}.mjs`,
    `let all = []; export default { ...${GOOD}, ${parts} };`,
  );
  const { text, outcome, violations } = play(LAB, await loadSelectors([file]));
  const renamed = JSON.parse(
    JSON.stringify(outcome).replaceAll(file, 'mine.mjs'),
  ) as Run['outcome'];
  return { text, violations, outcome: renamed };
}

describe('a selector of the user', () => {
  it('may be the default export, and serves', async () => {
    const { text, outcome } = await playWith('');
    expect(outcome).toEqual({ kind: 'exited', status: 0 });
    expect(text).toMatch(/mine 0 2 0 8:0 8:16 mine 0 2 0 8:32 8:48 \ndone\n$/);
  });

  it.each([
    ["selectPath() { throw new Error('oops'); }", 'selectPath threw: oops'],
    ['selectPath: (state) => state[1]', 'selectPath chose 8:16, which has failed'],
    [
      'addPath: (state, path) => void all.push(path), selectPath: () => all[3]',
      'selectPath chose a path that is not of group 1',
    ],
    ["create() { throw new TypeError('no'); }", 'create threw: no'],
    ['create: () => []', 'create answered an array, not { state } or an errno'],
    // The group is asked before its paths, as in the kernel.
    [
      "status: () => 'busy'",
      'status answered "busy", not the number of the group\'s words and these, each followed by a space',
    ],
    [
      "status: (state, path) => (path === null ? '0 ' : 'busy')",
      'status answered "busy", not 0 words, each followed by a space',
    ],
    ['failPath() { null.x; }', 'failPath threw: Cannot read properties of null'],
  ])('ends the lab by its name, file and line: %s', async (parts, what) => {
    const { outcome } = await playWith(parts);
    expect(outcome.kind).toBe('refused');
    const [, message] =
      outcome.kind === 'refused' ? (/^mine\.mjs:\d+: (.*)/.exec(outcome.message) ?? []) : [];
    expect(message).toContain(`path selector mine: ${what}`);
  });

  it('that never chooses hangs the run, and the report names it', async () => {
    const { outcome } = await playWith('selectPath: () => null');
    expect(outcome.kind).toBe('hung');
    expect(outcome.kind === 'hung' && outcome.report.at(-1)).toBe(
      'I/O of dm-0, which has paths: path selector mine (mine.mjs) chooses none',
    );
  });

  it('draws what the seed says', async () => {
    const random = `create: ({ random }) => ({ state: Object.assign([], { draw: random('mine') }) }),
      status: ({ draw }, path) => (path === null ? '1 ' + draw() + ' ' : '')`;
    const [first, again] = [await playWith(random), await playWith(random)];
    expect(first.text).toMatch(/mine 1 0\.\d+ 2 0 8:0/);
    expect(again.text).toBe(first.text);
  });
});

describe('a file', () => {
  it.each([
    ['empty.mjs', 'export const x = 1;', 'exports no path selector'],
    ['throws.mjs', "throw new Error('not today');", 'Error: not today'],
    ['nameless.mjs', `export default { ...${GOOD}, name: 'two words' };`, 'name is to be a word'],
    ['partial.mjs', `export const mine = { ...${GOOD}, status: 7 };`, 'status is to be a function'],
    ['args.mjs', `export const mine = { ...${GOOD}, tableArgs: -1 };`, 'tableArgs is to be'],
    [
      'taken.mjs',
      `export const mine = { ...${GOOD}, name: 'round-robin' };`,
      'path selector round-robin: there is one of that name',
    ],
  ])('%s is refused', async (name, text, message) => {
    const path = write(name, text);
    const refused = loadSelectors([path]);
    await expect(refused).rejects.toThrow(`${path}:`);
    await expect(refused).rejects.toThrow(message);
  });

  it('that is not there is refused, and the same twice', async () => {
    await expect(loadSelectors(['nosuch.mjs'])).rejects.toThrow('No such file or directory');
    const path = write('twice.mjs', `export default ${GOOD};`);
    await expect(loadSelectors([path, path])).rejects.toThrow('there is one of that name');
  });
});
