// dmsim sweep as a user meets it. Needs the build, which `npm test` makes first.
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { Refusal } from '../../packages/cli/src/refusal.ts';
import { sweepCommand } from '../../packages/cli/src/sweep-command.ts';
import type { Called } from '../cli/in-process.ts';
import { call } from '../cli/in-process.ts';
import { ALL } from '../share.ts';

const bin = new URL('../../packages/cli/bin/dmsim.js', import.meta.url).pathname;

/** How long a map without paths keeps its I/O, against how long the paths are gone. */
const LAB = `modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 delay=0
S=$(blockdev --getsz /dev/sda)
dmsetup create mp --table "0 $S multipath 1 queue_if_no_path 0 1 1 round-robin 0 1 1 8:0 1"
dmsetup message mp 0 "fail_path 8:0"
simctl at \${outage}s dmsetup message mp 0 "reinstate_path 8:0"
simctl at \${patience}s dmsetup message mp 0 fail_if_no_path
dd if=/dev/mapper/mp of=/dev/null bs=4096 count=1 iflag=direct status=none 2>/dev/null && ok=1 || ok=0
simctl measure survived $ok
simctl measure blocked $(simctl time)
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-sweep-'));
  writeFileSync(join(folder, 'lab.sh'), LAB);
  writeFileSync(
    join(folder, 'sum.sh'),
    'word=measure; simctl $word same 5; simctl $word sum $((x + y))\n',
  );
  writeFileSync(join(folder, 'sometimes.sh'), '[ $x = 1 ] && simctl measure found 1\necho $x\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Files are those of the folder. */
const placed = (args: readonly string[]): string[] =>
  args.map((arg) => (/\.(?:sh|csv)$/.test(arg) ? join(folder, arg) : arg));

const sweep = (...args: string[]): Promise<Called> => call('sweep', ...placed(args), '--jobs', '1');

const GRID = ['--lab', 'lab.sh', '--vary', 'outage=2..8/2', '--vary', 'patience=1..7/2'];
const csvOf = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe('dmsim sweep', () => {
  it('maps a measure and draws the boundary where patience meets the outage', async () => {
    const { status, stdout } = await sweep(...GRID, '--measure', 'survived');
    expect(status).toBe(0);
    expect(stdout).toBe(
      [
        'survived: rows outage, columns patience',
        '    1 3 5 7',
        ' 2  0│1 1 1',
        '      ─',
        ' 4  0 0│1 1',
        '        ─',
        ' 6  0 0 0│1',
        '          ─',
        ' 8  0 0 0 0',
        'The lines are where it crosses 0.500.',
        '',
      ].join('\n'),
    );
  });

  it('draws no line where a measure is the same at every point, or never on the other side of the boundary', async () => {
    const grid = ['--lab', 'sum.sh', '--vary', 'x=1,2', '--vary', 'y=1,2'];
    const last = async (...args: string[]): Promise<string | undefined> =>
      (await sweep(...grid, ...args)).stdout.trimEnd().split('\n').at(-1);
    expect(await last('--measure', 'same')).toBe(
      'It is the same at every point: nothing that varies makes a difference to it.',
    );
    expect(await last('--measure', 'sum')).toBe('The lines are where it crosses 3.');
    expect(await last('--measure', 'sum', '--boundary', '1')).toBe('It is everywhere above 1.');
    expect(await last('--measure', 'sum', '--boundary', '9')).toBe('It is nowhere above 9.');
  });

  it.runIf(ALL)(
    'writes the same table whatever number of threads, and leaves nothing else behind',
    async () => {
      await sweep(...GRID, '--measure', 'survived', '--csv', 'one.csv');
      const two = [...GRID, '--measure', 'survived', '--csv', 'two.csv', '--jobs', '2'];
      spawnSync(process.execPath, [bin, 'sweep', ...two], { cwd: folder });
      expect(csvOf('two.csv')).toBe(csvOf('one.csv'));
      expect(csvOf('one.csv').split('\r\n').slice(0, 3)).toEqual([
        'outage,patience,seeds,survived,blocked',
        '2,1,1,0,1.009',
        expect.stringMatching(/^2,3,1,1,2\.0/),
      ]);
      expect(readdirSync(folder).filter((name) => name.includes('csv'))).toHaveLength(2);
    },
  );

  it('goes on where it was when it has been interrupted', async () => {
    const args = ['--lab', 'lab.sh', '--vary', 'outage=1..10', '--vary', 'patience=1..10'];
    const all = [...args, '--measure', 'survived'];
    const words = ['sweep', ...placed([...all, '--csv', 'long.csv']), '--jobs', '1'];
    const child = spawn(process.execPath, [bin, ...words], { cwd: folder });
    const part = join(folder, 'long.csv.part');
    await vi.waitFor(
      () => expect(readFileSync(part, 'utf8').split('\n').length).toBeGreaterThan(5),
      {
        timeout: 60_000,
        interval: 20,
      },
    );
    child.kill('SIGINT');
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
      child.on('exit', (status, by) => resolve([status, by]));
    });
    expect([code, signal]).toEqual([null, 'SIGINT']);
    expect(existsSync(join(folder, 'long.csv'))).toBe(false);
    // As a crash leaves it: the last line is torn.
    writeFileSync(part, '[99,{"survi', { flag: 'a' });
    const done = readFileSync(part, 'utf8').split('\n').length - 2;
    const { status, stderr } = await sweep(...all, '--csv', 'long.csv', '--resume');
    expect(status).toBe(0);
    expect(stderr).toContain(`${100 - done} runs in`);
    await sweep(...all, '--csv', 'whole.csv');
    expect(csvOf('long.csv')).toBe(csvOf('whole.csv'));
    expect(existsSync(part)).toBe(false);
  });
});

describe('dmsim sweep refuses in a line', () => {
  it.each([
    [['--vary=outage=1,2', '--vary=patience=1'], 'which --measure? There are survived, blocked'],
    [
      ['--vary=outage=1,2', '--vary=patience=1', '--measure=lost'],
      '--measure lost was not measured; there are survived',
    ],
    [['--lab=sometimes.sh', '--vary=x=1,2'], 'found was not measured with x=2'],
    [['--vary=outage=1,2', '--boundary=high'], "--boundary takes a number, not 'high'"],
    [['--vary=outage=1,2', '--resume'], '--resume needs the --csv FILE'],
    [['--vary=outage=1,2', '--csv=lab.sh'], 'lab.sh: the same file as lab.sh, which is read'],
    [['--vary=outage=1,2', '--csv=nosuch/x.csv'], 'nosuch/x.csv: No such file or directory'],
    [['--vary=outage=1..2000', '--vary=patience=1..2000'], '4000000 runs are more than 1000000'],
    [[], 'nothing to vary'],
  ])('%j', async (args, message) => {
    const words = ['--lab=lab.sh', '--jobs=1', ...args].map((arg) =>
      arg.replace(/^(--(?:lab|csv))=(.+)$/, (_, option, file) => `${option}=${join(folder, file)}`),
    );
    const refused = await Promise.resolve(sweepCommand.run(words)).catch((error) => error);
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused.message.replaceAll(`${folder}/`, '')).toContain(message);
    expect(refused.message).not.toContain('\n');
    expect(existsSync(join(folder, 'nosuch'))).toBe(false);
  });

  it('a measure that is not chosen, when the first runs have ended', async () => {
    const words = ['--lab', 'lab.sh', '--vary', 'outage=1..100', '--vary', 'patience=1..100'];
    const { status, stderr } = await sweep(...words, '--csv', 'unchosen.csv');
    expect(status).toBe(125);
    expect(stderr).toContain('which --measure? There are survived, blocked');
    const part = join(folder, 'unchosen.csv.part');
    expect(readFileSync(part, 'utf8').split('\n').length).toBeLessThan(1000);
    rmSync(part);
  });

  it('a journal’s place that is taken by anything else, which stays as it is', async () => {
    writeFileSync(join(folder, 'precious.txt'), 'precious\n');
    symlinkSync(join(folder, 'precious.txt'), join(folder, 'link.csv.part'));
    writeFileSync(join(folder, 'notes.csv.part'), 'precious\n');
    for (const [csv, resume] of [
      ['link.csv', []],
      ['link.csv', ['--resume']],
      ['notes.csv', []],
      ['notes.csv', ['--resume']],
    ] as const) {
      // oxlint-disable-next-line no-await-in-loop -- what is printed is collected for one call at a time
      const { status, stderr } = await sweep(
        ...GRID,
        '--measure',
        'survived',
        '--csv',
        csv,
        ...resume,
      );
      expect([status, stderr.trimEnd().split('\n').length]).toEqual([125, 1]);
      expect(stderr).toContain(`${csv}.part`);
      expect(existsSync(join(folder, csv))).toBe(false);
    }
    expect(csvOf('precious.txt')).toBe('precious\n');
    expect(csvOf('notes.csv.part')).toBe('precious\n');
  });

  it('what is left of another sweep', async () => {
    writeFileSync(join(folder, 'other.csv.part'), '{"study":"another"}\n[0,{}]\n');
    const { status, stderr } = await sweep(...GRID, '--csv', 'other.csv', '--resume');
    expect(status).toBe(125);
    expect(stderr).toContain(
      'other.csv.part: belongs to another study: remove it, or leave out --resume',
    );
  });
});
