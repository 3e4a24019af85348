// run-lab.ts — Runs one lab on one machine to its end: the shell, and everything it leaves running.
import { SelectorBroken } from '@dmsim/multipath';
import { completeEvents, watchInvariants } from '@dmsim/observe';
import type { Violation } from '@dmsim/observe';
import { LimitReached, NotSupported, continueRun, startRun } from '@dmsim/sim';
import type { Process, RunOptions, RunOutcome } from '@dmsim/sim';

import { hungReport } from './hung-report.ts';
import type { Machine } from './machine.ts';
import type { OnOutput } from './start-script.ts';
import { startScript } from './start-script.ts';
import { startUdev } from './udev/devd.ts';
import { blame, silentSelectorReport } from './user-selectors.ts';

/** How it ended, for whoever must say so. */
export type LabOutcome =
  | { readonly kind: 'exited'; readonly status: number }
  /** Nothing can go on: who waits for what since when. */
  | { readonly kind: 'hung'; readonly report: readonly string[] }
  /** A limit of the simulator, by name; `message` says what there was too much of, and where. */
  | {
      readonly kind: 'limit';
      readonly limit: string;
      readonly message: string;
      readonly report: readonly string[];
    }
  /** Something that Linux has and dmsim has not, or a path selector of the user's is broken: `message` says where and what. */
  | { readonly kind: 'refused'; readonly message: string };

/** Limits of a run; those of what a lab may use are sim's `LimitName`s. */
export type RunLimit = 'virtualTime' | 'maxEvents' | 'maxEventsPerInstant' | 'cpuTime' | 'memory';

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
  /** Variables of its environment, beside those that every lab has. */
  readonly env?: readonly (readonly [string, string])[];
  /** @defaultValue true */
  readonly checkInvariants?: boolean;
  readonly limits?: Pick<RunOptions, 'maxEvents' | 'maxEventsPerInstant' | 'hungAfter' | 'until'>;
  /**
   * Called before each event of the machine, for whoever looks at it or interferes (`startScript`) as it runs. The name of
   * a limit that is reached ends the run.
   */
  readonly between?: () => string | undefined;
}

/** What a lab's shell has in its environment beside what every login has. */
export const LAB_ENVIRONMENT: readonly (readonly [string, string])[] = [['DM_DISABLE_UDEV', '1']];

