// Invariants of the user's own, in every command that runs a lab. Needs the build, which `npm test` makes first.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DM_TRACE } from '@dmsim/dm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ALL } from '../share.ts';
import { call } from './in-process.ts';

const SUSPEND = DM_TRACE.dm_suspend.code;

/** Two commands race for a map: in some orders the suspend comes before the removal. */
const RACE = `dmsetup create mp --table '0 8 zero'
dmsetup remove mp 2>/dev/null & dmsetup suspend mp 2>/dev/null &
wait
dmsetup resume mp 2>/dev/null
true
`;

const LAB = `dmsetup create mp --table '0 8 zero'
dmsetup suspend mp
dmsetup resume mp
simctl measure words \${words:-1}
`;

const TWO_SUSPENDS = `dmsetup create a --table '0 8 zero'
dmsetup create b --table '0 8 zero'
dmsetup suspend a; dmsetup resume a
dmsetup suspend b; dmsetup resume b
`;

/** `checks` is what start answers; it sees suspends. */
const invariant = (checks: string, more = ''): string => `/** Of its own. */
export const calm = {
  name: 'nothing is suspended',
  meaning: 'Somebody waits.',
  points: [${SUSPEND}],
  start({ report }) {
    ${checks}
  },
${more}};
`;

const REPORTS = 'return { see: ({ at, dev }) => report({ message: "it is", at, dev }) };';

const FILES: Readonly<Record<string, string>> = {
  'lab.sh': LAB,
  'race.sh': RACE,
  'two.sh': TWO_SUSPENDS,
  'calm.mjs': invariant(REPORTS),
  'calm.mts': `type Report = (finding: { message: string; at: number; dev: number }) => void;
${invariant(REPORTS).replace('{ report }', '{ report }: { report: Report }').replace('({ at, dev })', '({ at, dev }: { at: number; dev: number })')}`,
  'silent.mjs': invariant('return { see() {} };'),
  'throws.mjs': invariant(
    'return {\n      see() {\n        throw new Error("a slip");\n      },\n    };',
  ),
  'starts.mjs': invariant('throw new Error("no start");'),
  'ends.mjs': invariant('return { see() {}, end() { throw new Error("no end"); } };'),
  'blind.mjs': invariant('return undefined;'),
  'says-nothing.mjs': invariant('return { see: ({ at }) => report({ at }) };'),
  'loops.mjs': invariant('return {\n      see() {\n        for (;;);\n      },\n    };'),
  'never-ends.mjs': invariant('return { see() {}, end() { for (;;); } };'),
  'resumed.mjs': `export const resumed = {
  name: 'every suspend is followed by a resume',
  meaning: 'I/O waits.',
  points: [${SUSPEND}, ${DM_TRACE.dm_resume.code}],
  start({ report }) {
    let last = null;
    return {
      see: ({ point, at, dev }) => (last = point === ${SUSPEND} ? { at, dev } : null),
      end: () => last !== null && report({ message: 'it was not', ...last }),
    };
  },
};
`,
  'no-points.mjs': invariant(REPORTS).replace(`[${SUSPEND}]`, '[]'),
  'strange-point.mjs': invariant(REPORTS).replace(`[${SUSPEND}]`, '[4711]'),
  'whole-point.mjs': invariant(REPORTS).replace(`[${SUSPEND}]`, '[{ code: 1 }]'),
  'nameless.mjs': invariant(REPORTS).replace(/name: .*/, ''),
  'meaningless.mjs': invariant(REPORTS).replace(/meaning: .*/, ''),
  'taken.mjs': invariant(REPORTS).replace(
    'nothing is suspended',
    'every bio completes exactly once',
  ),
  'none.mjs': 'export const x = 1;',
};

const bin = new URL('../../packages/cli/bin/dmsim.js', import.meta.url).pathname;

