// search-schedules.ts — dmsim explore without a lab: generated schedules in place of one, until an invariant breaks.
import { join } from 'node:path';

import type { UserInvariants } from '@dmsim/host';
import {
  blameInvariant,
  createUserInvariants,
  guardInvariants,
  placeOfInvariant,
} from '@dmsim/host';
import type { Failure, ScheduleOptions, SearchResult } from '@dmsim/kit';
import { anyGuest, anySchedule, BadSchedule, failureText, printLab, search } from '@dmsim/kit';

import { EXIT } from '../exit-status.ts';
import { quote } from '../options/command-text.ts';
import type { UserCode, UserFiles } from '../plugins/load-plugins.ts';
import { importUserCode, optionsOfFiles, userSources } from '../plugins/load-plugins.ts';
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
export async function searchSchedules(wanted: ScheduleSearch): Promise<number> {
  const { runs, seed, seconds, out, strategy, slack, requeue, userFiles } = wanted;
  refuseNoFolder(out);
  const { selectors, targets, invariants } = await importUserCode(await userSources(userFiles));
  const own = ownOf({ selectors, targets });
  const watched = createUserInvariants(invariants);
  const trouble = { ...TROUBLE, ...own?.tables };
  const plain = anySchedule(trouble);
  const ofGuests = anySchedule({ ...trouble, guest: anyGuest() });
  const endsAt = seconds === null ? Infinity : process.uptime() + seconds;
  catchInterrupts();
  const isOver = (): boolean => interrupted() !== null || process.uptime() >= endsAt;
  const progress = createProgress();
  const setup = {
    strategy,
    slack,
    requeue,
    selectors,
    targets: targets.map(({ type }) => type),
    invariants: guardInvariants(watched),
  };
  let done = 0;
  for (let chunk = 0; done < runs && !isOver(); chunk++) {
    const count = Math.min(CHUNK, runs - done);
    const schedules = (chunk + 1) % GUESTS_EVERY === 0 ? ofGuests : plain;
    const options = { ...setup, seed: seed + chunk, runs: count };
    const result = inTime({ own, watched }, () => search(schedules, options));
    if (result === undefined) return stuck(progress, { own, watched });
    refuseBroken(progress, watched);
    const { failure } = result;
    if (failure !== null) {
      progress.clear();
      return found(failure, done + failure.foundAfter, { out, userFiles });
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

/** The code of the user that all schedules use. */
interface Own {
  /** For messages: `mine.js: path selector mine`. */
  readonly name: string;
  readonly tables: Pick<ScheduleOptions, 'ownSelector' | 'ownTarget'>;
}

/** Schedules can use one selector or one target; null: those of Linux. */
function ownOf({ selectors, targets }: Pick<UserCode, 'selectors' | 'targets'>): Own | null {
  const [selector, secondSelector] = selectors;
  const [target, secondTarget] = targets;
  if (secondSelector !== undefined)
    throw new Refusal('explore: generated schedules have one --selector');
  if (secondTarget !== undefined)
    throw new Refusal('explore: generated schedules have one --target');
  if (selector !== undefined && target !== undefined)
    throw new Refusal(
      'explore: generated schedules have a --selector or a --target: all tables use it',
    );
  if (target !== undefined) {
    const { name } = target.type;
    return {
      name: `${target.file}: target type ${name}`,
      tables: { ownTarget: { type: 'target', target: name, params: '$0 0' } },
    };
  }
  if (selector === undefined) return null;
  const { name } = selector.type;
  return {
    name: `${selector.file}: path selector ${name}`,
    tables: { ownSelector: { name, args: [], pathArgs: [] } },
  };
}

/** A chunk takes a second or so, and not much longer to make a failure small. */
const STUCK_MS = 60_000;

/** The user's code that could keep a schedule from ending. */
interface UsersCode {
  readonly own: Own | null;
  readonly watched: UserInvariants;
}

/** Undefined when the user's code did not come back. */
function inTime({ own, watched }: UsersCode, act: () => SearchResult): SearchResult | undefined {
  if (own === null && watched.all.length === 0) return act();
  try {
    return callWithin(STUCK_MS, act);
  } catch (error) {
    if (own === null || !(error instanceof BadSchedule)) throw error;
    throw new Refusal(`${own.name}: it gets the words DEVICE 0, as linear does: ${error.message}`);
  }
}

/** What a broken invariant has found, or missed, proves nothing. */
function refuseBroken(progress: Progress, watched: UserInvariants): void {
  const message = blameInvariant(watched);
  if (message === null) return;
  progress.clear();
  throw new Refusal(message);
}

function stuck(progress: Progress, { own, watched }: UsersCode): number {
  progress.clear();
  const invariant = placeOfInvariant(watched);
  const who = invariant ?? (own === null ? 'a hook' : `${own.name}: a hook`);
  say(
    `stopped by the limit cpuTime: ${who} does not end: schedules were still running after ${STUCK_MS / 1000} s`,
  );
  return EXIT.LIMIT;
}

function found(
  failure: Failure,
  after: number,
  { out, userFiles }: { readonly out: string; readonly userFiles: UserFiles },
): number {
  const { reason, schedule } = failure;
  const path = join(out, 'schedule.sh');
  writeInto(out, { [path]: printLab(schedule, reason.split('\n')[0] ?? reason) });
  const code = optionsOfFiles(userFiles).map(([kind, file]) => ` --${kind} ${quote(file)}`);
  print(
    `schedule ${after} fails, written as ${path}: dmsim explore${code.join('')} ${quote(path)}\n${failureText(failure)}`,
  );
  if (reason.startsWith('hung: ')) return EXIT.HUNG;
  return reason.startsWith('limit: ') ? EXIT.LIMIT : EXIT.BROKEN;
}