/** A lab whose first line has `#udev` gets udevd, which makes nodes and links; in others dmsetup makes them itself. */
function environmentOf(machine: Machine, text: string): typeof LAB_ENVIRONMENT {
  if (!/^[^\n]*#udev/.test(text)) return LAB_ENVIRONMENT;
  startUdev(machine);
  return [];
}

/** As in `RunOptions`. */
const HUNG_AFTER = 600e9;

/** Whether nothing but the polls of daemons has gone on for too long, asked before each event. */
function watchForHang({ sim, daemons }: Machine, hungAfter: number): () => boolean {
  let busyAt = sim.now;
  return () => {
    if (daemons.size === 0 || sim.queue.foreground > 0) busyAt = sim.now;
    return sim.now - busyAt > hungAfter;
  };
}

/** A lab under way, for whoever runs it piece by piece; `runLab` does it in one. */
export interface LabRun {
  /** What has been found to be broken so far, up to a batch of the trace ago. */
  readonly violations: readonly Violation[];
  /** Null when it has run so many events and could go on. Errors that are thrown are faults of the simulator. */
  advance(events: number): LabOutcome | null;
  /** Ends it as `advance` said, or cuts it short: all that has been found to be broken. */
  end(how: LabOutcome['kind'] | 'cut'): readonly Violation[];
}

export function runLab(machine: Machine, options: LabOptions): LabResult {
  const lab = beginLab(machine, options);
  const outcome = lab.advance(Infinity) as LabOutcome;
  return { outcome, violations: lab.end(outcome.kind) };
}

export function beginLab(machine: Machine, options: LabOptions): LabRun {
  const violations: Violation[] = [];
  const watch = options.checkInvariants === false ? null : watchInvariants(machine, violations);
  const advance = startToRun(machine, options);
  return {
    violations,
    advance,
    end(how) {
      completeEvents(machine.events);
      watch?.unsubscribe();
      return provesNothing(machine, how) ? [] : violations;
    },
  };
}

/** Cut short, or I/O waits beside paths because of a selector, as the report says: what it left behind is no fault of dm's. */
const provesNothing = (machine: Machine, how: LabOutcome['kind'] | 'cut'): boolean =>
  how === 'refused' || (how === 'hung' && silentSelectorReport(machine).length > 0);

function startToRun(machine: Machine, options: LabOptions): LabRun['advance'] {
  const { sim } = machine;
  const { limits, between } = options;
  let shell: Process | null = null;
  let limit: string | undefined;
  const isHung = watchForHang(machine, limits?.hungAfter ?? HUNG_AFTER);
  const over = (): boolean => sim.processes.size === machine.daemons.size || isHung();
  const stop = between === undefined ? over : () => (limit = between()) !== undefined || over();
  const run = startRun(sim, { ...limits, stop });
  return (events) => {
    try {
      shell ??= startShell(machine, options);
      const outcome = continueRun(run, events);
      if (limit !== undefined) return limited(machine, limit, 'it was reached');
      if (outcome !== null && isHung()) return { kind: 'hung', report: waitReport(machine) };
      return outcome === null ? null : outcomeOf(machine, shell, outcome);
    } catch (error) {
      return endedBy(machine, error);
    }
  };
}

function startShell(
  machine: Machine,
  { name, text, args = [], env: more = [], onOutput }: LabOptions,
): Process {
  const env = [...environmentOf(machine, text), ...more];
  return startScript(machine, { name, text, argv: [name, ...args], env, onOutput });
}

function outcomeOf(machine: Machine, shell: Process, outcome: RunOutcome): LabOutcome {
  switch (outcome.kind) {
    case 'idle':
    case 'stopped':
      return { kind: 'exited', status: shell.status };
    case 'hung':
      return { kind: 'hung', report: waitReport(machine) };
    case 'limit':
      return limited(machine, ...RUN_LIMITS[outcome.limit]);
  }
}

type SimLimit = Extract<RunOutcome, { kind: 'limit' }>['limit'];

const RUN_LIMITS: Readonly<Record<SimLimit, readonly [RunLimit, string]>> = {
  maxEvents: ['maxEvents', 'so many events, and it could go on'],
  maxEventsPerInstant: ['maxEventsPerInstant', 'so many events, and time does not move on'],
  until: ['virtualTime', 'so much virtual time, and it could go on'],
};

/** A run that a limit ends; who waits for what is told as for one that hung. */
export const limited = (machine: Machine, limit: string, message: string): LabOutcome => ({
  kind: 'limit',
  limit,
  message,
  report: waitReport(machine),
});

function endedBy(machine: Machine, error: unknown): LabOutcome {
  if (error instanceof NotSupported) return { kind: 'refused', message: error.message };
  if (error instanceof SelectorBroken) return { kind: 'refused', message: blame(machine, error) };
  const reached = limitOf(machine, error);
  if (reached === null) throw error;
  return limited(machine, reached.limit, placeOf(machine.sim.failed) + reached.message);
}

/** The host language has limits of its own, reached by endless recursion and by texts without bounds. */
function limitOf({ sim }: Machine, error: unknown): LimitReached | null {
  if (error instanceof LimitReached) return error;
  if (!(error instanceof RangeError)) return null;
  if (error.message.includes('call stack')) return new LimitReached('nesting', sim.limits);
  if (/Invalid (?:string|array) length|allocation failed/.test(error.message))
    return new LimitReached('textLength', sim.limits);
  return null;
}

/** `lab.sh:3: dd: `, or nothing where no process is to blame. */
export function placeOf(process: Process | null): string {
  if (process === null) return '';
  const { origin, name } = process;
  return `${origin === null ? '' : `${origin.file}:${origin.line}: `}${name}: `;
}

const waitReport = (machine: Machine): string[] => [
  ...hungReport(machine),
  ...silentSelectorReport(machine),
];
