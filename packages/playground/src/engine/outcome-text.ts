// outcome-text.ts — Says how a run ended, in the words of the command line.
import type { LabOutcome } from '@dmsim/host';

/** Says how a run ended, in the words of the command line. */
export function outcomeText(outcome: LabOutcome): string {
  switch (outcome.kind) {
    case 'exited':
      return `exit status ${outcome.status}`;
    case 'hung':
      return 'hung: nothing can go on';
    case 'limit':
      return `stopped by the limit on ${outcome.limit}: ${outcome.message}`;
    case 'refused':
      return outcome.message;
  }
}
