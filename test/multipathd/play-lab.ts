// play-lab.ts — Runs a lab with the daemon in some orders of events, and collects the violations.
import { createMachine, runLab } from '@dmsim/host';
import { JITTER, micros, random } from '@dmsim/sim';

/** The first violation that a seed of `1 … seeds` finds, or null. */
export function firstViolation(lab: string, seeds: number): string | null {
  for (let seed = 1; seed <= seeds; seed++) {
    const machine = createMachine({ chooser: random(seed), ...JITTER, slack: micros(500) });
    const options = { name: 'lab.sh', text: lab, onOutput: () => undefined };
    const [violation] = runLab(machine, options).violations;
    if (violation !== undefined) return `${violation.invariant}: ${violation.message}`;
  }
  return null;
}
