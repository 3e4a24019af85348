// Inputs that mean harm: each ends in time, within bounds, with a reason that it names, and harms no file.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { ALL } from '../share.ts';
import type { HostileInput } from './inputs.ts';
import { INPUTS } from './inputs.ts';

const bin = new URL('../../packages/cli/bin/dmsim.js', import.meta.url).pathname;

/** One of this many inputs is run. */
const SHARE = ALL ? 1 : 40;
const chosen = INPUTS.filter((_, i) => i % SHARE === 0);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dmsim-hostile-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface End {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

/** As long as a user would wait. An input that takes longer is killed, and fails by its signal. */
const LONGEST_MS = 20_000;

const PEAK = String.raw`console.log(/VmPeak:\s*(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1])`;
/** kB: 1.5 GB with Node.js 20. Later versions reserve more addresses before they do anything. */
const ADDRESSES =
  Number(execFileSync(process.execPath, ['-e', PEAK], { encoding: 'utf8' })) + 770_000;

/** Under a limit of memory for the process that works. */
function run(file: string): Promise<End> {
  const options = ['--quiet', '--max-cpu-time', ALL ? '5' : '1', '--trace', 'trace.json'];
  const child = spawn(
    'bash',
    [
      '-c',
      `ulimit -v ${ADDRESSES}; exec "$0" "$@"`,
      process.execPath,
      bin,
      'run',
      ...options,
      file,
    ],
    {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: LONGEST_MS,
      killSignal: 'SIGKILL',
    },
  );
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve) => {
    child.on('close', (status, signal) => {
      resolve({ status, signal, stderr });
    });
  });
}

async function check({ name, lab, status, says }: HostileInput, number: number): Promise<void> {
  const file = `lab-${number}.sh`;
  writeFileSync(join(folder, file), `${lab}\n`);
  const end = await run(file);
  expect
    .soft([name, end.status, end.signal, end.stderr.slice(-600)])
    .toEqual([name, status, null, end.stderr.slice(-600)]);
  if (says !== undefined) expect.soft(end.stderr, name).toMatch(says);
  expect.soft(end.stderr, name).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
  expect.soft(readFileSync(join(folder, file), 'utf8'), name).toBe(`${lab}\n`);
}

it('has two hundred inputs', () => {
  expect(INPUTS.length).toBeGreaterThanOrEqual(200);
});

it(`ends each of ${chosen.length} as it should`, { timeout: 900_000 }, async () => {
  const queue = [...chosen.entries()];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      // oxlint-disable-next-line no-await-in-loop -- two at a time
      await check(next[1], next[0]);
    }
  };
  await Promise.all([worker(), worker()]);
  expect(readdirSync(folder).filter((file) => file.endsWith('.tmp'))).toEqual([]);
});
