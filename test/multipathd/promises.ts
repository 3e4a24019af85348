// promises.ts — Runs generated labs of the daemon, each in an order of its own, and holds them to what they promise.
import { createMachine, runLab } from '@dmsim/host';
import type { Prng } from '@dmsim/sim';
import { JITTER, micros, random, uniformInteger } from '@dmsim/sim';

export const pick = <T>(prng: Prng, from: readonly T[]): T =>
  from[uniformInteger(prng, 0, from.length - 1)] as T;

/** A lab that prints a line for each promise, `NAME: WORDS`. */
export interface Scenario {
  readonly lab: string;
  /** The parts that were drawn, for messages. */
  readonly setting: object;
  /** By name of the promise: the words that keep it. */
  readonly expected: ReadonlyMap<string, readonly string[]>;
}

/** The first promise that a seed of `1 … seeds` finds broken, or null. */
export function firstBroken(scenario: (seed: number) => Scenario, seeds: number): string | null {
  for (let seed = 1; seed <= seeds; seed++) {
    const broken = brokenBy(scenario(seed), seed);
    if (broken !== null) return `seed ${seed}: ${broken}`;
  }
  return null;
}

function brokenBy({ lab, setting, expected }: Scenario, seed: number): string | null {
  let text = '';
  const machine = createMachine({ chooser: random(seed), ...JITTER, slack: micros(500) });
  try {
    const { outcome, violations } = runLab(machine, {
      name: 'lab.sh',
      text: lab,
      onOutput: (_fd, bytes) => {
        text += new TextDecoder().decode(bytes);
      },
    });
    if (outcome.kind !== 'exited') return JSON.stringify(outcome);
    if (violations.length > 0) return JSON.stringify(violations);
  } catch (error) {
    return String(error);
  }
  const lines = text.split('\n');
  for (const [name, allowed] of expected) {
    const said = lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    if (said === undefined || !allowed.includes(said))
      return `${JSON.stringify(setting)} ${name}: ${said ?? 'nothing'}`;
  }
  return null;
}
