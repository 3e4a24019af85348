// How a run of dmsim ends that does not come to its own end: by a signal, without a reader, by the processor's time. Needs
// the build, which `npm test` makes first.
import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ALL, shareOf } from '../share.ts';

const cli = new URL('../../packages/cli/', import.meta.url).pathname;
const bin = join(cli, 'bin/dmsim.js');

/** Reads one block after another, for ever; says so after twenty. */
const ENDLESS = `modprobe brd rd_nr=1 rd_size=64
read_block() { dd if=/dev/ram0 of=/dev/null bs=4096 count=1 iflag=direct status=none; }
for i in {1..20}; do read_block; done; echo begun
while :; do read_block; done
echo never
`;

const LOOPS = `export default {
  name: 'loops', tableArgs: 0, infoArgs: 0,
  create: () => ({ state: [] }),
  addPath: (state, path) => void state.push(path),
  failPath() {}, reinstatePath() {},
  status: (state, path) => (path === null ? '0 ' : ''),
  selectPath() { for (;;); },
};
`;

const LOOPING = `modprobe scsi_debug dev_size_mb=8 delay=0
dmsetup create mp --table "0 16384 multipath 0 0 1 1 loops 0 1 0 8:0"
echo begun
dd if=/dev/mapper/mp of=/dev/null bs=4096 count=1 iflag=direct
echo never
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-endings-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Sends `signal` to dmsim as soon as the lab has printed a line; a user without patience sends it again each second. */
function interrupt(
  signal: NodeJS.Signals,
  cwd: string,
  args: readonly string[],
  { patient = true }: { readonly patient?: boolean } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [bin, 'run', ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let sent = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (sent || !stdout.includes('\n')) return;
    sent = true;
    child.kill(signal);
    if (patient) return;
    // oxlint-disable-next-line no-restricted-globals -- a user loses patience in real time
    const again = setInterval(() => child.kill(signal), 1000);
    child.on('close', () => clearInterval(again));
  });
  return new Promise((resolve) => {
    child.on('close', (status, by) => resolve({ status, signal: by, stdout, stderr }));
  });
}

describe.each(['SIGINT', 'SIGTERM'] as const)('%s in the middle of a run', (signal) => {
  let cwd = '';
  let ended: Ended;
  beforeAll(async () => {
    cwd = join(folder, signal);
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'lab.sh'), ENDLESS);
    ended = await interrupt(signal, cwd, ['--trace', 't.json', '--log', 'l.txt', 'lab.sh']);
  });

  it('ends dmsim by that signal', () => {
    expect([ended.status, ended.signal]).toEqual([null, signal]);
  });

  it('leaves what the lab has printed, and adds the verdict so far', () => {
    expect(ended.stdout).toBe('begun\n');
    expect(ended.stderr).toMatch(
      new RegExp(String.raw`^dmsim: ended by ${signal} at \d+\.\d{3} s of virtual time\n$`),
    );
  });

  it('leaves a trace and a log that are whole, and tell the same', () => {
    const log = readFileSync(join(cwd, 'l.txt'), 'utf8');
    expect(log.endsWith('\n')).toBe(true);
    const lines = log.trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(/^\d+\.\d{6} \S+ +\S/);
    const trace = JSON.parse(readFileSync(join(cwd, 't.json'), 'utf8')) as { cat?: string }[];
    const started = lines.filter((line) => line.includes('sched_process_exec ')).length;
    expect(started).toBeGreaterThan(20);
    // The bash of the lab, which nobody executed, has a slice of its own.
    expect(trace.filter(({ cat }) => cat === 'process')).toHaveLength(started + 1);
    const end = Number(/at ([\d.]+) s/.exec(ended.stderr)?.[1]);
    expect(Number(lines.at(-1)?.split(' ')[0])).toBeCloseTo(end, 1);
  });

  it('leaves no temporary file', () => {
    expect(readdirSync(cwd).toSorted()).toEqual(['l.txt', 'lab.sh', 't.json']);
  });
});

describe('dmsim run LAB | head -1', () => {
  it('dies of SIGPIPE, without a word', () => {
    writeFileSync(
      join(folder, 'lines.sh'),
      'n=0; while sleep 1; do echo line $n; n=$((n+1)); done\n',
    );
    const pipe = '"$0" "$1" run lines.sh | head -1; echo "${PIPESTATUS[@]}"';
    const { stdout, stderr } = spawnSync('bash', ['-c', pipe, process.execPath, bin], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stdout).toBe('line 0\n141 0\n');
    expect(stderr).toBe('');
  });
});

describe('--max-cpu-time', () => {
  it('ends a loop of JavaScript within one event, and keeps what came before it', () => {
    const cwd = join(folder, 'loop');
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'loops.mjs'), LOOPS);
    writeFileSync(join(cwd, 'lab.sh'), LOOPING);
    const options = ['--max-cpu-time', '100ms', '--log', 'l.txt', '--selector', 'loops.mjs'];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [bin, 'run', ...options, 'lab.sh'],
      { cwd, encoding: 'utf8' },
    );
    expect([status, stdout]).toEqual([121, 'begun\n']);
    expect(stderr).toMatch(/^dmsim: stopped by the limit cpuTime: .* selectPath does not end /);
    expect(readFileSync(join(cwd, 'l.txt'), 'utf8')).toMatch(/ runs dd .*\n$/s);
    expect(readdirSync(cwd).toSorted()).toEqual(['l.txt', 'lab.sh', 'loops.mjs']);
  });
});

describe('a second Ctrl-C', () => {
  it.runIf(ALL)('ends a run that does not obey the first, without waiting for it', async () => {
    const cwd = join(folder, 'impatient');
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'loops.mjs'), LOOPS);
    writeFileSync(join(cwd, 'lab.sh'), LOOPING);
    const options = ['--max-cpu-time', 'none', '--log', 'l.txt', '--selector', 'loops.mjs'];
    const ended = await interrupt('SIGINT', cwd, [...options, 'lab.sh'], { patient: false });
    expect(ended).toEqual({
      status: null,
      signal: 'SIGINT',
      stdout: 'begun\n',
      stderr: 'dmsim: SIGINT: killed at the second signal\n',
    });
    expect(readdirSync(cwd).toSorted()).toEqual(['l.txt', 'lab.sh', 'loops.mjs']);
  });
});

describe('a full disk behind standard output', () => {
  const calls = [
    ['run', '-c', 'echo hi'],
    ['--help'],
    ['explore', '--runs', '1', '--jobs', '1', 'hi.sh'],
    ['sweep', '--lab', 'hi.sh', '--vary', 'x=1,2', '--jobs', '1'],
    ['compare', '--lab', 'hi.sh', '--vary', 'x=1,2', '--seeds', '1', '--jobs', '1'],
  ];
  it.each(shareOf(calls, 6))('is told, and is a failure: dmsim %s', (...args) => {
    writeFileSync(join(folder, 'hi.sh'), 'simctl measure double $((2 * x))\n');
    const { status, stderr } = spawnSync(
      'bash',
      ['-c', '"$0" "$@" > /dev/full', process.execPath, bin, ...args],
      { cwd: folder, encoding: 'utf8' },
    );
    expect(stderr).toContain('dmsim: standard output: No space left on device\n');
    expect(status).toBe(125);
  });
});

describe('a bundle and its sources', () => {
  /** Seconds, as a file's time of modification. */
  const BUILT = 1_700_000_000;
  let copy = '';
  beforeAll(() => {
    copy = join(folder, 'copy');
    const target = join(copy, 'packages/cli');
    for (const name of ['bin', 'src']) mkdirSync(join(target, name), { recursive: true });
    mkdirSync(join(copy, 'packages/dm/src'), { recursive: true });
    writeFileSync(join(copy, 'package.json'), '{ "type": "module" }');
    copyFileSync(bin, join(target, 'bin/dmsim.js'));
    cpSync(join(cli, 'dist/bundle'), join(target, 'dist/bundle'), { recursive: true });
    utimesSync(join(target, 'dist/bundle/main.js'), BUILT, BUILT);
  });

  function changeSource(file: string, time: number): void {
    const path = join(copy, 'packages/dm/src', file);
    writeFileSync(path, '');
    utimesSync(path, time, time);
  }

  function complaint(): string {
    const args = [join(copy, 'packages/cli/bin/dmsim.js'), 'run', '--quiet', '-c', 'true'];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(status).toBe(0);
    return stderr;
  }

  it('are the same when every source is older and only a test is newer', () => {
    changeSource('map.ts', BUILT - 1);
    changeSource('map.test.ts', BUILT + 1);
    expect(complaint()).toBe('');
  });

  it('are told apart when a source is newer, by the name of that source', () => {
    changeSource('map.ts', BUILT + 1);
    expect(complaint()).toBe(
      "dmsim: older than its sources (packages/dm/src/map.ts): run 'npm run build', and check that it succeeds\n",
    );
  });
});
