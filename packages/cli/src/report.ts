// report.ts — The verdict of a run, on standard error, and the exit status that goes with it.
import type { LabOutcome, LabResult } from '@dmsim/host';

import { EXIT } from './exit-status.ts';
import { say } from './standard-streams.ts';

export interface Figures {
  readonly quiet: boolean;
  /** Virtual time, in ns. */
  readonly virtual: number;
  readonly cpuMs: number;
}

/** Returns the exit status. */
export function report({ outcome, violations }: LabResult, figures: Figures): number {
  for (const { invariant, message } of violations) say(`broken: ${invariant}: ${message}`);
  const status = reportOutcome(outcome);
  if (violations.length > 0) return EXIT.BROKEN;
  if (!figures.quiet && outcome.kind === 'exited') {
    const seconds = (figures.virtual / 1e9).toFixed(3);
    say(
      `exit status ${outcome.status}; every invariant held; ${seconds} s of virtual time in ${figures.cpuMs.toFixed(0)} ms of CPU`,
    );
  }
  return status;
}

function reportOutcome(outcome: LabOutcome): number {
  switch (outcome.kind) {
    case 'exited':
      return outcome.status;
    case 'hung':
      say('hung: nothing is due, and these wait:');
      for (const line of outcome.report) say(`  ${line}`);
      return EXIT.HUNG;
    case 'limit':
      say(`stopped by the limit ${outcome.limit}; these wait:`);
      for (const line of outcome.report) say(`  ${line}`);
      return EXIT.LIMIT;
    case 'refused':
      say(outcome.message);
      return EXIT.REFUSED;
  }
}
