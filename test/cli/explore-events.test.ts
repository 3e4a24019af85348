// explore-events.test.ts — dmsim explore shows the events that led to a failure, and where a good and a bad run part.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Called } from './in-process.ts';
import { callIn } from './in-process.ts';

/** Both paths of one map are failed beside a write to it, which then waits for ever; another map has nothing to do with that. */
const WAITS = `modprobe brd rd_nr=1 rd_size=4096
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 delay=0
w() { dd if=/dev/zero of=/dev/mapper/$1 bs=4096 count=1 oflag=direct status=none 2>/dev/null; }
dmsetup create other --table "0 8192 linear 1:0 0"
dmsetup create m --table "0 16384 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
w other
w m
w m &
dmsetup message m 0 "fail_path 8:0"; dmsetup message m 0 "fail_path 8:16"; w other
wait
`;

/** A request without a path is asked for again every 100 ms. */
const POLLS = `modprobe scsi_debug add_host=1 dev_size_mb=8 delay=0
dmsetup create m --table "0 16384 multipath 1 queue_if_no_path 0 1 1 round-robin 0 1 1 8:0 1"
dmsetup message m 0 "fail_path 8:0"
dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-events-'));
  writeFileSync(join(folder, 'lab.sh'), WAITS);
});
afterAll(() => rmSync(folder, { recursive: true }));

const dmsim = (...args: string[]): Promise<Called> => callIn(folder, ...args);

describe('what led to a failure', () => {
  it('is printed with the choices in between, without what is about other bios, devices and processes', async () => {
    const { stdout, status } = await dmsim(
      'explore',
      '--runs',
      '60',
      '--jobs',
      '1',
      '--out',
      folder,
      'lab.sh',
    );
    expect(status).toBe(122);
    const [, hung = ''] = /(\d\. [^\n]*: hung.*?)(?:\n\n|$)/s.exec(stdout) ?? [];
    const [, told = ''] = /what led to it:\n(.*?)\n +repeat it:/s.exec(hung) ?? [];
    expect(told).toMatch(
      / sched_process_exec +process \d+ runs dmsetup message m 0 fail_path 8:0\n/,
    );
    expect(told).toMatch(/ mpath_path_failed +path sdb of group 1 fails: no path is left\n/);
    expect(told).toMatch(/ mpath_bio_queued +bio \d+ /);
    expect(told).toMatch(/^ +\* .+$/m);
    expect(told).not.toMatch(/\bother (?!bios|devices|processes)/);
    expect(told).toMatch(/left out: \d+ events? of other \w+/);
    const command = /all of it: dmsim (run --log - --replay \S+ \S+)$/m.exec(told)?.[1] ?? '';
    // Every line that is shown is one of the whole log.
    const { stdout: whole } = await dmsim(...command.split(' '));
    const lines = [...told.matchAll(/^ +(\d+\.\d+ \w.+)$/gm)].map(([, line = '']) => line);
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) expect(whole).toContain(`${line}\n`);
  });

  it('ends, when only polls were left, with what came before them and how many they were', async () => {
    writeFileSync(join(folder, 'polls.sh'), POLLS);
    const one = ['--runs', '1', '--jobs', '1', '--out', folder];
    const { stdout } = await dmsim('explore', ...one, 'polls.sh');
    expect(stdout).toMatch(
      / path sda of group 1 fails: no path is left\n(?:.*\n)+? +60\d\.\d+ … the 3 events above came 5\d\d\d times more\n/,
    );
  });

  it('is in the JSON, too, and nowhere when nothing failed', async () => {
    const { stdout } = await dmsim(
      'explore',
      '--runs',
      '20',
      '--json',
      '--jobs=1',
      '--out',
      join(folder, 'found'),
      'lab.sh',
    );
    const { outcomes } = JSON.parse(stdout);
    const failed = outcomes.map(({ failure }: { failure: unknown }) => failure !== null);
    expect(new Set(failed)).toEqual(new Set([false, true]));
    for (const { failure, causes } of outcomes) {
      if (failure === null) expect(causes).toBe(null);
      else expect(causes.events.join('\n')).toContain('no path is left');
    }
  });
});

describe('dmsim explore --diff', () => {
  it('says where two recorded runs part, what was chosen there, and how each ends', async () => {
    // Those that the exploration above has written.
    const { stdout, status } = await dmsim('explore', '--diff', 'found/lab-2.choices');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^the same \d+ events happen in both; they part at 0\.\d+ s:\n/);
    expect(stdout).toMatch(/^\+ found\/lab-2\.choices chooses: .+$/m);
    expect(stdout).toMatch(/^fifo: .+\nfound\/lab-2\.choices: .+$/m);
    const same = await dmsim('explore', '--diff', 'found/lab-2.choices', 'found/lab-2.choices');
    expect(same.stdout).toMatch(/^the same \d+ events happen in both\n/);
  });

  it('refuses what it can not hold against each other', async () => {
    const header =
      'dmsim choices 2\nname "alone"\nseed 1\nrequeue none\nslack 0\nvaries-costs no\n';
    writeFileSync(join(folder, 'alone.choices'), header);
    writeFileSync(join(folder, 'bad.choices'), 'dmsim choices 2\n');
    const refusals: readonly (readonly [readonly string[], string])[] = [
      [[], '--diff takes A.choices [B.choices] [LAB]'],
      [['lab.sh'], '--diff takes A.choices [B.choices] [LAB]'],
      [['alone.choices'], '--diff: there is no alone.sh: name the lab after the choices'],
      [['--runs', '5', 'alone.choices'], '--diff runs each lab once, and takes no --runs'],
    ];
    for (const [args, message] of refusals) {
      // oxlint-disable-next-line no-await-in-loop -- one at a time
      const { stderr, status } = await dmsim('explore', '--diff', ...args);
      expect([stderr, status]).toEqual([`dmsim: explore: ${message}\n`, 125]);
    }
    const { stderr } = await dmsim('explore', '--diff', 'bad.choices', 'lab.sh');
    expect(stderr).toBe("dmsim: bad.choices: 'name' is missing\n");
  });
});
