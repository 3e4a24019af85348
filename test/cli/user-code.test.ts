// Path checkers and prioritizers of the user's own, in every command that runs a lab. Needs the build, which `npm test` makes first.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { call } from './in-process.ts';

const LAB = `#udev
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
printf 'defaults {\n find_multipaths no\n detect_checker no\n path_checker never\n detect_prio no\n prio seven\n prio_args %s\n}\n' "\${word:-1}" > /etc/multipath.conf
multipathd
sleep 3; udevadm settle
multipathd show paths format '%d %c %p %T'
simctl measure priority "$(multipathd show paths raw format '%p')"
`;

const FILES: Readonly<Record<string, string>> = {
  'lab.sh': LAB,
  'never.mjs': "export const never = { name: 'never', check: () => 'down' };",
  'seven.mts':
    "export const seven = { name: 'seven', priority: ({ args }: { args: string }): number => 7 * Number(args || 1) };",
  'broken.mjs': "export const never = { name: 'never', check() { throw new Error('no idea'); } };",
};

const bin = new URL('../../packages/cli/bin/dmsim.js', import.meta.url).pathname;

let folder = '';
const path = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-user-code-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(path(name), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

const own = (checker = 'never.mjs'): string[] => [
  `--checker=${path(checker)}`,
  `--prioritizer=${path('seven.mts')}`,
];

describe('a checker and a prioritizer of the user', () => {
  it('are used by run', async () => {
    const { status, stdout } = await call('run', ...own(), path('lab.sh'));
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/^dev checker pri chk_st\nsda never +7 +faulty\n/),
    ]);
  });

  it('are used by explore, in its threads, too', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [
        bin,
        'explore',
        '--runs=4',
        '--jobs=2',
        '--json',
        `--out=${folder}`,
        ...own(),
        path('lab.sh'),
      ],
      { encoding: 'utf8' },
    );
    expect(status).toBe(0);
    expect(stdout).toContain('sda never   7   faulty');
  });

  it('are used by compare and sweep', async () => {
    for (const command of ['compare', 'sweep']) {
      // oxlint-disable-next-line no-await-in-loop -- the streams are the whole module's
      const { status, stdout } = await call(
        command,
        `--lab=${path('lab.sh')}`,
        '--vary=word=1,3',
        '--seeds=1',
        '--jobs=1',
        ...own(),
      );
      expect([status, stdout]).toEqual([0, expect.stringMatching(/21/)]);
    }
  });

  it.each([
    ['explore', (file: string) => ['--runs=2', file, path('lab.sh')]],
    ['compare', (file: string) => [`--lab=${path('lab.sh')}`, '--vary=word=1,3', file]],
    ['sweep', (file: string) => [`--lab=${path('lab.sh')}`, '--vary=word=1,3', file]],
  ])('are refused by %s where they are missing or no such thing', async (command, words) => {
    const missing = await call(command, ...words(`--checker=${path('nosuch.mjs')}`));
    expect([missing.status, missing.stderr]).toEqual([
      125,
      expect.stringContaining('nosuch.mjs: No such file or directory'),
    ]);
    const other = await call(command, ...words(`--checker=${path('seven.mts')}`));
    expect([other.status, other.stderr]).toEqual([
      125,
      expect.stringContaining('seven.mts: exports no path checker'),
    ]);
  });

  it('end an exploration with their names when they break', async () => {
    const { status, stderr } = await call(
      'explore',
      '--runs=4',
      ...own('broken.mjs'),
      path('lab.sh'),
    );
    expect(status).toBe(125);
    expect(stderr).toMatch(/broken\.mjs:1: path checker never.*no idea/);
  });

  it('mean nothing to generated schedules, which have no daemon', async () => {
    const { status, stderr } = await call('explore', '--runs=1', ...own());
    expect([status, stderr]).toEqual([
      125,
      expect.stringContaining('--checker needs a lab: generated schedules have no multipathd\n'),
    ]);
  });
});
