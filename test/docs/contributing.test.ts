// The examples of docs/contributing.md, as they stand on the page: each does what the page says it does.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { textPrograms } from '@dmsim/coreutils';
import type { TargetType } from '@dmsim/dm';
import { createMachine } from '@dmsim/host';
import type { Invariant } from '@dmsim/observe';
import { completeEvents, events } from '@dmsim/observe';
import { bashProgram, parseLab, startLab } from '@dmsim/shell';
import { createSim, RECORD_WIDTH, run } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';
import { createCapture, createDirectory, nullDevice } from '@dmsim/vfs';
import { afterAll, describe, expect, it } from 'vitest';

import { checkInvariants } from '../../packages/observe/src/invariants/watch.ts';
import { targetContract } from '../contract/target-type.case.ts';
import { suspend } from '../observe/feed.case.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/contributing.md'), 'utf8');
const blocks = [...page.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
const blockOf = (start: string): string => {
  const block = blocks.find((text) => text.startsWith(start));
  if (block === undefined) throw new Error(`the page has no block that starts with ${start}`);
  return block;
};

const folder = mkdtempSync(join(tmpdir(), 'dmsim-contributing-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Imports a block as if it were the file of that name in `home`, a folder below packages/. */
async function importBlock(name: string, home: string): Promise<Record<string, unknown>> {
  const text = blockOf(`// ${name}`)
    .replaceAll(
      /from '@dmsim\/(\w+)'/g,
      (_, inner: string) => `from '${root}packages/${inner}/src/index.ts'`,
    )
    .replaceAll("from '../", `from '${join(root, 'packages', home, '..')}/`)
    .replaceAll("from './", `from '${join(root, 'packages', home)}/`);
  const file = join(folder, name);
  writeFileSync(file, text);
  return (await import(/* @vite-ignore */ file)) as Record<string, unknown>;
}

const { failWriteTarget } = await importBlock('failwrite.ts', 'dm/src/targets');
targetContract(failWriteTarget as TargetType, { params: '1:0 8' });

describe('the program of the page', () => {
  it('has generator functions at its top level only, as every source file', () => {
    expect(blockOf('// factor.ts')).not.toMatch(/^ .*function\*/m);
  });

  it('prints for its corpus what Debian prints', async () => {
    const { factor } = await importBlock('factor.ts', 'coreutils/src/shellutils');
    const programs = new Map<string, Program>(textPrograms).set('factor', factor as Program);
    const sim = createSim();
    const options = { programs };
    programs.set('bash', bashProgram(options));
    const rootDirectory = createDirectory({ dev: createDirectory({ null: nullDevice() }) });
    const output = createCapture();
    const fds = new Map([0, 1, 2].map((fd) => [fd, output.file] as const));
    const env = new Map([
      ['PATH', '/usr/bin'],
      ['LC_ALL', 'C'],
    ]);
    const lab = parseLab(blockOf("echo '== factor 12"), 'factor.sh');
    startLab(lab, { sim, env, cwd: '/', root: rootDirectory, fds }, options);
    run(sim);
    expect(Buffer.from(output.bytes()).toString()).toBe(blockOf('== factor 12'));
  });
});

type Phase = Parameters<typeof suspend>[0];

/** Returns the invariant's messages for a device that goes through these phases of suspends and is never resumed. */
function reported(invariant: Invariant, phases: readonly Phase[]): string[] {
  const machine = createMachine();
  const found: string[] = [];
  events(machine.events)
    .pipe(checkInvariants(machine, [invariant]))
    .subscribe(({ message }) => found.push(message));
  const records = new Float64Array(phases.length * RECORD_WIDTH);
  for (const [i, phase] of phases.entries()) {
    records.set([i * 1000, ...suspend(phase, { noflush: false })], i * RECORD_WIDTH);
  }
  machine.events.batches.next({ records, count: phases.length });
  completeEvents(machine.events);
  return found;
}

describe('the invariant of the page', () => {
  it('breaks where a device is suspended twice, and nowhere else', async () => {
    const { resumedOnce } = await importBlock('resumed-once.ts', 'observe/src/invariants');
    const invariant = resumedOnce as Invariant;
    expect(reported(invariant, ['begin', 'blocked', 'suspended', 'begin'])).toEqual([
      '254:0 is suspended again at 0.000003 s, before it was resumed',
    ]);
    expect(reported(invariant, ['begin', 'blocked', 'undone', 'begin'])).toEqual([]);
  });
});
