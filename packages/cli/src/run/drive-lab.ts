// drive-lab.ts — Runs a lab piece by piece, so that signals, bounds and the progress line get their turn.
import type { LabOutcome, LabRun, Machine } from '@dmsim/host';
import {
  limited,
  placeOf,
  placeOfHook,
  placeOfInvariant,
  placeOfPlugin,
  placeOfTarget,
} from '@dmsim/host';
import { showTrace } from '@dmsim/sim';

import type { Bounds } from '../options/bounds.ts';
import { interrupted, turn } from '../process/interrupts.ts';
import { output } from '../process/standard-streams.ts';
import { callWithin } from '../process/watchdog.ts';
import type { Progress } from '../progress.ts';

/** Events between two looks at the clock, and ms between two turns of the event loop. */
const PIECE = 50;
const SLICE_MS = 50;
/** The watchdog measures time, not the processor's time: on a busy machine it must not bite too soon. */
const MIN_WATCH_MS = 2000;

export interface Driving {
  readonly bounds: Bounds;
  readonly progress: Progress;
  /** Ends the run at the first invariant that is broken. */
  readonly stopOnBroken: boolean;
  /** An event was broken off in its middle: what is found from now on proves nothing. */
  readonly onTorn: () => void;
}

/** Ended from outside: by a signal, for want of an output, or by --stop-on-broken. */
export interface Cut {
  readonly kind: 'cut';
  readonly by: string;
}

/** How it ended; errors that are thrown are faults of the simulator. */
export async function driveLab(
  machine: Machine,
  lab: LabRun,
  driving: Driving,
): Promise<LabOutcome | Cut> {
  const started = cpuMs();
  for (;;) {
    const left = driving.bounds.cpuTime - (cpuMs() - started);
    if (left <= 0) return limited(machine, 'cpuTime', `so much of the processor's time`);
    const outcome = callWithin(Math.max(left, MIN_WATCH_MS), () => slice(machine, lab, driving));
    if (outcome === undefined) {
      driving.onTorn();
      return limited(machine, 'cpuTime', eventOf(machine));
    }
    if (outcome !== null) return withOutput(outcome);
    if (output.failure !== null) return { kind: 'cut', by: output.failure.code };
    driving.progress.tell(progressLine(machine));
    // oxlint-disable-next-line no-await-in-loop -- signals are delivered here
    await turn();
    const signal = interrupted();
    if (signal !== null) return { kind: 'cut', by: signal };
  }
}

/** A lab whose output went nowhere has not ended as it says. */
const withOutput = (outcome: LabOutcome | Cut): LabOutcome | Cut =>
  output.failure === null ? outcome : { kind: 'cut', by: output.failure.code };

/** Null when the slice is over and the lab is not. */
function slice(
  machine: Machine,
  lab: LabRun,
  { bounds, stopOnBroken }: Driving,
): LabOutcome | Cut | null {
  const end = clock() + SLICE_MS;
  do {
    const outcome = lab.advance(stopOnBroken ? 1 : PIECE);
    if (stopOnBroken || outcome !== null) showTrace(machine.sim);
    if (outcome !== null || output.failure !== null) return outcome;
    if (stopOnBroken && lab.violations.length > 0) return { kind: 'cut', by: '--stop-on-broken' };
  } while (clock() < end);
  if (process.memoryUsage.rss() > bounds.memory)
    return limited(machine, 'memory', 'so much memory');
  return null;
}

/** Says what the event was doing that was broken off. */
export function eventOf({
  sim,
  runningHook,
  userTargets,
  userInvariants,
  runningPlugin: { plugin },
}: Machine): string {
  // It is called in the middle of what the others do.
  const invariant = placeOfInvariant(userInvariants);
  if (invariant !== null) return `${invariant} does not end`;
  const { selector, hook } = runningHook;
  if (plugin !== null) return `${placeOfPlugin(plugin)} does not end`;
  const { running, hook: targetHook } = userTargets;
  if (running !== null) return `${placeOfTarget(running, targetHook)} does not end`;
  if (selector !== null && hook !== null) return `${placeOfHook(selector, hook)} does not end`;
  const who = sim.current === null ? 'the kernel: ' : placeOf(sim.current);
  return `${who}one step was still running when the time was up`;
}

function progressLine({ sim }: Machine): string {
  const seconds = (sim.now / 1e9).toFixed(3);
  return `${seconds} s of virtual time, ${sim.events} events, ${sim.processes.size} processes`;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const clock = (): number => Number(process.hrtime.bigint() / 1_000_000n);
