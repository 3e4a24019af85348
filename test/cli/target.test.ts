// Target types of the user's own, in run and explore. Needs the build, which `npm test` makes first.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { call } from './in-process.ts';

const LAB = `dmsetup create mp --table '0 8 refuses 3'
dmsetup targets | head -n 1
dmsetup table
dd if=/dev/mapper/mp of=/dev/null bs=4096 count=1 iflag=direct status=none 2>&1
`;

/** Fails all I/O. What `part` says comes in place of its map. */
const target = (part = "map: (): string => 'kill',"): string => `interface Words {
  readonly words: readonly string[];
}

/** Of its own. */
export const refuses = {
  name: 'refuses',
  version: [1, 2, 3],
  ctr: (_ti: unknown, words: readonly string[]) => ({ state: { words } }),
  ${part}
  status: ({ state }: { state: Words }, kind: string) => (kind === 'info' ? '' : state.words.join(' ')),
};
`;

const FILES: Readonly<Record<string, string>> = {
  'lab.sh': LAB,
  'refuses.mts': target(),
  'throws.mts': target("map() {\n    throw new Error('a slip');\n  },"),
  'answers.mts': target("map: (): string => 'killed',"),
  'kernel.mts': target("map: (): string => 'kill',\n  end_io: (): string => 'done',"),
  'forgets.mts': target("map: (): string => 'submitted',"),
  'taken.mjs': "export const x = { name: 'linear', version: [1, 0, 0], ctr() {}, map() {} };",
  'none.mjs': 'export const x = 1;',
};

let folder = '';
const path = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-target-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(path(name), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a target type of the user', () => {
  it('is there for tables', async () => {
    const { status, stdout } = await call('run', `--target=${path('refuses.mts')}`, path('lab.sh'));
    expect(stdout).toBe(`refuses          v1.2.3
mp: 0 8 refuses 3
dd: error reading '/dev/mapper/mp': Input/output error
`);
    expect(status).toBe(1);
  });

  it('is there in an exploration', async () => {
    const { status, stdout } = await call(
      'explore',
      '--runs=4',
      '--jobs=1',
      '--json',
      `--out=${folder}`,
      `--target=${path('refuses.mts')}`,
      path('lab.sh'),
    );
    expect(stdout).toContain('mp: 0 8 refuses 3');
    expect(status).toBe(0);
  });

  it('is named by the commands that repeat a run', async () => {
    const file = path('forgets.mts');
    const { stdout } = await call(
      'explore',
      '--runs=2',
      '--jobs=1',
      `--out=${folder}`,
      `--target=${file}`,
      path('lab.sh'),
    );
    expect(stdout).toContain('broken: every bio completes exactly once');
    expect(stdout).toContain(`repeat it: dmsim run --target ${file} --replay `);
  });

  it.each([
    ['throws.mts', /throws\.mts:11: target type refuses: map threw: a slip\n$/],
    ['answers.mts', /target type refuses: map answered "killed", not submitted, remapped, /],
    ['kernel.mts', /target type refuses: end_io is no hook of a target type: it is called endIo\n/],
    ['taken.mjs', /taken\.mjs: target type linear: Linux has one of that name\n/],
    ['none.mjs', /none\.mjs: exports no target type, which is /],
  ])('ends the run with its name where it is wrong: %s', async (file, says) => {
    const { status, stderr } = await call('run', `--target=${path(file)}`, path('lab.sh'));
    expect(stderr).toMatch(says);
    expect(status).toBe(125);
  });
});
