// run-once.ts — One run of a lab under one chooser.
import type {
  Drive,
  LabOutcome,
  LabResult,
  Machine,
  MachineOptions,
  UserInvariant,
  UserPlugin,
  UserSelector,
  UserTarget,
} from '@dmsim/host';
import { beginLab, createMachine, driveAtOnce, howItEnded, judged } from '@dmsim/host';
import { textOf, toBinary } from '@dmsim/libc';
import type { Chooser } from '@dmsim/sim';
import { RedundantRun } from '@dmsim/sim';

import type { Outcome } from './outcome.ts';
import { crashOutcome, outcomeOf } from './outcome.ts';

export interface Lab {
  /** As `$0` shows it. */
  readonly name: string;
  readonly text: string;
  readonly args: readonly string[];
}

/** All runs of an exploration have this in common. */
export interface Setup {
  readonly lab: Lab;
  /** In ns. */
  readonly slack: number;
  readonly variesCosts: boolean;
  readonly requeue: NonNullable<MachineOptions['requeue']>;
  readonly selectors: readonly UserSelector[];
  /** Path checkers and prioritizers of multipathd. @defaultValue none */
  readonly plugins?: readonly UserPlugin[];
  /** Target types that Linux does not have. @defaultValue none */
  readonly targets?: readonly UserTarget[];
  /** Invariants beside the built-in ones. @defaultValue none */
  readonly invariants?: readonly UserInvariant[];
  /** Runs each lab to its end. @defaultValue in one go */
  readonly drive?: Drive;
}

export interface LabRun {
  readonly outcome: Outcome;
  readonly choices: readonly number[];
  /** Names that the lab said it had reached (simctl reach). */
  readonly reached: readonly string[];
}

/** Far more than a lab that is explored should need: a livelock ends here. */
const LIMITS = { maxEvents: 5_000_000, maxEventsPerInstant: 200_000 };
/** A transcript is kept up to here, in characters. */
const LONGEST_TRANSCRIPT = 1 << 20;

/** A run that has not begun. The caller can look at the machine between its events. */
export interface RunUnderWay {
  readonly machine: Machine;
  /** Runs that many events; null if the lab could go on. */
  advance(events: number): LabOutcome | null;
  end(outcome: LabOutcome): LabRun & Pick<LabResult, 'violations'>;
  /** In place of `end` when something threw. Throws it again if it is `exhaustive` that has given the run up. */
  crash(thrown: unknown): LabRun & Pick<LabResult, 'violations'>;
}

/** `seed` is that of devices that draw; the chooser has its own. */
export function beginRun(setup: Setup, seed: number, chooser: Chooser): RunUnderWay {
  const { lab, drive: _, ...machineOptions } = setup;
  const machine = createMachine({ seed, chooser, ...machineOptions });
  let transcript = '';
  const labRun = beginLab(machine, {
    limits: LIMITS,
    onOutput: (_fd, bytes) => {
      if (transcript.length < LONGEST_TRANSCRIPT) transcript += toBinary(bytes);
    },
    ...lab,
  });
  return {
    machine,
    advance: (events) => labRun.advance(events),
    end(how) {
      const result = judged(machine, how, labRun.end(howItEnded(how)));
      const { violations } = result;
      const outcome = outcomeOf(textOf(transcript), result);
      return { outcome, choices: chooser.choices, reached: [...machine.reached], violations };
    },
    crash(thrown) {
      if (thrown instanceof RedundantRun) throw thrown;
      const outcome = crashOutcome(textOf(transcript), thrown);
      return { outcome, choices: chooser.choices, reached: [...machine.reached], violations: [] };
    },
  };
}

/** Runs the lab to its end on a new machine. `seed` is that of devices that draw; the chooser has its own. */
export function runOnce(setup: Setup, seed: number, chooser: Chooser): LabRun {
  const run = beginRun(setup, seed, chooser);
  const { outcome, choices, reached } = endOf(run, setup.drive);
  return { outcome, choices, reached };
}

/** Runs it to its end. An error that the simulator throws is an outcome, too: one order of many may lead there. */
export function endOf(
  run: RunUnderWay,
  drive: Drive = driveAtOnce,
): ReturnType<RunUnderWay['end']> {
  try {
    return run.end(drive(run.machine, run));
  } catch (error) {
    return run.crash(error);
  }
}
