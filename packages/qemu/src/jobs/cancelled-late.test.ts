import { createSim, millis, random, run } from '@dmsim/sim';
import { expect, it } from 'vitest';

import { createRawFile } from '../block/raw-file.ts';
import type { Machine } from '../vm/machine.case.ts';
import { machine } from '../vm/machine.case.ts';

const SIZE = 65536;

function withBackup(seed: number): Machine {
  const list = [createRawFile('s', new Uint8Array(SIZE)), createRawFile('t', new Uint8Array(SIZE))];
  const files = new Map(list.map((file) => [file.path, file]));
  const sim = createSim({ chooser: random(seed), slack: millis(1) });
  const m = machine(['-machine', 'none'], { files }, sim);
  for (const file of ['s', 't'])
    m.qmp('blockdev-add', { driver: 'file', 'node-name': file, filename: file });
  m.runFor(1);
  m.heard.length = 0;
  m.qmp('blockdev-backup', { 'job-id': 'j', device: 's', target: 't', sync: 'full' });
  return m;
}

/** A client sends a cancel when so many events have happened. True if it came between the job's last step and its exit. */
function cancelledAfter(events: number): boolean {
  const m = withBackup(events);
  run(m.sim, { maxEvents: events });
  m.qmp('block-job-cancel', { device: 'j', force: true });
  let [isOver, late] = [false, false];
  for (let i = 0; i < 400; i++) {
    run(m.sim, { maxEvents: 1 });
    late ||= isOver && m.vm.jobs.some(({ forceCancel }) => forceCancel);
    isOver = m.vm.jobs.some((job) => job.deferredToMainLoop && !job.forceCancel);
  }
  expect(m.heard.filter((line) => line.startsWith('BLOCK_JOB_'))).toHaveLength(1);
  expect(m.vm.jobs).toEqual([]);
  return late;
}

it('a job ends once, whenever it is cancelled', () => {
  const late = Array.from({ length: 120 }, (_, i) => cancelledAfter(i));
  expect(late).toContain(true);
});
