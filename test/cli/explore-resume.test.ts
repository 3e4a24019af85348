// explore-resume.test.ts — dmsim explore --resume: an exploration that was interrupted ends as one that was not.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import {
  batchRunner,
  createExploration,
  explore,
  nextBatch,
  ranAll,
  restoreExploration,
  saveExploration,
  takeResult,
} from '@dmsim/kit';
import type { Plan, SavedExploration, Setup } from '@dmsim/kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ALL } from '../share.ts';
import type { Called } from './in-process.ts';
import { callIn } from './in-process.ts';

const CLI = new URL('../../packages/cli/bin/dmsim.js', import.meta.url).pathname;
const TWO_ECHOES = '(sleep 0.01; echo a) &\n(sleep 0.01; echo b && simctl reach b) &\nwait\n';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-resume-'));
  writeFileSync(join(folder, 'lab.sh'), TWO_ECHOES);
  writeFileSync(join(folder, 'other.sh'), 'echo other\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const command = (...args: string[]): string[] => [CLI, 'explore', '--jobs', '1', ...args];

function dmsim(...args: string[]): { stdout: string; stderr: string; status: number | null } {
  const options = { encoding: 'utf8', cwd: folder, timeout: 60_000 } as const;
  return spawnSync(process.execPath, command(...args), options);
}

/** Sends SIGINT when it has begun. */
async function interrupted(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const child = spawn(process.execPath, command(...args), { cwd: folder });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (said.stdout += text));
  child.stderr.on('data', (text) => (said.stderr += text));
  const ended = new Promise((resolve) => child.on('close', resolve));
  // oxlint-disable-next-line no-await-in-loop -- until the file is there
  while (!existsSync(join(folder, 'state'))) await delay(20);
  await delay(200);
  child.kill('SIGINT');
  await ended;
  return said;
}

describe('dmsim explore --resume', () => {
  it.runIf(ALL)(
    'prints what is known at a SIGINT, goes on from there, and reports what an exploration without a break does',
    async () => {
      const args = ['--runs', '1500', '--strategy', 'pct'];
      const first = await interrupted(...args, '--resume', 'state', 'lab.sh');
      const [, done] =
        /SIGINT: (\d+) of 1500 runs are done; --resume state goes on from here\n/.exec(
          first.stderr,
        ) ?? [];
      expect(Number(done)).toBeGreaterThan(0);
      expect(Number(done)).toBeLessThan(1500);
      expect(first.stdout).toContain(
        `outcomes in ${done} runs (pct, slack 1 ms, seeds from 1; stopped early)`,
      );
      const second = dmsim(...args, '--resume', 'state', 'lab.sh');
      const whole = dmsim(...args, 'lab.sh');
      expect(second.stdout).toBe(whole.stdout);
      expect(whole.stdout).toContain('2 outcomes in 1500 runs');
      // Nothing is left to run: the report comes at once.
      expect(dmsim(...args, '--resume', 'state', 'lab.sh').stdout).toBe(whole.stdout);
    },
  );

  it('refuses a file of another lab or of other options by name, and one that is damaged or none of its own', async () => {
    const resumed = (file: string, ...args: string[]): Promise<Called> =>
      callIn(
        folder,
        'explore',
        '--jobs=1',
        '--runs=50',
        `--out=${folder}`,
        `--resume=${join(folder, file)}`,
        ...args,
      );
    expect((await resumed('saved', 'lab.sh')).status).toBe(0);
    const before = readFileSync(join(folder, 'saved'), 'utf8');
    const refused = async (message: string, file: string, ...args: string[]): Promise<void> => {
      const { stderr, status } = await resumed(file, ...args);
      expect([stderr, status]).toEqual([`dmsim: explore: ${message}\n`, 125]);
    };
    await refused('saved: was saved with lab lab.sh, not other.sh', 'saved', 'other.sh');
    await refused('saved: was saved with --seed 1, not 2', 'saved', '--seed=2', 'lab.sh');
    writeFileSync(join(folder, 'lab.sh'), `${TWO_ECHOES}echo c\n`);
    await refused('saved: lab.sh has changed since it was saved', 'saved', 'lab.sh');
    writeFileSync(join(folder, 'lab.sh'), TWO_ECHOES);
    expect(readFileSync(join(folder, 'saved'), 'utf8')).toBe(before);
    writeFileSync(join(folder, 'torn'), before.slice(0, -9));
    await refused('torn: is damaged: remove it', 'torn', 'lab.sh');
    writeFileSync(join(folder, 'mine'), 'a letter\n');
    await refused('mine: exists, and is not a saved exploration', 'mine', 'lab.sh');
    expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe('a letter\n');
    await refused('none/state: No such file or directory', 'none/state', 'lab.sh');
  });
});

describe('an exploration that is saved and restored', () => {
  const setup: Setup = {
    lab: { name: 'lab.sh', text: TWO_ECHOES, args: [] },
    slack: 0,
    variesCosts: false,
    requeue: 'deferred-head',
    selectors: [],
  };

  it.each([
    { strategy: 'random', seed: 1, runs: 220, maxDeviations: 2 },
    { strategy: 'exhaustive', seed: 1, runs: 5000, maxDeviations: 3 },
  ] as const)('finds what one without a break does: $strategy', (plan: Plan) => {
    const whole = explore(plan, setup);
    const run = batchRunner(plan, setup);
    let exploration = createExploration(plan);
    for (;;) {
      // Two batches are out, the later one comes first, and the earlier one is lost.
      const [lost, early] = [nextBatch(exploration), nextBatch(exploration)];
      if (early !== null) takeResult(exploration, early.number, run(early.batch));
      const saved = structuredClone<SavedExploration>(saveExploration(exploration));
      exploration = restoreExploration(plan, saved);
      const again = nextBatch(exploration);
      expect(again?.batch).toEqual(lost?.batch);
      if (again === null) break;
      takeResult(exploration, again.number, run(again.batch));
    }
    expect(exploration.tally).toEqual(whole.tally);
    expect(ranAll(exploration)).toBe(ranAll(whole));
  });
});
