// trace-digest.ts — A number for all that happened in some schedules: equal runs have equal ones.
import { anySchedule, runSchedule } from '@dmsim/kit';
import { events } from '@dmsim/observe';
import { random, RECORD_WIDTH } from '@dmsim/sim';
import * as fc from 'fast-check';

/** FNV-1a over the bytes of every trace record of `count` schedules that come of `seed`. */
export function traceDigest(
  seed: number,
  requeue: 'deferred-head' | 'pushback',
  count: number,
): string {
  let hash = 0x811c9dc5;
  let records = 0;
  const schedules = fc.sample(fc.tuple(anySchedule(), fc.nat()), { seed, numRuns: count });
  for (const [schedule, chooserSeed] of schedules) {
    runSchedule(schedule, {
      chooser: random(chooserSeed),
      slack: 1_000_000,
      requeue,
      onStart: ({ machine }) => {
        events(machine.events).subscribe((batch) => {
          const length = batch.count * RECORD_WIDTH;
          const bytes = new Uint8Array(batch.records.buffer, batch.records.byteOffset, length * 8);
          for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
          records += batch.count;
        });
      },
    });
  }
  return `${records} records, ${(hash >>> 0).toString(16)}`;
}
