// What must not hold does not: the property that guards noflush is refuted without it, and the counterexample is a lab.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createMachine, runLab } from '@dmsim/host';
import type { Schedule } from '@dmsim/kit';
import { failedWrites, noflushOnly, printLab, queueingSchedule } from '@dmsim/kit';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import type { Failure, Requeue } from './check-property.ts';
import { checkProperty } from './check-property.ts';

const CLI = new URL('../../packages/cli/bin/dmsim.js', import.meta.url).pathname;

/** A schedule under which a write fails, as small as it gets. */
function refute(schedules: fc.Arbitrary<Schedule>, requeue: Requeue): Failure {
  const { failure, runs } = checkProperty({
    schedules,
    requeue,
    runs: 2000,
    judge: ({ ios }) => (failedWrites(ios).length > 0 ? 'a write failed' : null),
  });
  if (failure === null) return expect.fail(`no write failed in ${runs} runs`);
  return failure;
}

function transcript(lab: string, requeue: Requeue): string {
  let text = '';
  const { outcome } = runLab(createMachine({ requeue }), {
    name: 'lab.sh',
    text: lab,
    onOutput: (_fd, bytes) => {
      text += new TextDecoder().decode(bytes);
    },
  });
  return `${text}${outcome.kind}`;
}

function runCli(lab: string, requeue: Requeue): string {
  const folder = mkdtempSync(join(tmpdir(), 'dmsim-'));
  try {
    const path = join(folder, 'lab.sh');
    writeFileSync(path, lab);
    const args = [CLI, 'run', '--quiet', '--requeue', requeue, path];
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
  expect(transcript(lab, 'none')).toMatch(/^write \d+\+\d+ FAILED$/m);
  expect(transcript(lab, 'deferred-head')).not.toMatch(/FAILED/);
  expect(runCli(lab, 'none')).toMatch(/^write \d+\+\d+ FAILED$/m);
});

it('with suspends that flush a write fails, and the smallest schedule for it fails as a lab, too', () => {
  const flushing = fc.constant({ noflush: false, lockFs: true });
  const { schedule } = refute(queueingSchedule({ flags: flushing }), 'deferred-head');
  expect(schedule.commands.length).toBeLessThanOrEqual(6);
  const lab = printLab(schedule, 'A write fails in a suspend that flushes.');
  expect(transcript(lab, 'deferred-head')).toMatch(/^write \d+\+\d+ FAILED$/m);
  expect(runCli(lab, 'deferred-head')).toMatch(/^write \d+\+\d+ FAILED$/m);
});
