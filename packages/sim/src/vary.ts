// vary.ts — Varies how long things take: a step that takes a millisecond here takes more or less on a real machine.
import type { ChoiceOptions, Sim } from './sim.ts';
import type { Nanos } from './time.ts';
import { millis } from './time.ts';

/** How far a machine is from exact: enough that commands of parallel shells overtake each other. */
export const JITTER: Required<ChoiceOptions> = { slack: millis(1), variesCosts: true };

/** The usual time first. Wide enough that a process can do two steps while another does one. */
const FACTORS = [1, 0.25, 0.5, 2, 3] as const;

/**
 * The time that something takes which usually takes `usual` ns: what the chooser draws, from a quarter to three times as
 * much, in a world that varies costs. Not for what a lab asks for (`sleep 1` sleeps a second). `what` says for whoever
 * reads the choices what it is that takes it: `a command of sda`.
 */
export function vary(sim: Sim, usual: Nanos, what: () => string): Nanos {
  if (!sim.variesCosts || usual === 0) return usual;
  const factor = FACTORS[sim.chooser.draw(FACTORS.length, what)] ?? 1;
  return Math.round(usual * factor);
}

/** Says what a choice of `vary` means: `takes 2 times as long`. */
export const factorText = (choice: number): string => `takes ${FACTORS[choice] ?? 1} times as long`;
