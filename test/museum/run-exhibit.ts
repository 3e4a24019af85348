// run-exhibit.ts — Runs the property search on a copy of the simulator with an exhibit's bug in it. The sources are put into one
// file once; a bug is a piece of that text replaced, and each runs in a process of its own, two at a time.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { bundleSources } from '../properties/bundle-sources.ts';
import { applyPatch } from './apply-patch.ts';
import type { Exhibit } from './exhibit.ts';
import type { JudgeOptions, Verdict } from './judge.ts';

const AT_A_TIME = 2;

export interface Museum {
  /** The simulator as it is when `exhibit` is null. */
  judge(exhibit: Exhibit | null, options: JudgeOptions): Promise<Verdict>;
  /** Throws unless the text that the exhibit replaces is in the source, once. */
  fit(exhibit: Exhibit): void;
  close(): void;
}

/** `entry`: where `judge.ts` is, for callers in another folder. */
export async function openMuseum(
  entry: string = fileURLToPath(new URL('judge.ts', import.meta.url)),
): Promise<Museum> {
  const code = await bundleSources(entry);
  const folder = mkdtempSync(join(tmpdir(), 'dmsim-museum-'));
  const run = limited(AT_A_TIME);
  let files = 0;
  return {
    judge(exhibit, options) {
      const file = join(folder, `${files++}.mjs`);
      const patched = exhibit === null ? code : applyPatch(code, exhibit);
      return run(() => {
        writeFileSync(
          file,
          `${patched}\nconsole.log(JSON.stringify(judge(${JSON.stringify(options)})));\n`,
        );
        return verdictOf(file);
      });
    },
    fit: (exhibit) => void applyPatch(code, exhibit),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function verdictOf(file: string): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(JSON.parse(stdout) as Verdict);
      else reject(new Error(stderr));
    });
  });
}

/** The settings of the search that the exhibit needs. */
export const settingsOf = ({
  requeue = 'deferred-head',
  guest = false,
  overlay = false,
  discards = false,
}: Exhibit): Pick<JudgeOptions, 'requeue' | 'guest' | 'overlay' | 'discards'> => ({
  requeue,
  guest,
  overlay,
  discards,
});

/** Runs what it is given, so many at a time. */
function limited(atATime: number): <T>(task: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= atATime) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      return await task();
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
}
