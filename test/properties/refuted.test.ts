// Without the noflush patches, the property that guards them is refuted, and the counterexample is a lab.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createMachine, runLab } from '@dmsim/host';
import type { Schedule } from '@dmsim/kit';
import type { CheckOptions, Failure } from '@dmsim/kit';
import { failedWrites, noflushOnly, printLab, queueingSchedule, search } from '@dmsim/kit';
import { JITTER, random } from '@dmsim/sim';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

type Requeue = NonNullable<CheckOptions['requeue']>;

const CLI = new URL('../../packages/cli/bin/dmsim.js', import.meta.url).pathname;

/** A schedule under which a write fails, as small as it gets. */
function refute(schedules: fc.Arbitrary<Schedule>, requeue: Requeue): Failure {
  const { failure, runs } = search(schedules, {
    requeue,
    runs: 2000,
    judge: ({ ios }) => (failedWrites(ios).length > 0 ? 'a write failed' : null),
  });
  if (failure === null) return expect.fail(`no write failed in ${runs} runs`);
  return failure;
}

const FAILED = /^write \d+\+\d+ FAILED$/m;

/** In a lab each command takes its time, so the order that matters is one of many: the seed picks it. */
function transcript(lab: string, requeue: Requeue, seed: number): string {
  let text = '';
  const { outcome } = runLab(createMachine({ requeue, seed, chooser: random(seed), ...JITTER }), {
    name: 'lab.sh',
    text: lab,
    onOutput: (_fd, bytes) => {
      text += new TextDecoder().decode(bytes);
    },
  });
  return `${text}${outcome.kind}`;
}

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

/** The first order in which a write of the lab fails. */
const failingSeed = (lab: string, requeue: Requeue): number | undefined =>
  SEEDS.find((seed) => FAILED.test(transcript(lab, requeue, seed)));

function runCli(lab: string, requeue: Requeue, seed: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'dmsim-'));
  try {
    const path = join(folder, 'lab.sh');
    writeFileSync(path, lab);
    const order = ['--order', 'random', '--seed', String(seed)];
    const args = [CLI, 'run', '--quiet', '--requeue', requeue, ...order, path];
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it('before the noflush patches a write fails, and the smallest schedule for it fails as a lab, too', () => {
  const { schedule } = refute(queueingSchedule({ flags: noflushOnly }), 'none');
  expect(schedule.commands.length).toBeLessThanOrEqual(6);
  const lab = printLab(schedule, 'A write fails without pushback.');
  const seed = failingSeed(lab, 'none') ?? expect.fail('no order makes the lab fail');
  expect(failingSeed(lab, 'deferred-head')).toBeUndefined();
  expect(runCli(lab, 'none', seed)).toMatch(FAILED);
});

it('with suspends that flush a write fails, and the smallest schedule for it fails as a lab, too', () => {
  const flushing = fc.constant({ noflush: false, lockFs: true });
  const { schedule } = refute(queueingSchedule({ flags: flushing }), 'deferred-head');
  expect(schedule.commands.length).toBeLessThanOrEqual(6);
  const lab = printLab(schedule, 'A write fails in a suspend that flushes.');
  const seed = failingSeed(lab, 'deferred-head') ?? expect.fail('no order makes the lab fail');
  expect(runCli(lab, 'deferred-head', seed)).toMatch(FAILED);
});
