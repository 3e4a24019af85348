// search-schedules.ts — dmsim explore without a lab: generated schedules in place of one, until an invariant breaks.
import { join } from 'node:path';

import type { UserSelector } from '@dmsim/host';
import type { Failure } from '@dmsim/kit';
import { anyGuest, anySchedule, failureText, printLab, search } from '@dmsim/kit';

import { EXIT } from '../exit-status.ts';
import type { SelectorSource } from '../plugins/load-selectors.ts';
import { importSelectors } from '../plugins/load-selectors.ts';
import { catchInterrupts, interrupted, turn } from '../process/interrupts.ts';
import { print, say } from '../process/standard-streams.ts';
import { callWithin } from '../process/watchdog.ts';
import type { Progress } from '../progress.ts';
import { createProgress } from '../progress.ts';
import { Refusal } from '../refusal.ts';
import type { ScheduleSearch } from './options.ts';
import { refuseNoFolder, writeInto } from './write-files.ts';

/** Schedules that come of one seed; the next so many have the next seed. */
const CHUNK = 50;
/** One chunk of so many has a virtual machine on the map, whose guest does the I/O. */
const GUESTS_EVERY = 5;
/** How many of 25 commands are whole outages, paths that hang, and moves of the array's port groups. */
const TROUBLE = { outages: 3, hangs: 2, transitions: 2, latencies: true } as const;

/** In one thread, and the same for the same seed and number of runs. */
export async function searchSchedules(
  { runs, seed, seconds, out, strategy, slack, requeue }: ScheduleSearch,
  sources: readonly SelectorSource[],
): Promise<number> {
  refuseNoFolder(out);
  const selectors = await importSelectors(sources);
  const [own, ...others] = selectors;
  if (others.length > 0) throw new Refusal('explore: generated schedules have one --selector');
  const trouble = {
    ...TROUBLE,
    ...(own && { ownSelector: { name: own.type.name, args: [], pathArgs: [] } }),
  };
  const plain = anySchedule(trouble);
  const ofGuests = anySchedule({ ...trouble, guest: anyGuest() });
  const endsAt = seconds === null ? Infinity : process.uptime() + seconds;
  catchInterrupts();
  const isOver = (): boolean => interrupted() !== null || process.uptime() >= endsAt;
  const progress = createProgress();
  let done = 0;
  for (let chunk = 0; done < runs && !isOver(); chunk++) {
    const count = Math.min(CHUNK, runs - done);
    const schedules = (chunk + 1) % GUESTS_EVERY === 0 ? ofGuests : plain;
    const options = { strategy, slack, requeue, selectors, seed: seed + chunk, runs: count };
    const result =
      own === undefined
        ? search(schedules, options)
        : callWithin(STUCK_MS, () => search(schedules, options));
    if (result === undefined) return stuck(progress, own);
    const { failure } = result;
    if (failure !== null) {
      progress.clear();
      return found(failure, done + failure.foundAfter, out);
    }
    done += count;
    progress.tell(`${done} schedules, every invariant held so far`);
    // Lets a signal come through.
    // oxlint-disable-next-line no-await-in-loop -- one after another, so that the first failure is the first
    await turn();
  }
  progress.clear();
  const stopped = done < runs ? '; stopped early' : '';
  print(
    `${done} generated schedules (${strategy}, seeds from ${seed}${stopped}): every invariant held\n`,
  );
  return EXIT.OK;
}

/** A chunk takes a second or so, and not much longer to make a failure small. */
const STUCK_MS = 60_000;

function stuck(progress: Progress, own: UserSelector | undefined): number {
  progress.clear();
  const who = own === undefined ? '' : `${own.file}: path selector ${own.type.name}: `;
  say(
    `stopped by the limit cpuTime: ${who}a hook does not end: schedules were still running after ${STUCK_MS / 1000} s`,
  );
  return EXIT.LIMIT;
}

function found(failure: Failure, after: number, folder: string): number {
  const { reason, schedule } = failure;
  const path = join(folder, 'schedule.sh');
  writeInto(folder, { [path]: printLab(schedule, reason.split('\n')[0] ?? reason) });
  print(
    `schedule ${after} fails, written as ${path}: dmsim explore ${path}\n${failureText(failure)}`,
  );
  if (reason.startsWith('hung: ')) return EXIT.HUNG;
  return reason.startsWith('limit: ') ? EXIT.LIMIT : EXIT.BROKEN;
}
