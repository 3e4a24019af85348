// explore-command.ts — dmsim explore [LAB]: runs a lab in many orders and shows every outcome; without a lab, runs generated schedules.
import type { Exploration, IsOver, LabRun, Setup } from '@dmsim/kit';
import { createExploration, nextBatch, ranAll, runFifo, takeResult } from '@dmsim/kit';

import type { Command } from './command.ts';
import { EXIT } from './exit-status.ts';
import { diffRuns } from './explore/diff-runs.ts';
import { findingsOf } from './explore/findings.ts';
import type { ExploreOptions } from './explore/options.ts';
import { parseDiff, parseExplore, parseScheduleSearch, UNLIMITED } from './explore/options.ts';
import { showProgress } from './explore/progress.ts';
import type { Report } from './explore/report.ts';
import { jsonOf, statusOf, textOf } from './explore/report.ts';
import type { ResumeFile } from './explore/resume-file.ts';
import { openResumeFile } from './explore/resume-file.ts';
import { searchSchedules } from './explore/search-schedules.ts';
import type { Written } from './explore/write-files.ts';
import { refuseNoFolder, writeFiles } from './explore/write-files.ts';
import { runWork, whereText } from './jobs/work.ts';
import type { UserSource } from './plugins/load-plugins.ts';
import { importWatchedCode, userSources } from './plugins/load-plugins.ts';
import { catchInterrupts, interrupted } from './process/interrupts.ts';
import { print, say } from './process/standard-streams.ts';
import type { Progress } from './progress.ts';
import { createProgress } from './progress.ts';

const HELP = `Usage: dmsim explore [OPTION]... [LAB [OPTION | ARGUMENT]...] [-- ARGUMENT...]
       dmsim explore --diff A.choices [B.choices] [LAB]
Runs LAB many times, each time with events that are due at about the same time in another order, and watches every invariant.
Prints each distinct outcome (output, exit status, verdict): how often it came, its first seed, and how it differs from the
outcome in the usual order (fifo). Shrinks outcomes other than the usual one: to the fewest choices that lead there, then to
the fewest lines of the lab. Writes each as NAME-N.sh and NAME-N.choices, which 'dmsim run --replay' repeats. For a failure it
also prints the events that led to it.
Without LAB it generates schedules of I/O, path losses, table swaps and suspends, and runs each in one order, until an
invariant breaks; then it shrinks the schedule and writes it as schedule.sh. A virtual machine does the I/O in a fifth of them.
With --target, their tables are those of your target type, which gets the words DEVICE 0, as linear does. With --invariant,
they also break when yours does.
Options may stand before or after LAB. Other words after LAB, and all words after '--', are arguments of the lab.
--diff runs recorded choices again and shows the first events in which two runs differ: two recorded runs, or one and the run
in the usual order.

  --strategy NAME   random (default): any order; urw: random, weighted by how much each process still has to do;
                    pct: few changes, anywhere; exhaustive: every order, those nearest to fifo first
  --slack TIME      an event may come up to TIME early (default 1ms, and 0 for exhaustive)
  --runs N          tries N orders (default 2000, and at most 100000 for exhaustive)
  --seconds S       stops after S seconds
  --deviations N    for exhaustive: at most N choices other than fifo's in one run (default 2; 'all': any number)
  --seed N          gives the first run seed N, the next N+1, and so on (default 1)
  --jobs N          worker threads (default: one per processor); the result does not depend on it
  --queue URL       redis://HOST:PORT: leaves the runs to 'dmsim worker URL', here or on other machines
  --resume FILE     saves progress in FILE; the same command continues from there, also with more --runs
  --requeue NAME, --selector FILE, --target FILE, --checker FILE, --prioritizer FILE, --invariant FILE
                    as for dmsim run
  --expect-one      fails if there is a second outcome
  --expect NAME     fails if no run reached 'simctl reach NAME' in the lab; may be given several times
  --out DIR         writes the files to DIR (default: the current folder)
  --json            prints JSON
  --help            prints this page
  --version

Examples:
  dmsim explore lab.sh                                   2000 orders
  dmsim explore --strategy pct --runs 20000 lab.sh       deeper
  dmsim explore --strategy exhaustive --deviations 1 lab.sh
  dmsim explore --runs 1000000 --resume lab.state lab.sh
                                                         over night: Ctrl-C prints the results so far
  dmsim explore --invariant ./quick.mjs lab.sh           also watches what must hold for you
  dmsim explore --diff lab-2.choices                     where that run differs from the usual one
  dmsim explore --seconds 60 --selector ./mine.ts        generated schedules, with your own selector

Exit status: 0; 1 when an expectation was not met; 120 dmsim itself failed in a run, 121 a limit was reached, 122 a run hung,
123 an invariant broke or a run did not repeat itself, 125 when dmsim refuses.
`;

async function run(argv: readonly string[]): Promise<number> {
  const diff = parseDiff(argv);
  if (diff !== null) return diffRuns(diff);
  const search = parseScheduleSearch(argv);
  if (search !== null) return searchSchedules(search);
  return exploreLab(parseExplore(argv));
}

