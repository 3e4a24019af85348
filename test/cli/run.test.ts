// dmsim as a user meets it: a command with options, statuses and streams. Needs the build, which `npm test` makes first.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Called } from './in-process.ts';
import { call } from './in-process.ts';

const root = new URL('../..', import.meta.url).pathname;
const bin = join(root, 'packages/cli/bin/dmsim.js');
const replug = join(root, 'docs/labs/replug.sh');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A file of the folder, named in what is printed as it is there. */
function lab(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function dmsim(...args: string[]): Promise<Called> {
  const { status, stdout, stderr } = await call(...args);
  const [out, err] = [stdout, stderr].map((said) => said.replaceAll(`${folder}/`, ''));
  return { status, stdout: out ?? '', stderr: err ?? '' };
}

/** In a process of its own. */
function start(...args: string[]): { status: number | null; stdout: Buffer; stderr: Buffer } {
  return spawnSync(process.execPath, [bin, ...args], { cwd: folder });
}

describe('dmsim refuses with one line and status 125', () => {
  it.each([
    [['run'], 'no lab given'],
    [['run', 'nosuch.sh'], 'nosuch.sh: No such file or directory'],
    [['run', '.'], '.: Is a directory'],
    [['run', '--bogus', 'x.sh'], "Unknown option '--bogus'"],
    [['run', '--seed', 'x', 'x.sh'], "--seed takes a number from 0 to 2147483647, not 'x'"],
    [['run', '--order', 'lifo', 'x.sh'], "--order takes fifo or random, not 'lifo'"],
    [['run', '--requeue', 'head', 'x.sh'], "not 'head'"],
    [['frobnicate'], "'frobnicate' is not a command"],
    [[], 'nothing to do'],
  ])('%j', async (args, message) => {
    const { status, stdout, stderr } = await dmsim(...args);
    expect([status, stdout]).toEqual([125, '']);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('a part of bash that is not simulated, before anything has run', async () => {
    const { status, stdout, stderr } = await dmsim(
      'run',
      lab('history.sh', 'echo begun\nhistory\n'),
    );
    expect([status, stdout]).toEqual([125, '']);
    expect(stderr).toBe('dmsim: history.sh:2: not supported: history\n');
  });

  it('a trace file that cannot be written, before anything has run', async () => {
    const { status, stdout } = await dmsim(
      'run',
      '--trace',
      '/nosuch/t.json',
      lab('e.sh', 'echo begun\n'),
    );
    expect([status, stdout]).toEqual([125, '']);
  });
});

describe('dmsim run', () => {
  it("gives the lab's output, byte for byte, its errors and its status", () => {
    lab('streams.sh', "printf 'a\\0\\377b'; echo oops >&2; exit 3\n");
    const { status, stdout, stderr } = start('run', '--quiet', 'streams.sh');
    expect([...stdout]).toEqual([0x61, 0, 0xff, 0x62]);
    expect([status, stderr.toString()]).toEqual([3, 'oops\n']);
  });

  it('hands what follows the lab on to it', async () => {
    const { stdout } = await dmsim(
      'run',
      lab('args.sh', 'echo "$0 $# $1 $2"\n'),
      '--seed',
      'two words',
    );
    expect(stdout).toBe('args.sh 2 --seed two words\n');
  });

  it.each([
    [['--seed', '3', '--trace=t.json', '--seed'], '--seed, --trace'],
    [['--help'], '--help'],
  ])('says that %j after the lab went to the lab', async (args, names) => {
    const { status, stdout, stderr } = await dmsim('run', lab('after.sh', 'echo "$@"\n'), ...args);
    expect([status, stdout]).toEqual([0, `${args.join(' ')}\n`]);
    expect(stderr.split('\n')[0]).toBe(
      `dmsim: ${names} after after.sh: passed to the lab; dmsim's own options go before after.sh`,
    );
  });

  it.each([
    ["are the lab's own", [], ['--size', '-q', '3', 'seed']],
    ['follow --', [], ['--', '--seed', '3']],
    ['are given with --quiet', ['--quiet'], ['--seed', '3']],
  ])('says nothing of arguments that %s', async (_, options, args) => {
    const { stdout, stderr } = await dmsim(
      'run',
      ...options,
      lab('own.sh', 'echo "$@"\n'),
      ...args,
    );
    expect(stdout).toBe(`${args.join(' ')}\n`);
    expect(stderr).not.toContain('after own.sh');
  });

  it('sets the variables of --set, and lets the lab read the files that they name', async () => {
    const conf = lab('own.conf', 'a line of it\n');
    const text = 'echo "$outage ${b+set}"; cat $conf; echo "${conf##*/}"\n';
    const set = ['--set', 'outage=1 day', '--set=b=', '--set', `conf=${conf}`];
    const { status, stdout } = await dmsim('run', ...set, lab('reads.sh', text));
    expect([status, stdout]).toEqual([0, '1 day set\na line of it\nown.conf\n']);
    const wrong = await dmsim('run', '--set', 'outage', lab('reads.sh', text));
    expect([wrong.status, wrong.stderr]).toEqual([
      125,
      "dmsim: run: --set takes NAME=VALUE, not 'outage'\n",
    ]);
  });

  it('reads a lab with bytes that are no UTF-8, and prints them as they are', () => {
    writeFileSync(join(folder, 'latin1.sh'), Buffer.from('echo "caf\xe9"\n', 'latin1'));
    expect(start('run', 'latin1.sh').stdout.toString('latin1')).toBe('caf\xe9\n');
  });

  it('ends with 122 and says who waits for what when nothing can go on', async () => {
    const text = `modprobe scsi_debug delay=0
dmsetup create m --table "0 16384 multipath 1 queue_if_no_path 0 1 1 round-robin 0 1 1 8:0 1"
dmsetup message m 0 fail_path 8:0
echo writing; dd if=/dev/zero of=/dev/mapper/m bs=4096 count=1 oflag=direct status=none
`;
    const { status, stdout, stderr } = await dmsim('run', lab('hang.sh', text));
    expect([status, stdout]).toEqual([122, 'writing\n']);
    expect(stderr).toMatch(/dd \(pid \d+, D\) waits for WRITE 0\+8 on dm-0 since/);
  });

  it('ends with 123 when an invariant broke, and names the bio', async () => {
    const { status, stdout, stderr } = await dmsim('run', '--requeue', 'none', replug);
    expect(status).toBe(123);
    expect(stdout.match(/write FAILED/g)).toHaveLength(3);
    expect(stderr).toMatch(/broken: no path loss .*bio \d+ \(WRITE 16\+8 on 254:0\)/);
    expect(stderr).toContain('and 2 more of this kind');
  });

  it('says the same for the same seed, in any process', async () => {
    const args = ['run', '--order', 'random', '--seed', '11', replug];
    const [here, there] = [await dmsim(...args), start(...args)];
    expect(there.stdout.toString()).toBe(here.stdout);
    expect(there.status).toBe(here.status);
  });

  it('writes a timeline that is JSON, and replaces an existing file only at the end', async () => {
    const path = join(folder, 'trace.json');
    writeFileSync(path, 'old');
    const watch = lab(
      'watch.sh',
      'modprobe brd rd_nr=1 rd_size=64\ndd if=/dev/ram0 of=/dev/null bs=4096 count=1 iflag=direct status=none\n',
    );
    expect((await dmsim('run', '--trace', path, watch)).status).toBe(0);
    const trace = JSON.parse(readFileSync(path, 'utf8')) as { traceEvents: unknown[] } | unknown[];
    const events = Array.isArray(trace) ? trace : trace.traceEvents;
    expect(events.length).toBeGreaterThan(3);
    writeFileSync(path, 'old');
    const refused = lab('refused.sh', 'history\n');
    expect((await dmsim('run', '--trace', path, refused)).status).toBe(125);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(existsSync(join(folder, 'trace.json.tmp'))).toBe(false);
  });
});

describe('dmsim --help', () => {
  it.each([['--help'], ['-h'], ['help'], ['run', '--help']])(
    '%s names every option',
    async (...args) => {
      const { status, stdout } = await dmsim(...args);
      expect(status).toBe(0);
      for (const option of ['--seed', '--order', '--requeue', '--trace'])
        expect(stdout).toContain(option);
    },
  );

  it('and --version say what they are', () => {
    expect(start('--version').stdout.toString()).toMatch(/^dmsim \d+\.\d+\.\d+\n$/);
  });
});
