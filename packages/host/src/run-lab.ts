// run-lab.ts — Runs one lab on one machine to its end, including everything that its shell leaves running.
import { SelectorBroken } from '@dmsim/multipath';
import { PluginBroken } from '@dmsim/multipathd';
import { completeEvents, watchGuest, watchInvariants, watchVm } from '@dmsim/observe';
import type { Violation } from '@dmsim/observe';
import { LimitReached, NotSupported, continueRun, startRun } from '@dmsim/sim';
import type { Process, RunOptions, RunOutcome } from '@dmsim/sim';

import { hungReport } from './hung-report.ts';
import type { Machine } from './machine.ts';
import type { OnOutput } from './start-script.ts';
import { placeScript, startScript } from './start-script.ts';
import { startUdev } from './udev/devd.ts';
import { blameInvariant, guardInvariants } from './user-invariants.ts';
import { blamePlugin } from './user-plugins.ts';
import { blame, silentSelectorReport } from './user-selectors.ts';
import { blameTarget, TargetBroken } from './user-targets.ts';

/** How the run ended. */
export type LabOutcome =
  | { readonly kind: 'exited'; readonly status: number }
  /** Nothing can go on; the report says which process waits for what, and since when. */
  | { readonly kind: 'hung'; readonly report: readonly string[] }
  /** A limit of the simulator, by name; `message` says what there was too much of, and where. */
  | {
      readonly kind: 'limit';
      readonly limit: string;
      readonly message: string;
      readonly report: readonly string[];
    }
  /** The lab uses something that dmsim lacks, or a user's plugin is broken; `message` says where and what. */
  | { readonly kind: 'refused'; readonly message: string };

/** Limits of a run. Limits of what a lab may use are sim's `LimitName`s. */
export type RunLimit = 'virtualTime' | 'maxEvents' | 'maxEventsPerInstant' | 'cpuTime' | 'memory';

export interface LabResult {
  readonly outcome: LabOutcome;
  readonly violations: readonly Violation[];
}

export interface LabOptions {
  /** Its name in `$0` and in messages. */
  readonly name: string;
  readonly text: string;
  /** `bash -c` runs it. */
  readonly fromCommandLine?: boolean;
  readonly onOutput: OnOutput;
  readonly args?: readonly string[];
  /** Variables of its environment, beside those that every lab has. */
  readonly env?: readonly (readonly [string, string])[];
  /** @defaultValue true */
  readonly checkInvariants?: boolean;
  readonly limits?: Pick<RunOptions, 'maxEvents' | 'maxEventsPerInstant' | 'hungAfter' | 'until'>;
  /**
   * Called before each event of the machine, so that a caller can look at it or interfere (`startScript`) as it runs.
   * Returning the name of a limit ends the run.
   */
  readonly between?: () => string | undefined;
}

/** Variables of the lab's shell beside those of every login. */
export const LAB_ENVIRONMENT: readonly (readonly [string, string])[] = [['DM_DISABLE_UDEV', '1']];

