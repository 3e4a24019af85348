// replay-option.ts — --replay FILE: a run as `dmsim explore` found it.
import type { MachineOptions } from '@dmsim/host';
import type { Replay } from '@dmsim/kit';
import { BadChoices, parseChoices, replayChoices } from '@dmsim/kit';

import { say } from '../process/standard-streams.ts';
import { readLab } from '../read-lab.ts';
import { Refusal } from '../refusal.ts';

export interface ReplayedRun {
  readonly machine: MachineOptions;
  /** As `$0` was when it was recorded, and the arguments then. */
  readonly name: string;
  readonly args: readonly string[];
  readonly replay: Replay;
}

export function readReplay(path: string): ReplayedRun {
  try {
    const { name, args, deviations, ...machine } = parseChoices(readLab(path));
    const replay = replayChoices(deviations);
    return { machine: { ...machine, chooser: replay.chooser }, name, args, replay };
  } catch (error) {
    if (error instanceof BadChoices) throw new Refusal(`${path}: ${error.message}`);
    throw error;
  }
}

/** Says so when the lab is no longer the one whose choices these are. */
export function reportParting(replay: Replay): void {
  const unplaced = replay.parted();
  if (unplaced.length === 0) return;
  say('the run differs from the recorded one; it does what fifo does instead of:');
  for (const { recorded, here } of unplaced) {
    say(`  recorded: ${recorded}`);
    say(`  here: ${here}`);
  }
}
