// hand.ts — Someone at the machine: a shell that reads what is typed, and a shell of its own for each other deed.
import type { Machine } from '@dmsim/host';
import { LAB_ENVIRONMENT, startScript } from '@dmsim/host';
import type { Process } from '@dmsim/sim';
import { sendSignal, SIGNALS } from '@dmsim/sim';

import { holdBack } from './hold-back.ts';
import { createLineInput } from './line-input.ts';
import type { Deed, Interference } from './run.ts';

type Output = (fd: 1 | 2, bytes: Uint8Array) => void;

export interface Hand {
  /** Does what is due once `nth` records are there. Call it between the machine's events. */
  act(nth: number): void;
  /** All is done, and has ended. */
  readonly idle: boolean;
  readonly deeds: readonly Deed[];
}

/** Bash itself runs each line, so variables, functions and the current directory stay. Ctrl-C is for what it runs. */
const TERMINAL = `trap : INT
while IFS= read -r line; do eval "$line"; done
`;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** `outputOf` says where the output of a deed goes, by its place in the list. */
export function createHand(
  machine: Machine,
  interference: readonly Interference[],
  outputOf: (deed: number) => Output,
): Hand {
  const { sim } = machine;
  const deeds = interference.map((): Mutable<Deed> => ({ startedAt: null, endedAt: null }));
  const lines = createLineInput();
  const apart = new Map<number, Process>();
  let terminal: Process | null = null;
  /** What the terminal runs now, or ran last. */
  let typed = 0;
  let typing = false;
  let next = 0;

  const lives = (process: Process | null): boolean =>
    process !== null && sim.processes.get(process.pid) === process && process.state !== 'zombie';
  const start = (text: string, output: Output, input = {}): Process =>
    startScript(machine, {
      name: 'bash',
      text,
      argv: ['bash'],
      env: LAB_ENVIRONMENT,
      onOutput: output,
      ...input,
    });

  const type = (text: string): void => {
    typing = true;
    if (!lives(terminal)) {
      const output: Output = (fd, bytes) => outputOf(typed)(fd, bytes);
      terminal = start(TERMINAL, output, { input: lines.open() });
    }
    lines.feed(`${text}\n`);
  };
  const interrupt = (): void => {
    for (const process of Array.from(sim.processes.values())) {
      const ours = terminal !== null && process !== terminal && process.pgid === terminal.pgid;
      if (ours) sendSignal(process, SIGNALS.INT);
    }
  };
  const begin = (deed: number): void => {
    const { by, text } = interference[deed] as Interference;
    if (by === 'interrupt') return interrupt();
    if (by === 'question') holdBack(sim);
    if (by !== 'terminal') {
      apart.set(deed, start(text, outputOf(deed), by === 'question' ? { execCost: 0 } : {}));
      return;
    }
    typed = deed;
    type(text);
  };
  const notice = (nth: number): void => {
    if (typing && (lines.awaited || !lives(terminal))) {
      typing = false;
      (deeds[typed] as Mutable<Deed>).endedAt = nth;
    }
    for (const [deed, process] of apart) {
      if (lives(process)) continue;
      apart.delete(deed);
      (deeds[deed] as Mutable<Deed>).endedAt = nth;
    }
  };
  /** Nothing runs but daemons, and the terminal, which waits. */
  const labIsOver = (): boolean =>
    sim.processes.size - machine.daemons.size === (lives(terminal) && lines.awaited ? 1 : 0);

  return {
    deeds,
    get idle() {
      return next === deeds.length && !typing && apart.size === 0;
    },
    act(nth) {
      notice(nth);
      while (next < deeds.length) {
        const one = interference[next] as Interference;
        if (one.nth > nth && !labIsOver()) return;
        // What is typed while a command runs waits for it, as in life.
        if (one.by === 'terminal' && typing) return;
        const deed = deeds[next] as Mutable<Deed>;
        deed.startedAt = nth;
        if (one.by === 'interrupt') deed.endedAt = nth;
        begin(next++);
      }
      if (!typing && lines.awaited) lines.end();
    },
  };
}