let folder = '';
const path = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-invariant-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(path(name), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

const own = (name: string): string => `--invariant=${path(name)}`;

describe('a file that is no invariant', () => {
  it.each([
    [
      'none.mjs',
      /none\.mjs: exports no invariant, which is an object with name, meaning, points and start\n/,
    ],
    ['nosuch.mjs', /nosuch\.mjs: No such file or directory\n/],
    ['nameless.mjs', /nameless\.mjs: invariant without a name: name is to be a line of text\n/],
    ['meaningless.mjs', /: invariant nothing is suspended: meaning is to be a sentence\n/],
    [
      'no-points.mjs',
      /: points is to be a list of the codes of trace points, such as \[DM_TRACE\.dm_suspend\.code\]\n/,
    ],
    ['whole-point.mjs', /: points is to be a list of the codes /],
    ['strange-point.mjs', /: 4711 is the code of no trace point\n/],
    [
      'taken.mjs',
      /taken\.mjs: invariant every bio completes exactly once: there is one of that name\n/,
    ],
  ])('is refused before anything runs: %s', async (file, says) => {
    const { status, stdout, stderr } = await call('run', own(file), path('lab.sh'));
    expect([status, stdout, stderr]).toEqual([125, '', expect.stringMatching(says)]);
  });

  it('is refused where it has no name', async () => {
    const { status, stderr } = await call('run', '--invariant=', path('lab.sh'));
    expect([status, stderr]).toEqual([125, 'dmsim: --invariant takes a file, not an empty name\n']);
  });

  it('is refused by explore, compare and sweep as well, and where no invariant is watched', async () => {
    const vary = ['--vary=words=1,3', '--seeds=1', '--jobs=1'];
    const explored = await call('explore', '--runs=1', own('none.mjs'));
    const compared = await call('compare', ...vary, own('none.mjs'), path('lab.sh'));
    const unwatched = await call(
      'sweep',
      ...vary,
      '--no-invariants',
      own('calm.mjs'),
      path('lab.sh'),
    );
    expect([explored, compared, unwatched]).toEqual([
      expect.objectContaining({
        status: 125,
        stderr: expect.stringContaining('exports no invariant'),
      }),
      expect.objectContaining({
        status: 125,
        stderr: expect.stringContaining('exports no invariant'),
      }),
      expect.objectContaining({
        status: 125,
        stderr: expect.stringContaining(
          'sweep: --invariant needs the invariants to be watched: leave out --no-invariants\n',
        ),
      }),
    ]);
  });
});

describe('an invariant that is broken itself', () => {
  it.each([
    ['throws.mjs', /throws\.mjs:9: the invariant "nothing is suspended": see threw: a slip\n$/],
    ['starts.mjs', /starts\.mjs:7: the invariant "nothing is suspended": start threw: no start\n$/],
    ['ends.mjs', /ends\.mjs:7: the invariant "nothing is suspended": end threw: no end\n$/],
    [
      'blind.mjs',
      /blind\.mjs:6: the invariant "nothing is suspended": start answered no object with a function see\n$/,
    ],
    [
      'says-nothing.mjs',
      /:7: the invariant "nothing is suspended": see threw: report takes \{ message, at \}, a text and a number of ns\n$/,
    ],
  ])('ends a run with its name, and proves nothing: %s', async (file, says) => {
    const run = await call('run', own(file), path('lab.sh'));
    expect([run.status, run.stderr]).toEqual([125, expect.stringMatching(says)]);
    const explored = await call('explore', '--runs=4', '--jobs=1', own(file), path('lab.sh'));
    expect([explored.status, explored.stderr]).toEqual([125, expect.stringMatching(says)]);
    const schedules = await call('explore', '--runs=50', `--out=${folder}`, own(file));
    expect([schedules.status, schedules.stderr]).toEqual([125, expect.stringMatching(says)]);
  });

  it('ends a run in time when it never returns', async () => {
    const looping = await call('run', '--max-cpu-time=1s', own('loops.mjs'), path('lab.sh'));
    expect([looping.status, looping.stderr]).toEqual([
      121,
      expect.stringMatching(
        /stopped by the limit cpuTime: .*loops\.mjs:8: invariant nothing is suspended: see does not end /,
      ),
    ]);
  });

  it.runIf(ALL)(
    'ends a run in time when its last check never returns',
    { timeout: 60_000 },
    async () => {
      const ending = await call('run', own('never-ends.mjs'), path('lab.sh'));
      expect([ending.status, ending.stderr]).toEqual([
        125,
        expect.stringMatching(
          /never-ends\.mjs:7: the invariant "nothing is suspended": end does not end: 5 s are over\n/,
        ),
      ]);
    },
  );
});

describe('an invariant of the user', () => {
  it.each(['calm.mjs', 'calm.mts'])(
    'breaks a run, which says how to see it again: %s',
    async (file) => {
      const { status, stderr } = await call('run', `--invariant=${path(file)}`, path('lab.sh'));
      expect(stderr).toContain(
        'broken: nothing is suspended: it is\ndmsim:   Somebody waits.\ndmsim:   the device is mp (dm-0)\n',
      );
      expect(stderr).toContain(
        `to see it again: dmsim run --seed 1 --order fifo --invariant ${path(file)} ${path('lab.sh')}\n`,
      );
      expect(status).toBe(123);
    },
  );

  it('sees the end of a run', async () => {
    const ended = await call('run', own('resumed.mjs'), path('lab.sh'));
    expect(ended.status).toBe(0);
    writeFileSync(path('left.sh'), "dmsetup create mp --table '0 8 zero'\ndmsetup suspend mp\n");
    const left = await call('run', own('resumed.mjs'), path('left.sh'));
    expect([left.status, left.stderr]).toEqual([
      123,
      expect.stringContaining('broken: every suspend is followed by a resume: it was not'),
    ]);
  });

  it('says nothing of a run in which it holds', async () => {
    const { status, stderr } = await call('run', own('silent.mjs'), path('lab.sh'));
    expect([status, stderr]).toEqual([0, expect.stringContaining('every invariant held')]);
  });

  it('ends a run at once with --stop-on-broken', async () => {
    const { status, stderr } = await call(
      'run',
      '--stop-on-broken',
      own('calm.mjs'),
      path('two.sh'),
    );
    expect([status, stderr]).toEqual([123, expect.stringContaining('ended by --stop-on-broken')]);
    // A suspend has three phases.
    expect(stderr).toContain('and 2 more of this kind');
  });

  it.runIf(ALL)(
    'is there in the threads of an exploration, and its failure repeats from the files that are written',
    () => {
      const dmsim = (...words: string[]) =>
        spawnSync(process.execPath, [bin, ...words], { cwd: folder, encoding: 'utf8' });
      const words = [
        '--runs=60',
        '--jobs=2',
        '--slack=20ms',
        '--invariant',
        './resumed.mjs',
        'race.sh',
      ];
      const explored = dmsim('explore', ...words);
      expect(explored.stdout).toContain('broken: every suspend is followed by a resume');
      const [, command = ''] =
        / broken: every suspend [^]*?repeat it: dmsim (run --invariant .*)$/m.exec(
          explored.stdout,
        ) ?? [];
      expect(command).toMatch(
        /^run --invariant \.\/resumed\.mjs --replay race-\d\.choices race-\d\.sh$/,
      );
      expect(explored.status).toBe(123);
      const again = dmsim(...command.split(' '));
      expect([again.status, again.stderr]).toEqual([
        123,
        expect.stringContaining('broken: every suspend'),
      ]);
      const [, , , , choices = ''] = command.split(' ');
      const diff = dmsim('explore', '--diff', '--invariant', './resumed.mjs', choices);
      expect([diff.status, diff.stdout]).toEqual([
        0,
        expect.stringContaining('broken: every suspend'),
      ]);
    },
  );

  it('is part of what an exploration is that goes on later', async () => {
    const words = ['--runs=2', '--jobs=1', `--out=${folder}`, `--resume=${path('state')}`];
    await call('explore', ...words, own('silent.mjs'), path('lab.sh'));
    const without = await call('explore', ...words, path('lab.sh'));
    expect([without.status, without.stderr]).toEqual([
      125,
      expect.stringMatching(/was saved with --invariant .*silent\.mjs\n/),
    ]);
  });

  it('is watched in generated schedules, and the lab that is written breaks it again', async () => {
    const found = await call('explore', '--runs=50', `--out=${folder}`, own('calm.mjs'));
    const lab = path('schedule.sh');
    expect(found.stdout).toContain(
      `written as ${lab}: dmsim explore --invariant ${path('calm.mjs')} ${lab}\n`,
    );
    expect(found.stdout).toContain('nothing is suspended: it is');
    expect(found.status).toBe(123);
    expect(readFileSync(lab, 'utf8')).toContain('dmsetup ');
    const again = await call(
      'explore',
      '--runs=2',
      '--jobs=1',
      `--out=${folder}`,
      own('calm.mjs'),
      lab,
    );
    expect([again.status, again.stdout]).toEqual([
      123,
      expect.stringContaining('broken: nothing is suspended'),
    ]);
  });

  it.each(['compare', 'sweep'])('ends a %s at the run that breaks it', async (command) => {
    const vary = ['--vary=words=1,3', '--seeds=1', '--jobs=1'];
    const broken = await call(command, ...vary, own('calm.mjs'), path('lab.sh'));
    expect([broken.status, broken.stderr]).toEqual([
      125,
      expect.stringContaining('words=1, seed 1: an invariant broke: nothing is suspended: it is'),
    ]);
    const held = await call(command, ...vary, own('silent.mjs'), path('lab.sh'));
    expect([held.status, held.stdout]).toEqual([0, expect.stringMatching(/3/)]);
  });
});
