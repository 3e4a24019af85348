// explore.test.ts — dmsim explore, as its users run it: what it prints, what it writes, and that it can be repeated.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { callIn } from './in-process.ts';
import type { Called } from './in-process.ts';

const CLI = new URL('../../packages/cli/bin/dmsim.js', import.meta.url).pathname;

/** A message beside a noflush suspend and a reload, with writers: three ways it can end. */
const RACE = `modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
T="0 $S multipath 1 queue_if_no_path 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
write() { dd if=/dev/zero of=/dev/mapper/mpatha bs=4096 seek=$1 count=1 oflag=direct status=none 2>/dev/null && echo ok || echo FAILED; }
dmsetup create mpatha --table "$T"
dmsetup message mpatha 0 "fail_path 8:0"
dmsetup message mpatha 0 "fail_path 8:16"
write 1 & write 2 &
sleep 0.1
dmsetup message mpatha 0 fail_if_no_path && simctl reach told &
dmsetup suspend --noflush mpatha
dmsetup load mpatha --table "$T"
dmsetup resume mpatha
wait
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-explore-'));
  writeFileSync(join(folder, 'race.sh'), RACE);
  writeFileSync(join(folder, 'true.sh'), 'echo always\n');
  writeFileSync(join(folder, 'status.sh'), 'exit 3\n');
  writeFileSync(join(folder, 'alien.sh'), 'vgs\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

function dmsim(...args: string[]): { stdout: string; stderr: string; status: number | null } {
  return spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    cwd: folder,
    timeout: 60_000,
  });
}

const called = (...args: string[]): Promise<Called> => callIn(folder, ...args);

const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

describe('dmsim explore', () => {
  it('lists the outcomes of a race, and finds the same whatever the number of threads', () => {
    const args = ['explore', '--runs', '60', '--expect', 'told', '--expect', 'nowhere', '--out'];
    const one = dmsim(...args, 'found', '--jobs', '1', 'race.sh');
    expect(one.stdout).toMatch(
      /^race\.sh: 3 outcomes in 60 runs \(random, slack 1 ms, seeds from 1\)$/m,
    );
    expect(one.stdout).toMatch(
      /^reached nowhere: in 0 of 60 runs\nreached told: in \d+ of 60 runs$/m,
    );
    expect(one.status).toBe(1);
    const three = dmsim(...args, 'again', '--jobs', '3', '--json', 'race.sh');
    const { outcomes, reached } = JSON.parse(three.stdout);
    expect([outcomes.length, reached.nowhere, three.status]).toEqual([3, undefined, 1]);
    for (const { number, count, seed, files } of outcomes) {
      expect(one.stdout).toContain(`${number}. ${count} runs, the first with seed ${seed}: `);
      if (files === null) continue;
      for (const path of [files.lab, files.choices]) {
        expect(read(path)).toBe(read(path.replace('again', 'found')));
      }
      const { stdout, stderr } = dmsim('run', '--quiet', '--replay', files.choices, files.lab);
      const { transcript } = outcomes[number - 1].outcome;
      expect(stdout + stderr).toHaveLength(transcript.length);
      expect(transcript).toContain(stdout);
    }
  });

  it('makes the choices again in a lab that a command was put into', async () => {
    const commands = RACE.trim().split('\n');
    const said = async (...args: string[]): Promise<readonly string[]> => {
      const { stdout, stderr } = await called('run', '--quiet', ...args);
      return [stdout, stderr];
    };
    // oxlint-disable no-await-in-loop -- one at a time
    for (const n of [1, 2]) {
      const replay = ['--replay', `found/race-${n}.choices`];
      const recorded = await said(...replay, `found/race-${n}.sh`);
      expect(recorded[0]).toMatch(/^(?:ok|FAILED)$/m);
      expect(recorded).not.toEqual(await said(`found/race-${n}.sh`));
      for (const place of [1, 9]) {
        const longer = commands.toSpliced(place, 0, 'dmsetup info mpatha > /dev/null 2>&1');
        writeFileSync(join(folder, 'longer.sh'), longer.join('\n'));
        expect(await said(...replay, 'longer.sh')).toEqual(recorded);
      }
    }
  });

  it('says where a run parts from the recorded one when the lab was edited', async () => {
    writeFileSync(join(folder, 'shorter.sh'), RACE.split('\n').slice(0, 2).join('\n'));
    const { stderr } = await called('run', '--replay', 'found/race-1.choices', 'shorter.sh');
    expect(stderr).toMatch(/differs from the recorded one.*\n.*recorded: .*\n.*here: .*\n/);
  });

  it('runs every order with few deviations, says that it did, and fails by request on a second outcome', async () => {
    const few = RACE.split('\n').filter((line) => !/^(?:write|wait)/.test(line));
    writeFileSync(join(folder, 'few.sh'), few.join('\n'));
    const args = ['explore', '--strategy=exhaustive', '--deviations=2', '--expect-one', '--jobs=1'];
    const { stdout, status } = await called(...args, '--out', join(folder, 'few'), 'few.sh');
    expect(stdout).toMatch(
      /2 outcomes in \d+ runs \(exhaustive, no slack\): all orders of events of one instant with at most 2 choices /,
    );
    // Which of the two processes each is.
    expect(stdout).toMatch(
      /step of dmsetup \(pid (\d+)\).* before .*\(pid (\d+)\).*\n +pid \1: dmsetup suspend --noflush mpatha\n +pid \2: dmsetup message mpatha 0 fail_if_no_path\n/,
    );
    expect(status).toBe(1);
    expect((await called(...args, 'true.sh')).status).toBe(0);
  });

  it('takes its options before the lab and after it, and gives the lab what is none', async () => {
    writeFileSync(join(folder, 'args.sh'), 'echo "<$*>"\n');
    const args = ['--runs', '3', 'args.sh', 'a', '--jobs=1', '-x', '--expect-one', '--seed', '9'];
    const { stdout, stderr } = await called('explore', ...args, '--json', 'b', '--', '--runs', '6');
    const { runs, seed, outcomes } = JSON.parse(stdout);
    expect([runs, seed, outcomes[0].outcome.transcript]).toEqual([3, 9, '<a -x b --runs 6>\n']);
    expect(stderr).toBe('');
    const marked = await called('explore', '--jobs=1', '--', 'args.sh', '--runs', '60');
    expect(marked.stdout).toMatch(/^args\.sh: one outcome in 2000 runs/);
    const { stdout: help } = await called('explore', 'args.sh', '--help');
    expect(help).toMatch(/^Usage: dmsim explore/);
  });

  it('says that a word which looks like an option goes to the lab', async () => {
    const { stderr } = await called('explore', 'true.sh', '--runs=2', '--jobs=1', '--job', '1');
    expect(stderr).toContain('--job: passed to true.sh, as explore has no such option\n');
  });

  it('refuses what it can not do, in a line', async () => {
    const refusals: readonly (readonly [readonly string[], RegExp])[] = [
      [[], /--jobs needs a lab: generated schedules have no outcomes to compare/],
      [['missing.sh'], /missing\.sh: No such file or directory/],
      [['alien.sh'], /vgs/],
      [['--strategy', 'lucky', 'true.sh'], /--strategy takes random, .*, not 'lucky'/],
      [['--slack', '5', 'true.sh'], /--slack takes a time/],
      [['--runs', '-1', 'true.sh'], /--runs/],
      [['--runs', '0', 'true.sh'], /--runs takes a number from 1 to 1000000000, not '0'/],
      [['--deviations', '3', 'true.sh'], /--deviations goes with --strategy exhaustive/],
      [['--seconds', '0', 'true.sh'], /--seconds takes a number from 1/],
      [['--jobs', '0', 'true.sh'], /--jobs takes a number from 1/],
      [['true.sh', '--runs', '0'], /--runs takes a number from 1/],
      [['true.sh', '--runs'], /'--runs <value>' argument missing/],
      [['true.sh', '--runs', '--seed', '3'], /--runs needs a value/],
      [['--runs', '9', '--out', 'true.sh/x', 'status.sh'], /true\.sh\/x: Not a directory/],
      // One outcome only: nothing would have been written.
      [['--out', 'true.sh', 'true.sh'], /true\.sh: Not a directory/],
    ];
    for (const [args, message] of refusals) {
      // oxlint-disable-next-line no-await-in-loop -- one at a time
      const { stderr, status } = await called('explore', '--jobs', '1', ...args);
      expect([stderr, status]).toEqual([expect.stringMatching(message), 125]);
    }
  });
});

describe('dmsim explore without a lab', () => {
  it('runs generated schedules, the same each time, and says that all was well', async () => {
    const { stdout, status } = await called('explore', '--runs', '60', '--seed', '3');
    expect([stdout, status]).toEqual([
      '60 generated schedules (random, seeds from 3): every invariant held\n',
      0,
    ]);
  });

  it('makes the schedule small that breaks an invariant, and writes it as a lab', () => {
    writeFileSync(
      join(folder, 'stops.js'),
      `export const stops = { name: 'stops', tableArgs: 0, infoArgs: 0, create: () => ({ state: [] }), addPath: (paths, path) => void paths.push(path),
  status: (_, path) => path === null ? '0 ' : '', failPath: () => undefined, reinstatePath: () => undefined, selectPath: () => null };\n`,
    );
    const { stdout, status } = dmsim('explore', '--runs', '40', '--selector', 'stops.js');
    expect(stdout).toMatch(
      /^schedule \d+ fails, written as schedule\.sh: dmsim explore --selector stops\.js schedule\.sh\n/,
    );
    expect(read('schedule.sh')).toContain(' 1 1 stops 0 ');
    expect([121, 122, 123]).toContain(status);
  });
});

describe('dmsim run --replay', () => {
  it.each(['--seed=2', '--order=fifo', '--slack=0', '--requeue=none'])(
    'refuses %s, which the recorded run sets',
    async (option) => {
      const { stderr, status } = await called('run', option, '--replay', 'any.choices', 'true.sh');
      const [name] = option.split('=');
      const says = `dmsim: run: --replay sets ${name} itself: leave that out\n`;
      expect([stderr, status]).toEqual([says, 125]);
    },
  );

  it.each([
    ['nothing\n', 'line 1'],
    ['dmsim choices 2\nseed 1\n', "'name' is missing"],
    ['dmsim choices 2\nname "a"\nseed -1\nrequeue none\nslack 0\nvaries-costs no\n', "'seed'"],
    ['dmsim choices 2\n3 1 1 x\n2 1 1 y\n', 'line 3: choice 2 stands after 3'],
    ['dmsim choices 2\nwhat is this\n', 'line 2: neither'],
  ])('refuses %j', async (text, message) => {
    writeFileSync(join(folder, 'bad.choices'), text);
    const { stderr, status } = await called('run', '--replay', 'bad.choices', 'true.sh');
    expect([stderr, status]).toEqual([expect.stringContaining(`bad.choices: ${message}`), 125]);
  });
});
