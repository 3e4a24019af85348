// run-schedule.ts — Runs a schedule under a chooser, with every invariant watched, and without a shell: a millisecond or so.
import type { MachineOptions } from '@dmsim/host';
import type { Invariant, Violation } from '@dmsim/observe';
import {
  completeEvents,
  createGuarded,
  guardInvariant,
  leftSuspended,
  watchInvariants,
} from '@dmsim/observe';
import type { RunOutcome, Task } from '@dmsim/sim';
import { hangReport, run, sleeping, spawn } from '@dmsim/sim';

import { checkSchedule } from './check-schedule.ts';
import { endGuest, startGuest } from './guest-vm.ts';
import type { IoResult } from './io.ts';
import { perform } from './perform.ts';
import { startRescue } from './rescue.ts';
import type { Schedule } from './schedule.ts';
import { settle } from './settle.ts';
import type { World } from './world.ts';
import { createMaps, createWorld, releaseMedium } from './world.ts';

export interface RunScheduleOptions extends Omit<MachineOptions, 'invariants'> {
  /** Called with the machine before anything happens: to listen to its trace, say. */
  readonly onStart?: (world: World) => void;
  /** Invariants beside those that always hold. */
  readonly invariants?: readonly Invariant[];
}

export interface ScheduleResult {
  readonly outcome: RunOutcome['kind'];
  readonly violations: readonly Violation[];
  readonly ios: readonly IoResult[];
  /** I/O that nothing in the schedule would have ended was told to fail. */
  readonly rescued: boolean;
  /** For a run that hung, a line for each waiting process, with the object of its wait. */
  readonly waiting: readonly string[];
}

/** No schedule needs so many: a livelock ends here. */
const LIMITS = { maxEvents: 20_000, hungAfter: 5e9 };

/** Throws a `BadSchedule`, and runs nothing, when the schedule is written wrongly. */
export function runSchedule(schedule: Schedule, options: RunScheduleOptions = {}): ScheduleResult {
  checkSchedule(schedule);
  const { onStart, invariants = [], ...machineOptions } = options;
  const world = createWorld(schedule, machineOptions);
  const { machine } = world;
  const { sim } = machine;
  const violations: Violation[] = [];
  /** Violations that guests find. The others come in batches, which would mix with them. */
  const inGuests: Violation[] = [];
  const guarded = createGuarded();
  const own = invariants.map((each) => guardInvariant(each, guarded));
  const watch = watchInvariants(machine, violations, {
    deviceIsMedium: true,
    // A schedule ends when all is put right.
    invariants: own.length === 0 ? AT_THE_END : [...AT_THE_END, ...own],
  });
  onStart?.(world);
  spawn(sim, 'schedule', () => script(world, schedule, inGuests));
  const outcome = run(sim, LIMITS);
  const waiting = outcome.kind === 'hung' ? hangReport(sim) : [];
  completeEvents(machine.events);
  watch.unsubscribe();
  releaseMedium(world);
  if (guarded.fault !== null) throw guarded.fault;
  violations.push(...inGuests);
  return { outcome: outcome.kind, violations, ios: world.results, rescued: world.rescued, waiting };
}

const AT_THE_END: readonly Invariant[] = [leftSuspended];

/** Each command is a process of its own on Linux: what is due now may come before the next one. */
const NEXT_COMMAND = sleeping(0);

function* script(world: World, schedule: Schedule, violations: Violation[]): Task<number> {
  yield* createMaps(world, schedule);
  startGuest(world, schedule, violations);
  startRescue(world, schedule);
  for (const command of schedule.commands) {
    const task = perform(world, command);
    if (task !== undefined) yield* task;
    else yield NEXT_COMMAND;
  }
  yield* settle(world, schedule);
  if (world.guest !== null) yield* endGuest(world.guest);
  return 0;
}
