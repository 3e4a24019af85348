// replay.ts — Generated commands print what Debian 12 printed for them, and take no time worth speaking of. `npm test` takes a sixteenth of them.
//
// recorded/NAME.txt has one line for each case of a family. DMSIM_RECORD=NAME,… records some again, with the real programs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { describe, expect, it } from 'vitest';

import { shareOf } from '../../share.ts';
import type { Family } from './cases.ts';
import { casesOf, scriptOf } from './cases.ts';
import { runLab } from './run-lab.ts';

const BATCH = 20;
const MOST_MS = 50;
const recorded = (process.env['DMSIM_RECORD'] ?? '').split(',');

const recording = (name: string): URL => new URL(`recorded/${name}.txt`, import.meta.url);

/** awk is busybox's, as in the corpus. A line stays empty where the real program needs more than a second. */
function record(commands: readonly string[]): string {
  const dir = mkdtempSync(join(tmpdir(), 'fuzz-'));
  writeFileSync(join(dir, 'lab.sh'), scriptOf(commands, 'ulimit -t 1; '), 'latin1');
  const setup = 'mkdir bin && ln -s "$(command -v busybox)" bin/awk';
  spawnSync('bash', ['-c', setup], { cwd: dir });
  const env = { PATH: `${dir}/bin:/usr/bin:/bin`, LC_ALL: 'C' };
  const { stdout } = spawnSync('bash', ['-c', 'exec 2>&1; bash lab.sh'], {
    cwd: dir,
    env,
    encoding: 'latin1',
    maxBuffer: 1e9,
  });
  rmSync(dir, { recursive: true });
  return stdout;
}

interface Difference {
  readonly command: string;
  readonly debian: string | undefined;
  readonly dmsim: string | undefined;
}

/** Time that the process spent on it. Other things go on in a process, so what is slow once may try again. */
const slowOnes = (commands: readonly string[]): string[] =>
  commands.filter((command) =>
    [1, 2, 3, 4].every(() => timeOf(() => runLab(scriptOf([command]))) > MOST_MS),
  );

function timeOf(run: () => void): number {
  const before = process.cpuUsage();
  run();
  return process.cpuUsage(before).user / 1000;
}

/** The tests of one family. */
export function replayFamily(family: Family): void {
  describe(`${family.size} generated commands: ${family.name}`, () => {
    const commands = casesOf(family);
    if (recorded.includes(family.name)) {
      writeFileSync(recording(family.name), record(commands), 'latin1');
    }
    const expected = readFileSync(recording(family.name), 'latin1').split('\n');
    const differences: Difference[] = [];
    const slow: string[] = [];

    it('print what Debian prints', () => {
      expect(expected.length).toBe(commands.length + 1);
      const batches = commands.map((_, i) => i).filter((i) => i % BATCH === 0);
      for (const at of shareOf(batches, 16)) {
        const batch = commands.slice(at, at + BATCH);
        let printed: string[] = [];
        const time = timeOf(() => {
          printed = runLab(scriptOf(batch)).split('\n');
        });
        if (time > MOST_MS) slow.push(...slowOnes(batch));
        for (const [i, command] of batch.entries()) {
          const [debian, dmsim] = [expected[at + i], printed[i]];
          if (debian !== '' && debian !== dmsim) differences.push({ command, debian, dmsim });
        }
      }
      expect(differences).toEqual([]);
    });

    it(`take less than ${MOST_MS} ms each`, () => {
      expect(slow).toEqual([]);
    });
  });
}
