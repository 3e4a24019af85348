// traced-run.ts — Runs a lab and keeps its events: for each the line of the log, its subjects and the process behind it; and the choices in between.
import type { LabOutcome, LabResult } from '@dmsim/host';
import type { Subjects } from '@dmsim/observe';
import { readLog, subjectsOf } from '@dmsim/observe';
import type { Chooser, Deviation, Process, SimEvent } from '@dmsim/sim';
import { flushTrace, narrating } from '@dmsim/sim';

import type { LabRun, RunUnderWay, Setup } from './run-once.ts';
import { beginRun, endOf } from './run-once.ts';

export interface RunEvent extends Subjects {
  readonly at: number;
  /** As `dmsim run --log` prints it, without its newline. */
  readonly line: string;
  /** The process whose step it was part of; null in interrupts, timers and work items. */
  readonly actor: number | null;
}

export interface TracedChoice extends Deviation {
  /** How many events came before it. */
  readonly after: number;
}

export interface TracedRun {
  readonly run: LabRun & Pick<LabResult, 'violations'>;
  readonly events: readonly RunEvent[];
  /** Earlier events, which were not kept. */
  readonly dropped: number;
  readonly choices: readonly TracedChoice[];
  /** Processes that were left when it ended. */
  readonly waiting: readonly number[];
}

/** A longer run keeps only its last events, and for a while as many again. */
const MAX_EVENTS = 50_000;

/** Much slower than `runOnce`, with the same outcome. */
export function traceRun(setup: Setup, seed: number, inner: Chooser): TracedRun {
  const deviations: Deviation[] = [];
  const choices: TracedChoice[] = [];
  const kept: RunEvent[] = [];
  let dropped = 0;
  let firing: SimEvent | null = null;
  const chooser = watched(narrating(inner, deviations), (event) => (firing = event));
  const run = beginRun(setup, seed, chooser);
  const { machine } = run;
  const log = readLog(machine, {
    line: (event, line) =>
      void kept.push({
        ...subjectsOf(event),
        at: event.at,
        line: line.trimEnd(),
        actor: actorOf(firing),
      }),
    batch: () => undefined,
  });
  let after = 0;
  const take = (): void => {
    if (machine.sim.trace !== null) flushTrace(machine.sim.trace);
    for (const each of deviations.splice(0)) choices.push({ ...each, after });
    if (kept.length >= 2 * MAX_EVENTS) dropped += kept.splice(0, MAX_EVENTS).length;
    after = dropped + kept.length;
  };
  const advance = (events: number): LabOutcome | null => {
    for (let i = 0; i < events; i++) {
      const ended = run.advance(1);
      take();
      if (ended !== null) return ended;
    }
    return null;
  };
  const waiting: number[] = [];
  let finished = false;
  const finish = (): void => {
    if (finished) return;
    finished = true;
    // An event that was broken off has told nothing yet.
    take();
    for (const process of machine.sim.processes.values())
      if (!machine.daemons.has(process)) waiting.push(process.pid);
    log.finish();
  };
  const traced: RunUnderWay = {
    machine,
    advance,
    end(how) {
      finish();
      return run.end(how);
    },
    crash(thrown) {
      finish();
      return run.crash(thrown);
    },
  };
  const ended = endOf(traced, setup.drive);
  return { run: ended, events: kept, dropped, choices, waiting };
}

/** Shows each event that is about to fire. */
function watched(inner: Chooser, see: (event: SimEvent) => void): Chooser {
  return {
    name: inner.name,
    seesAll: true,
    pick(candidates, now) {
      const choice = candidates.length > 1 || inner.seesAll ? inner.pick(candidates, now) : 0;
      see(candidates[choice] as SimEvent);
      return choice;
    },
    draw: (n, what) => inner.draw(n, what),
    choices: inner.choices,
  };
}

function actorOf(firing: SimEvent | null): number | null {
  if (firing === null || firing.owner === null) return null;
  const { step, pid } = firing.owner as Partial<Process>;
  return step === firing ? (pid ?? null) : null;
}