/** A lab whose first line has `#udev` gets udevd, which makes nodes and links; in others dmsetup makes them itself. */
function environmentOf(machine: Machine, text: string): typeof LAB_ENVIRONMENT {
  if (!/^[^\n]*#udev/.test(text)) return LAB_ENVIRONMENT;
  startUdev(machine);
  return [];
}

/** See `RunOptions`. */
const HUNG_AFTER = 600e9;

/** Checked before each event: true if only polls of daemons have gone on for too long. */
function watchForHang({ sim, daemons }: Machine, hungAfter: number): () => boolean {
  let busyAt = sim.now;
  return () => {
    if (daemons.size === 0 || sim.queue.foreground > 0) busyAt = sim.now;
    return sim.now - busyAt > hungAfter;
  };
}

/** A lab that is run piece by piece; `runLab` runs it in one go. */
export interface LabRun {
  /** Violations found so far, up to a batch of the trace ago. */
  readonly violations: readonly Violation[];
  /** Runs that many events. Null if the lab could go on. A thrown error is a fault of the simulator. */
  advance(events: number): LabOutcome | null;
  /** Ends the lab, or cuts it short, and returns all violations. */
  end(how: HowItEnded): readonly Violation[];
}

/** `cut`: short, between two events; `torn`: in the middle of one. */
export type HowItEnded = LabOutcome['kind'] | 'cut' | 'torn';

/** Of a lab that is not run piece by piece: there the processor's time is over only in the middle of an event. */
export const howItEnded = (outcome: LabOutcome): HowItEnded =>
  outcome.kind === 'limit' && outcome.limit === 'cpuTime' ? 'torn' : outcome.kind;

/** Runs a lab to its end. */
export type Drive = (machine: Machine, lab: Pick<LabRun, 'advance'>) => LabOutcome;

/** In one go: the caller gets no turn before the end. */
export const driveAtOnce: Drive = (_machine, lab) => lab.advance(Infinity) as LabOutcome;

/**
 * Runs a lab to its end, and tells how it ended and which invariants broke. A thrown error is a fault of the simulator.
 *
 * @param drive - by default `driveAtOnce`
 */
export function runLab(
  machine: Machine,
  options: LabOptions,
  drive: Drive = driveAtOnce,
): LabResult {
  const lab = beginLab(machine, options);
  const outcome = drive(machine, lab);
  return judged(machine, outcome, lab.end(howItEnded(outcome)));
}

/** A user's invariant that broke its contract is found out while it looks at the last events. Such a run proves nothing. */
export function judged<Ending>(
  machine: Machine,
  outcome: Ending,
  violations: readonly Violation[],
): { readonly outcome: Ending | LabOutcome; readonly violations: readonly Violation[] } {
  const message = blameInvariant(machine.userInvariants);
  if (message === null) return { outcome, violations };
  return { outcome: { kind: 'refused', message }, violations: [] };
}

/** Starts a lab of which nothing has run yet, with the invariants watching unless `checkInvariants` is false. */
export function beginLab(machine: Machine, options: LabOptions): LabRun {
  const violations: Violation[] = [];
  const watch = options.checkInvariants === false ? null : watchAll(machine, violations);
  const advance = startToRun(machine, options);
  return {
    violations,
    advance,
    end(how) {
      completeEvents(machine.events);
      watch?.end();
      return provesNothing(machine, how) ? [] : violations;
    },
  };
}

/** The machine, the virtual machines on it, and their guests. */
function watchAll(machine: Machine, violations: Violation[]): { end(): void } {
  const watch = watchInvariants(machine, violations, {
    invariants: guardInvariants(machine.userInvariants),
  });
  const guests: { end(): void }[] = [];
  machine.vmWatchers.push({
    started: (vm) => void watchVm(vm, violations),
    // The lab may write to the disks of a guest, or move what is below.
    booted: ({ vm, machine: { sim, layer } }) =>
      void guests.push(watchGuest({ sim, layer, vm }, violations, { isReliable: false })),
  });
  return {
    end() {
      for (const guest of guests) guest.end();
      watch.unsubscribe();
    },
  };
}

/** Whether the run was cut short, or a selector left I/O waiting beside paths: then dm is not to blame for what is left behind. */
const provesNothing = (machine: Machine, how: HowItEnded): boolean =>
  how === 'refused' ||
  how === 'torn' ||
  (how === 'hung' && silentSelectorReport(machine).length > 0);

function startToRun(machine: Machine, options: LabOptions): LabRun['advance'] {
  const { sim } = machine;
  const { limits, between } = options;
  let shell: Process | null = null;
  let limit: string | undefined;
  const isHung = watchForHang(machine, limits?.hungAfter ?? HUNG_AFTER);
  const isLeft = (): boolean => {
    const others = sim.processes.size - machine.daemons.size;
    if (others === 0) return true;
    return others === machine.outliving.size && shell?.state === 'zombie';
  };
  const over = (): boolean => isLeft() || isHung();
  const stop = between === undefined ? over : () => (limit = between()) !== undefined || over();
  const run = startRun(sim, { stop, ...limits });
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
  { name, text, fromCommandLine, args = [], env: more = [], onOutput }: LabOptions,
): Process {
  const env = [...environmentOf(machine, text), ...more];
  placeScript(machine, { name, text, fromCommandLine });
  return startScript(machine, {
    name,
    text,
    fromCommandLine,
    argv: [name, ...args],
    env,
    onOutput,
  });
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

/** The outcome of a run that a limit ended. It reports waiting processes as for a run that hung. */
export const limited = (machine: Machine, limit: string, message: string): LabOutcome => ({
  kind: 'limit',
  limit,
  message,
  report: waitReport(machine),
});

function endedBy(machine: Machine, error: unknown): LabOutcome {
  if (error instanceof NotSupported)
    return { kind: 'refused', message: lineOf(machine.sim.failed, error) + error.message };
  if (error instanceof PluginBroken)
    return { kind: 'refused', message: blamePlugin(machine, error) };
  if (error instanceof TargetBroken)
    return { kind: 'refused', message: blameTarget(machine, error) };
  if (error instanceof SelectorBroken) return { kind: 'refused', message: blame(machine, error) };
  const reached = limitOf(machine, error);
  if (reached === null) throw error;
  return limited(machine, reached.limit, placeOf(machine.sim.failed) + reached.message);
}

/** Limits of JavaScript itself, which endless recursion and huge texts reach. */
function limitOf({ sim }: Machine, error: unknown): LimitReached | null {
  if (error instanceof LimitReached) return error;
  if (!(error instanceof RangeError)) return null;
  if (error.message.includes('call stack')) return new LimitReached('nesting', sim.limits);
  if (/Invalid (?:string|array) length|allocation failed/.test(error.message))
    return new LimitReached('textLength', sim.limits);
  return null;
}

/** `lab.sh:3: dd: `, or empty if no process is to blame. */
export function placeOf(process: Process | null): string {
  if (process === null) return '';
  const { origin, name } = process;
  return `${origin === null ? '' : `${origin.file}:${origin.line}: `}${name}: `;
}

/** `lab.sh:3: `, unless the message begins with its line already. */
function lineOf(process: Process | null, { line }: NotSupported): string {
  const origin = process?.origin ?? null;
  return line > 0 || origin === null ? '' : `${origin.file}:${origin.line}: `;
}

const waitReport = (machine: Machine): string[] => [
  ...hungReport(machine),
  ...silentSelectorReport(machine),
];
