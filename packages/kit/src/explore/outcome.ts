// outcome.ts — The outcome of one run of a lab: its transcript, how it ended, and the invariants that broke.
import type { LabOutcome, LabResult } from '@dmsim/host';
import { asError, thrownAt } from '@dmsim/sim';

export interface Outcome {
  /** Both descriptors, as they were written. */
  readonly transcript: string;
  readonly ending: Ending;
  /** Names of the invariants that broke, each once. */
  readonly broken: readonly string[];
  /** Lines for a person, beside the transcript: each waiting process, each broken invariant with its bio. They are not compared. */
  readonly details: readonly string[];
}

export type Ending =
  | { readonly kind: 'exited'; readonly status: number }
  | { readonly kind: 'hung' }
  | { readonly kind: 'limit'; readonly limit: string }
  | { readonly kind: 'refused' }
  /** A fault of the simulator: it threw the error whose name and message these are. */
  | { readonly kind: 'crashed'; readonly error: string };

export function outcomeOf(transcript: string, { outcome, violations }: LabResult): Outcome {
  const broken = [...new Set(violations.map(({ invariant }) => invariant))].toSorted();
  const found = violations.map(({ invariant, message }) => `${invariant}: ${message}`);
  return {
    transcript,
    ending: endingOf(outcome),
    broken,
    details: [...found, ...detailsOf(outcome)],
  };
}

function endingOf(outcome: LabOutcome): Ending {
  switch (outcome.kind) {
    case 'exited':
      return { kind: 'exited', status: outcome.status };
    case 'hung':
      return { kind: 'hung' };
    case 'limit':
      return { kind: 'limit', limit: outcome.limit };
    case 'refused':
      return { kind: 'refused' };
  }
}

function detailsOf(outcome: LabOutcome): readonly string[] {
  switch (outcome.kind) {
    case 'exited':
      return [];
    case 'hung':
      return outcome.report;
    case 'limit':
      return [outcome.message, ...outcome.report];
    case 'refused':
      return [outcome.message];
  }
}

/** Of a run that the simulator did not survive. */
export function crashOutcome(transcript: string, thrown: unknown): Outcome {
  const { name, message } = asError(thrown);
  const error = `${name}: ${message.split('\n')[0]}`;
  const place = thrownAt(thrown);
  return {
    transcript,
    ending: { kind: 'crashed', error },
    broken: [],
    details: place === '' ? [] : [`in ${place}`],
  };
}

/** Equal for runs with the same outcome. */
export const outcomeKey = ({ transcript, ending, broken }: Outcome): string =>
  JSON.stringify([ending, broken, transcript]);

/** The reason why a run failed, equal for runs that fail in the same way, whatever they printed. Null: it did not fail. */
export function failureOf({ ending, broken }: Outcome): string | null {
  if (broken.length > 0) return broken.join(', ');
  if (ending.kind === 'crashed') return endingText(ending).replaceAll(/\d+/g, 'N');
  return ending.kind === 'exited' && ending.status === 0 ? null : endingText(ending);
}

/** As reports put it: `exit status 1`, `hung`, `stopped by the limit events`. */
export function endingText(ending: Ending): string {
  switch (ending.kind) {
    case 'exited':
      return `exit status ${ending.status}`;
    case 'hung':
      return 'hung';
    case 'limit':
      return `stopped by the limit ${ending.limit}`;
    case 'refused':
      return 'refused';
    case 'crashed':
      return `internal error: ${ending.error}`;
  }
}
