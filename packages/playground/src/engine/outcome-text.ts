// outcome-text.ts — How a run ended, as the command line says it.
import type { LabOutcome } from '@dmsim/host';

/** How it ended, as the command line says it. */
export function outcomeText(outcome: LabOutcome): string {
  switch (outcome.kind) {
    case 'exited':
      return `exit status ${outcome.status}`;
    case 'hung':
      return `hung: ${outcome.report.length} wait for ever`;
    case 'limit':
      return `stopped by the limit on ${outcome.limit}`;
    case 'refused':
      return outcome.message;
  }
}
