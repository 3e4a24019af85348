// Target types of the user's own, in run and explore. Needs the build, which `npm test` makes first.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** Passes I/O on as linear does, but for what `keeps` says: that never ends. */
const passing = ({ words = 2, keeps = 'false' } = {}): string => `
import { getDevice, parseSector, putDevice } from '@dmsim/kit';
export const passes = {
  name: 'passes',
  version: [1, 0, 0],
  ctr(ti, argv) {
    if (argv.length !== ${words}) return { error: 'it takes three words', errno: 'EINVAL' };
    const dev = getDevice(ti, argv[0]);
    return typeof dev === 'string' ? { error: 'no device', errno: dev } : { state: { dev, start: parseSector(argv[1]) } };
  },
  dtr: (ti) => putDevice(ti, ti.state.dev),
  map(ti, bio) {
    if (${keeps}) return 'submitted';
    bio.dev = ti.state.dev.bdev;
    bio.sector += ti.state.start - ti.begin;
    return 'remapped';
  },
  status: (ti, kind) => (kind === 'info' ? '' : ti.state.dev.name + ' ' + ti.state.start),
  iterateDevices: (ti, fn) => fn(ti.state.dev, ti.state.start, ti.len),
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
  'passes.mts': passing(),
  'keeps.mts': passing({ keeps: 'bio.sector >= 512' }),
  'takes-three.mts': passing({ words: 3 }),
  'measured.sh': `dmsetup create mp --table "0 8 refuses $words"
table=$(dmsetup table mp)
simctl measure words \${table##* }
`,
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

  it('is there in every run of a comparison and of a sweep', async () => {
    for (const command of ['compare', 'sweep']) {
      // oxlint-disable-next-line no-await-in-loop -- the streams are the whole module's
      const { status, stdout } = await call(
        command,
        path('measured.sh'),
        '--vary=words=1,333',
        '--seeds=1',
        '--jobs=1',
        `--target=${path('refuses.mts')}`,
      );
      expect([status, stdout]).toEqual([0, expect.stringMatching(/333 +33/)]);
    }
  });

  it('has the tables of generated schedules, whose failure is printed with it', async () => {
    const passes = await call('explore', '--runs=40', `--target=${path('passes.mts')}`);
    expect([passes.status, passes.stdout]).toEqual([
      0,
      '40 generated schedules (random, seeds from 1): every invariant held\n',
    ]);
    const file = path('keeps.mts');
    const out = `--out=${folder}`;
    const keeps = await call('explore', '--runs=40', out, `--target=${file}`);
    const lab = path('schedule.sh');
    expect(keeps.stdout).toContain(`written as ${lab}: dmsim explore --target ${file} ${lab}\n`);
    expect(readFileSync(lab, 'utf8')).toContain('--table "0 1024 passes $d');
    expect([122, 123]).toContain(keeps.status);
    const again = await call('run', '--quiet', `--target=${file}`, lab);
    expect(again.status).toBe(keeps.status);
  });

  it.each([
    [
      ['takes-three.mts'],
      /takes-three\.mts: target type passes: it gets the words DEVICE 0, as linear does: .*three words/,
    ],
    [['passes.mts', 'refuses.mts'], /generated schedules have one --target\n/],
  ])('is refused by generated schedules, which cannot use it: %j', async (files, says) => {
    const { status, stderr } = await call(
      'explore',
      '--runs=1',
      ...files.map((file) => `--target=${path(file)}`),
    );
    expect([status, stderr]).toEqual([125, expect.stringMatching(says)]);
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