async function exploreLab(options: ExploreOptions): Promise<number> {
  const { plan, out } = options;
  refuseNoFolder(out);
  for (const word of options.strangers)
    say(`${word}: passed to ${options.setup.lab.name}, as explore has no such option`);
  const portable = options.workforce.queue !== null;
  const sources = await userSources(options.userFiles, { portable });
  const setup: Setup = { ...options.setup, ...(await importWatchedCode(sources)) };
  const fifo = runFifo(setup, plan);
  const unfit = whyUnfit(fifo);
  if (unfit !== null) return unfit;
  const file = options.resume === null ? null : openResumeFile(options.resume, options);
  const exploration = file?.exploration ?? createExploration(plan);
  const complete = await runAll(exploration, { options, sources, file });
  const shrinking = createProgress();
  const findings = findingsOf(exploration, {
    setup,
    fifo,
    isOver: tellingOf(shrinking, patience()),
  });
  shrinking.clear();
  const files = new Map<number, Written>();
  for (const finding of findings) {
    const { smallest, number } = finding;
    if (smallest !== null) files.set(number, writeFiles(finding, smallest, out));
  }
  const report: Report = { options, exploration, findings, files, complete };
  print(options.json ? jsonOf(report) : textOf(report));
  return statusOf(report);
}

/** Says why a lab is not explored that does not even run in the usual order, and returns the exit status. */
function whyUnfit({ outcome: { ending, details } }: LabRun): number | null {
  if (ending.kind === 'refused') {
    for (const line of details) say(line);
    return EXIT.REFUSED;
  }
  if (ending.kind !== 'limit' || ending.limit !== 'cpuTime') return null;
  say(`stopped by the limit cpuTime: ${details[0] ?? ''}`);
  return EXIT.LIMIT;
}

/** Each question whether to go on is a step of making outcomes small. */
function tellingOf(progress: Progress, isOver: IsOver): IsOver {
  return () => {
    progress.tell('making each outcome as small as possible');
    return isOver();
  };
}

/** After a signal there is not much time to make outcomes small: the user waits for the report. */
const PATIENCE_MS = 2000;

function patience(): IsOver {
  let signalAt: number | null = null;
  return () => {
    if (signalAt === null && interrupted() !== null) signalAt = clock();
    return signalAt !== null && clock() - signalAt > PATIENCE_MS;
  };
}

const clock = (): number => process.uptime() * 1000;

interface Running {
  readonly options: ExploreOptions;
  readonly sources: readonly UserSource[];
  readonly file: ResumeFile | null;
}

/** False when it ended before all was run: by a signal, or for want of time. */
async function runAll(exploration: Exploration, running: Running): Promise<boolean> {
  const { options, sources, file } = running;
  const { plan, setup, workforce, seconds, expect } = options;
  const started = clock();
  const runsBefore = exploration.tally.runs;
  const endsAt = seconds === null ? null : started + seconds * 1000;
  catchInterrupts();
  const isOver = (): boolean => interrupted() !== null || (endsAt !== null && clock() >= endsAt);
  const progress = showProgress(exploration, { endsAt, expected: expect });
  let saveAt = started + SAVE_EVERY_MS;
  try {
    await runWork(
      {
        job: { kind: 'explore', shared: { plan, setup, sources } },
        next: () => (isOver() ? null : nextBatch(exploration)),
        take({ number }, result) {
          takeResult(exploration, number, result);
          progress.update();
          if (file !== null && clock() >= saveAt) saveAt = saveAndSchedule(file);
        },
        // Runs that have begun are counted: when the time is over, only no more are handed out.
        signal: new AbortController().signal,
      },
      workforce,
    );
  } finally {
    progress.end();
  }
  file?.save();
  tellEnd(exploration, running, { started, runsBefore });
  return ranAll(exploration) || exploration.started >= plan.runs;
}

/** An exploration that dies loses no more than this, or what it has done in twenty times the time that saving takes. */
const SAVE_EVERY_MS = 20_000;

/** Returns when to save next. */
function saveAndSchedule(file: ResumeFile): number {
  const began = clock();
  file.save();
  return clock() + Math.max(SAVE_EVERY_MS, 20 * (clock() - began));
}

function tellEnd(
  { tally, started: begun }: Exploration,
  { options, file }: Running,
  { started, runsBefore }: { readonly started: number; readonly runsBefore: number },
): void {
  const { workforce, json, plan, resume } = options;
  const rate = ((tally.runs - runsBefore) * 1000) / Math.max(1, clock() - started);
  if (!json) say(`${rate.toFixed(0)} runs a second ${whereText(workforce)}`);
  const signal = interrupted();
  if (signal === null) return;
  const goesOn = file === null ? '' : `; --resume ${resume} goes on from here`;
  const all = plan.runs === UNLIMITED ? '' : ` of ${plan.runs}`;
  say(`${signal}: ${begun}${all} runs are done${goesOn}`);
}

export const exploreCommand: Command = {
  name: 'explore',
  operands: '[OPTION]... [LAB [ARGUMENT]...]',
  summary: 'runs a lab under many orders and prints every outcome',
  help: HELP,
  run,
};
