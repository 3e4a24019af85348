// explore-command.ts — dmsim explore [LAB]: one lab under many orders, and every outcome it has; without one, generated schedules.
import type { Setup } from '@dmsim/kit';
import { createExploration, nextBatch, ranAll, runFifo, takeResult } from '@dmsim/kit';

import type { Command } from './command.ts';
import { EXIT } from './exit-status.ts';
import { findingsOf } from './explore/findings.ts';
import type { ExploreOptions } from './explore/options.ts';
import { parseExplore, parseScheduleSearch } from './explore/options.ts';
import { showProgress } from './explore/progress.ts';
import type { Report } from './explore/report.ts';
import { jsonOf, statusOf, textOf } from './explore/report.ts';
import { searchSchedules } from './explore/search-schedules.ts';
import type { Written } from './explore/write-files.ts';
import { writeFiles } from './explore/write-files.ts';
import { runWork, whereText } from './jobs/work.ts';
import type { SelectorSource } from './load-selectors.ts';
import { importSelectors, selectorSources } from './load-selectors.ts';
import { print, say } from './standard-streams.ts';
import { tellMisplaced } from './tell-misplaced.ts';

const HELP = `Usage: dmsim explore [OPTION]... [LAB [ARGUMENT]...]
Runs LAB under many orders of what a machine does at about the same time, with every invariant watched, and prints each
distinct outcome (transcript, exit status, verdict): how often, with which seed first, and how it differs from fifo's.
Outcomes other than fifo's, and failures, are made small (the fewest choices that lead there, then the fewest lines)
and written as NAME-N.sh and NAME-N.choices, which 'dmsim run --replay' repeats.
Without LAB it runs generated schedules of I/O, path losses, table swaps and suspends, each in one order, until an invariant
breaks; the schedule is then made small and written as schedule.sh.

  --strategy NAME   random (default): any order; urw: random, fair to those with much to do; pct: few changes, anywhere;
                    exhaustive: every order, those with few deviations from fifo first
  --slack TIME      what is due within TIME may go first (default 1ms, and 0 for exhaustive)
  --runs N          how many (default 2000, and at most 100000 for exhaustive)
  --seconds S       stops after S seconds
  --deviations N    for exhaustive: choices other than fifo's in one run (default 2; 'all': any number)
  --seed N          of the first run; the next has N+1, and so on (default 1)
  --jobs N          worker threads (default: one a processor); the result does not depend on it
  --queue URL       redis://HOST:PORT: the runs are done by 'dmsim worker URL', here or on other machines
  --requeue NAME, --selector FILE   as for dmsim run
  --expect-one      a second outcome is a failure
  --expect NAME     so is a NAME that no run came to ('simctl reach NAME' in the lab)
  --out DIR         where the files go (default: here)
  --json            prints JSON
  --help            this
  --version

Examples:
  dmsim explore lab.sh                                   2000 orders
  dmsim explore --strategy pct --runs 20000 lab.sh       deeper
  dmsim explore --strategy exhaustive --deviations 1 lab.sh
  dmsim explore --seconds 60 --selector ./mine.ts        generated schedules, with a selector of yours

Exit status: 0; 1 when an expectation was not met; 121 a limit was reached, 122 a run hung, 123 an invariant broke or a run
did not repeat itself, 125 when dmsim refuses.
`;

async function run(argv: readonly string[]): Promise<number> {
  const search = parseScheduleSearch(argv);
  if (search !== null) {
    return searchSchedules(
      search,
      await selectorSources(search.selectorFiles, { portable: false }),
    );
  }
  const options = parseExplore(argv);
  tellMisplaced(options.misplaced, options.setup.lab.name);
  const portable = options.workforce.queue !== null;
  const sources = await selectorSources(options.selectorFiles, { portable });
  const setup: Setup = { ...options.setup, selectors: await importSelectors(sources) };
  const fifo = runFifo(setup, options.plan);
  if (fifo.outcome.ending.kind === 'refused') {
    for (const line of fifo.outcome.details) say(line);
    return EXIT.REFUSED;
  }
  const { exploration, complete } = await runs(options, sources);
  const findings = findingsOf(exploration, setup, fifo);
  const files = new Map<number, Written>();
  for (const finding of findings) {
    const { smallest, number } = finding;
    if (smallest !== null) files.set(number, writeFiles(finding, smallest, options.out));
  }
  const report: Report = { options, exploration, findings, files, complete };
  print(options.json ? jsonOf(report) : textOf(report));
  return statusOf(report);
}

async function runs(
  options: ExploreOptions,
  selectors: readonly SelectorSource[],
): Promise<Pick<Report, 'exploration' | 'complete'>> {
  const { plan, setup, workforce, seconds } = options;
  const exploration = createExploration(plan);
  const started = process.uptime() * 1000;
  const endsAt = seconds === null ? null : started + seconds * 1000;
  let interrupted = false;
  const interrupt = (): void => {
    interrupted = true;
  };
  process.once('SIGINT', interrupt);
  const isOver = (): boolean =>
    interrupted || (endsAt !== null && process.uptime() * 1000 >= endsAt);
  const progress = showProgress(exploration, endsAt);
  try {
    await runWork(
      {
        job: { kind: 'explore', shared: { plan, setup, selectors } },
        next: () => (isOver() ? null : nextBatch(exploration)),
        take({ number }, result) {
          takeResult(exploration, number, result);
          progress.update();
        },
        // What was begun is counted: the end of time only ends what is handed out.
        signal: new AbortController().signal,
      },
      workforce,
    );
  } finally {
    progress.end();
    process.removeListener('SIGINT', interrupt);
  }
  const rate = (exploration.tally.runs * 1000) / Math.max(1, process.uptime() * 1000 - started);
  if (!options.json) say(`${rate.toFixed(0)} runs a second ${whereText(workforce)}`);
  return { exploration, complete: ranAll(exploration) || exploration.started >= plan.runs };
}

export const exploreCommand: Command = {
  name: 'explore',
  operands: '[OPTION]... [LAB [ARGUMENT]...]',
  summary: 'runs a lab under many orders and prints every outcome',
  help: HELP,
  run,
};
