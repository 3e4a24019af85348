// run-once.ts — One run of a lab under one chooser.
import type { MachineOptions, UserSelector } from '@dmsim/host';
import { createMachine, runLab } from '@dmsim/host';
import { textOf, toBinary } from '@dmsim/libc';
import type { Chooser } from '@dmsim/sim';

import type { Outcome } from './outcome.ts';
import { outcomeOf } from './outcome.ts';

export interface Lab {
  /** As `$0` shows it. */
  readonly name: string;
  readonly text: string;
  readonly args: readonly string[];
}

/** What all runs of an exploration have in common. */
export interface Setup {
  readonly lab: Lab;
  /** In ns. */
  readonly slack: number;
  readonly variesCosts: boolean;
  readonly requeue: NonNullable<MachineOptions['requeue']>;
  readonly selectors: readonly UserSelector[];
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

/** `seed` is that of devices that draw; the chooser has its own. */
export function runOnce(setup: Setup, seed: number, chooser: Chooser): LabRun {
  const { lab, slack, variesCosts, requeue, selectors } = setup;
  const machine = createMachine({ seed, chooser, slack, variesCosts, requeue, selectors });
  let transcript = '';
  const result = runLab(machine, {
    ...lab,
    limits: LIMITS,
    onOutput: (_fd, bytes) => {
      if (transcript.length < LONGEST_TRANSCRIPT) transcript += toBinary(bytes);
    },
  });
  const outcome = outcomeOf(textOf(transcript), result);
  return { outcome, choices: chooser.choices, reached: [...machine.reached] };
}
