// invariant.ts — The contract of an invariant: a record with a name, and a check that is made anew for each run.
import type { Nanos } from '@dmsim/sim';

import type { TraceEvent } from '../trace-event.ts';
import type { Watched } from '../watched.ts';
import type { Ledger } from './ledger.ts';

export interface Invariant {
  /** States what holds, in a few words, for reports. */
  readonly name: string;
  /** The consequence for users of the machine if it does not hold: a sentence. */
  readonly meaning: string;
  /** Codes of the trace points it wants to see. */
  readonly points: readonly number[];
  start(run: WatchedRun): Check;
}

export interface Check {
  /** Called for each record of `points`, before the ledger takes it in. */
  see(event: TraceEvent): void;
  /** Called when the run is over. `nothingDue`: nothing would have changed by itself any more. */
  end?(at: { readonly nothingDue: boolean }): void;
}

export interface WatchedRun {
  readonly machine: Watched;
  readonly ledger: Ledger;
  readonly report: (finding: Finding) => void;
}

export interface Finding {
  readonly message: string;
  readonly at: Nanos;
  readonly bioId?: number;
  readonly dev?: number;
}
