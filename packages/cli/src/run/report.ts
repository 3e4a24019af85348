// report.ts — The verdict of a run, on standard error, and the exit status that goes with it.
import type { LabOutcome, LabResult } from '@dmsim/host';
import type { Violation } from '@dmsim/observe';

import { EXIT } from '../exit-status.ts';
import { say } from '../process/standard-streams.ts';
import type { Cut } from './drive-lab.ts';
import type { RunOptions } from './run-options.ts';

export interface Ending extends Pick<LabResult, 'violations'> {
  readonly outcome: LabOutcome | Cut;
}

export interface Figures {
  readonly options: RunOptions;
  /** Virtual time, in ns. */
  readonly virtual: number;
  readonly cpuMs: number;
}

/** Returns the exit status. */
export function report({ outcome, violations }: Ending, figures: Figures): number {
  const { options } = figures;
  reportBroken(violations);
  if (violations.length > 0) say(`to see it again: ${options.again}`);
  const status = reportOutcome(outcome, figures);
  if (violations.length > 0) return EXIT.BROKEN;
  if (!options.quiet && outcome.kind === 'exited') {
    const cpu = figures.cpuMs.toFixed(0);
    say(
      `exit status ${outcome.status}; every invariant held; ${seconds(figures)} s of virtual time in ${cpu} ms of CPU`,
    );
  }
  return status;
}

/** The first of each kind in full, and how many more there are. */
function reportBroken(violations: readonly Violation[]): void {
  for (const invariant of new Set(violations.map((one) => one.invariant))) {
    const [first, ...more] = violations.filter((one) => one.invariant === invariant);
    if (first === undefined) continue;
    say(`broken: ${invariant}: ${first.message}`);
    say(`  ${first.meaning}`);
    const { device, submitter: by } = first;
    if (device !== undefined) say(`  the device is ${device}`);
    if (by !== undefined)
      say(`  ${by.comm} (pid ${by.pid}), started by ${by.file}:${by.line}, submitted the I/O`);
    if (more.length > 0) say(`  and ${more.length} more of this kind`);
  }
}

const seconds = ({ virtual }: Figures): string => (virtual / 1e9).toFixed(3);

function reportOutcome(outcome: LabOutcome | Cut, figures: Figures): number {
  switch (outcome.kind) {
    case 'exited':
      return outcome.status;
    case 'hung':
      say('hung: nothing can go on, and these wait:');
      for (const line of outcome.report) say(`  ${line}`);
      return EXIT.HUNG;
    case 'limit': {
      say(
        `stopped by the limit ${outcome.limit}: ${outcome.message} (${remedy(outcome.limit)}, see docs/limits.md)`,
      );
      if (outcome.report.length > 0) say(`at ${seconds(figures)} s these wait:`);
      for (const line of outcome.report.slice(0, MAX_LINES)) say(`  ${line}`);
      const more = outcome.report.length - MAX_LINES;
      if (more > 0) say(`  and ${more} more`);
      return EXIT.LIMIT;
    }
    case 'refused':
      say(outcome.message);
      return EXIT.REFUSED;
    case 'cut':
      if (outcome.by !== 'EPIPE')
        say(`ended by ${outcome.by} at ${seconds(figures)} s of virtual time`);
      return EXIT.BROKEN;
  }
}

const MAX_LINES = 10;

const OPTIONS: Readonly<Record<string, string>> = {
  virtualTime: '--max-virtual-time',
  maxEvents: '--max-events',
  cpuTime: '--max-cpu-time',
  memory: '--max-memory',
};

/** How to raise a limit. */
function remedy(limit: string): string {
  if (limit === 'maxEventsPerInstant' || limit === 'nesting') return 'it has no option';
  const option = OPTIONS[limit];
  return option === undefined ? `--limit ${limit}=N raises it` : `${option} raises it`;
}
