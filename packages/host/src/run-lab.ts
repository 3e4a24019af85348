// run-lab.ts — Runs one lab on one machine to its end: the shell, and everything it leaves running.
import { SelectorBroken } from '@dmsim/multipath';
import { completeEvents, watchInvariants } from '@dmsim/observe';
import type { Violation } from '@dmsim/observe';
import { NotSupported, hangReport, run } from '@dmsim/sim';
import type { RunOptions } from '@dmsim/sim';

import type { Machine } from './machine.ts';
import type { OnOutput } from './start-script.ts';
import { startScript } from './start-script.ts';
import { silentSelectorReport } from './user-selectors.ts';

/** How it ended, for whoever must say so. */
export type LabOutcome =
  | { readonly kind: 'exited'; readonly status: number }
  /** Nothing can go on: who waits for what since when. */
  | { readonly kind: 'hung'; readonly report: readonly string[] }
  /** A limit of the simulator, by name. */
  | { readonly kind: 'limit'; readonly limit: string; readonly report: readonly string[] }
  /** Something that Linux has and dmsim has not, or a path selector of the user's is broken: `message` says where and what. */
  | { readonly kind: 'refused'; readonly message: string };

export interface LabResult {
  readonly outcome: LabOutcome;
  readonly violations: readonly Violation[];
}

export interface LabOptions {
  /** As `$0` and messages show it. */
  readonly name: string;
  readonly text: string;
  readonly onOutput: OnOutput;
  readonly args?: readonly string[];
  /** @defaultValue true */
  readonly checkInvariants?: boolean;
  readonly limits?: Pick<RunOptions, 'maxEvents' | 'maxEventsPerInstant' | 'hungAfter'>;
  /**
   * Called before each event of the machine, for whoever looks at it or interferes (`startScript`) as it runs. The name of
   * a limit that is reached ends the run.
   */
  readonly between?: () => string | undefined;
}

/** What a lab's shell has in its environment beside what every login has. */
export const LAB_ENVIRONMENT: readonly (readonly [string, string])[] = [['DM_DISABLE_UDEV', '1']];

export function runLab(machine: Machine, options: LabOptions): LabResult {
  const violations: Violation[] = [];
  const watch = options.checkInvariants === false ? null : watchInvariants(machine, violations);
  const outcome = runToEnd(machine, options);
  completeEvents(machine.events);
  watch?.unsubscribe();
  return { outcome, violations: provesNothing(machine, outcome) ? [] : violations };
}

/** Cut short, or I/O waits beside paths because of a selector, as the report says: what it left behind is no fault of dm's. */
const provesNothing = (machine: Machine, { kind }: LabOutcome): boolean =>
  kind === 'refused' || (kind === 'hung' && silentSelectorReport(machine).length > 0);

function runToEnd(machine: Machine, options: LabOptions): LabOutcome {
  const { sim } = machine;
  try {
    const { name, text, args = [], onOutput, between } = options;
    const env = LAB_ENVIRONMENT;
    const shell = startScript(machine, { name, text, argv: [name, ...args], env, onOutput });
    let limit: string | undefined;
    const over = (): boolean => sim.processes.size === 0;
    const stop = between === undefined ? over : () => (limit = between()) !== undefined || over();
    const outcome = run(sim, { ...options.limits, stop });
    switch (outcome.kind) {
      case 'idle':
      case 'stopped':
        if (limit !== undefined) return { kind: 'limit', limit, report: waitReport(machine) };
        return { kind: 'exited', status: shell.status };
      case 'hung':
        return { kind: 'hung', report: waitReport(machine) };
      case 'limit':
        return { kind: 'limit', limit: outcome.limit, report: waitReport(machine) };
    }
  } catch (error) {
    if (error instanceof NotSupported) return { kind: 'refused', message: error.message };
    if (error instanceof SelectorBroken) return { kind: 'refused', message: blame(machine, error) };
    throw error;
  }
}

const waitReport = (machine: Machine): string[] => [
  ...hangReport(machine.sim),
  ...silentSelectorReport(machine),
];

function blame({ selectorFiles }: Machine, { selector, message }: SelectorBroken): string {
  const file = selectorFiles.get(selector);
  return file === undefined ? message : `${file}: ${message}`;
}
