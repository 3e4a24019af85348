// dmsim compare as a user meets it. Needs the build, which `npm test` makes first.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { call } from '../cli/in-process.ts';
import { ALL } from '../share.ts';

const bin = new URL('../../packages/cli/bin/dmsim.js', import.meta.url).pathname;

const LAB = `modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
S=$(blockdev --getsz /dev/sda)
simctl latency sda lognormal 200us 0.3
simctl latency sdb lognormal \${slow:-2ms} 0.3
dmsetup create mp --table "0 $S multipath 0 0 1 1 $selector 0 2 0 8:0 8:16"
`;
const JOB = `[reads]
filename=/dev/mapper/mp
rw=randread
direct=1
ioengine=libaio
iodepth=8
io_size=1m
`;
const MINE = `import type { PathSelectorType } from '@dmsim/multipath';
interface State { readonly valid: unknown[] }
export const firstOnly: PathSelectorType<State, null> = {
  name: 'first-only',
  tableArgs: 0,
  infoArgs: 0,
  create: () => ({ state: { valid: [] as unknown[] } }),
  addPath({ valid }, path) { valid.push(path); return undefined; },
  failPath({ valid }, path) { valid.splice(valid.indexOf(path), 1); },
  reinstatePath({ valid }, path) { valid.push(path); return undefined; },
  selectPath: ({ valid }) => (valid[0] ?? null) as never,
  status: (_state, path) => (path === null ? '0 ' : ''),
} satisfies PathSelectorType<State, null>;
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-compare-'));
  const files = {
    'lab.sh': LAB,
    'job.fio': JOB,
    'mine.ts': MINE,
    'measured.sh': 'simctl measure length ${#word}\n',
    'two.sh':
      'simctl measure length ${#word}; simctl measure other 1; simctl measure size ${#word}\n',
    'failing.sh': ': $word\nsimctl measure failed $(( $(simctl seed) % 10 < 3 ))\n',
    'unknown.fio': `${JOB}number_ios=5\n`,
    'forever.sh': 'while sleep 0.000001; do : $word; done; simctl measure ended 1\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

function compare(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'compare', ...args], {
    encoding: 'utf8',
    cwd: folder,
    timeout: 100_000,
  });
  return { status, stdout, stderr };
}

const STUDY = ['--lab', 'lab.sh', '--workload', 'job.fio'];

describe('dmsim compare', () => {
  it.runIf(ALL)('prints the same figures on one thread and on two', () => {
    const args = [
      ...STUDY,
      '--selector',
      'round-robin,queue-length,./mine.ts',
      '--seeds',
      '5',
      '--json',
    ];
    const [one, two] = [compare(...args, '--jobs', '1'), compare(...args, '--jobs', '2')];
    expect([one.status, two.status]).toEqual([0, 0]);
    expect(two.stdout).toBe(one.stdout);
    const { variants, baseline } = JSON.parse(one.stdout);
    expect(baseline).toBe('round-robin');
    const byName = Object.fromEntries(variants.map((v: { name: string }) => [v.name, v]));
    expect(Object.keys(byName)).toEqual(['round-robin', 'queue-length', 'first-only']);
    expect(byName['queue-length'].figures.mean.againstBaseline.real).toBe(true);
    expect(byName['queue-length'].figures.mean.againstBaseline.median).toBeLessThan(-0.3);
    expect(byName['first-only'].shares).toEqual({ sda: 1, sdb: 0 });
    expect(byName['round-robin'].figures.iops.values).toHaveLength(5);
  });

  it('compares the values of any variable, and says which difference is real', () => {
    const { status, stdout } = compare(
      ...STUDY,
      '--vary=slow=1ms,4ms',
      '--selector=queue-length',
      '--seeds=5',
      '--jobs=1',
    );
    expect(status).toBe(0);
    expect(stdout).toContain('selector=queue-length slow=4ms');
    expect(stdout).toMatch(/slow=4ms +-\d+(\.\d+)? % \[.*\] real/);
    expect(stdout).toContain('share per path');
    expect(stdout).toContain('throughput over time');
  });

  it('compares files: each run reads its own multipath.conf', async () => {
    const labs = new URL('../../docs/labs/compare/', import.meta.url).pathname;
    const confs = ['hasty.conf', 'patient.conf'].map((name) => labs + name).join(',');
    const args = ['--lab', `${labs}daemon-outage.sh`, '--vary', `conf=${confs}`, '--seeds', '1'];
    const { status, stdout } = await call('compare', ...args, '--jobs', '1', '--json');
    expect(status).toBe(0);
    const [hasty, patient] = JSON.parse(stdout).variants;
    expect([hasty.figures.failed.median, patient.figures.failed.median]).toEqual([1, 0]);
    expect(hasty.figures.blocked.median).toBeLessThan(10);
    expect(patient.figures.blocked.median).toBeGreaterThan(25);
  });

  it.runIf(ALL)('tells how many runs failed, and names a file for what its own line does', () => {
    const { stdout } = compare('failing.sh', '--vary', 'word=a,b', '--seeds', '10');
    expect(stdout).toMatch(/^word +failed$/m);
    expect(stdout).toMatch(/^a +30 %$/m);
    expect(stdout).toMatch(/^b +\+0 points \[.*\] -$/m);
    expect(stdout).toContain('failed: the share of the runs in which it is 1;');
    const args = ['measured.sh', '--vary', 'word=a,b', '--seeds', '1'];
    const { status, stderr } = compare(...args, '--workload', 'unknown.fio');
    expect([status, stderr]).toEqual([
      125,
      expect.stringMatching(
        /^dmsim: word=a, seed 1: \S*unknown\.fio: fio: not supported: number_ios=5$/m,
      ),
    ]);
  });

  it('compares measures of a lab that has no workload', () => {
    const args = ['measured.sh', '--vary', 'word=a,abc', '--seeds', '1', '--json'];
    const { variants } = JSON.parse(compare(...args).stdout);
    expect(variants[1].figures.length.median).toBe(3);
  });

  it('compares the measures that it is asked for, in that order', () => {
    const args = ['two.sh', '--vary', 'word=a,abc', '--measure', 'size', '--measure', 'length'];
    const { stdout } = compare(...args, '--seeds', '5');
    expect(stdout).toMatch(/^word +size +length$/m);
    expect(stdout).toMatch(/^against a +size +length$/m);
    const { variants } = JSON.parse(compare(...args, '--json').stdout);
    expect(Object.keys(variants[0].figures)).toEqual(['size', 'length']);
  });

  it('ends with the first run that lacks a measure, and does not make the others', () => {
    const args = ['measured.sh', '--vary', 'word=a,b', '--measure', 'width', '--seeds', '10000'];
    for (const jobs of ['1', '2']) {
      const { status, stderr } = compare(...args, '--jobs', jobs);
      expect([status, stderr]).toEqual([
        125,
        'dmsim: compare: --measure width was not measured; there are length\n',
      ]);
    }
  });
});

describe('dmsim compare that is interrupted', () => {
  interface Ended {
    readonly signal: string | null;
    readonly stdout: string;
    readonly stderr: string;
  }

  const interruptAfter = (ms: number, ...words: readonly string[]): Promise<Ended> => {
    const child = spawn(process.execPath, [bin, 'compare', ...words], { cwd: folder });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    void setTimeout(ms).then(() => child.kill('SIGINT'));
    return new Promise((resolve) => {
      child.on('close', (_status, signal) => resolve({ signal, stdout, stderr }));
    });
  };

  /** On a busy machine the first runs take longer. */
  const interruptOnce = async (
    isLate: (ended: Ended) => boolean,
    ...words: readonly string[]
  ): Promise<Ended> => {
    for (let ms = 2000; ; ms *= 2) {
      // oxlint-disable-next-line no-await-in-loop -- one after another, until one is late enough
      const ended = await interruptAfter(ms, ...words);
      if (isLate(ended) || ms > 60_000) return ended;
    }
  };

  it.runIf(ALL)(
    'prints what is known of the seeds that all policies have run',
    async () => {
      const words = ['lab.sh', '--workload=job.fio', '--selector=round-robin,queue-length'];
      const { signal, stdout, stderr } = await interruptOnce(
        (ended) => ended.stdout !== '',
        ...words,
        '--seeds=10000',
        '--jobs=1',
        '--report=never.html',
      );
      const [, done, seeds] =
        /SIGINT: (\d+) of 20000 runs are done; these are the figures of (\d+|one) seeds?,/.exec(
          stderr,
        ) ?? [];
      const whole = seeds === 'one' ? 1 : Number(seeds);
      expect(Math.floor(Number(done) / 2)).toBe(whole);
      expect(signal).toBe('SIGINT');
      expect(existsSync(join(folder, 'never.html'))).toBe(false);
      // The same seeds give the same figures when they are all that is asked for.
      expect(stdout).toBe(compare(...words, `--seeds=${whole}`).stdout);
    },
    200_000,
  );

  it.runIf(ALL)(
    'says so when nothing is known yet',
    async () => {
      const { signal, stdout, stderr } = await interruptOnce(
        (ended) => ended.stderr !== '',
        'forever.sh',
        '--vary=word=a,b',
        '--jobs=2',
      );
      expect(stdout).toBe('');
      expect(stderr).toContain('SIGINT: 0 of 40 runs are done, and no seed with every policy: ');
      expect(signal).toBe('SIGINT');
    },
    200_000,
  );
});
