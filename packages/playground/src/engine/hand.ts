// hand.ts — Carries out what is done by hand: one shell reads the typed lines, and each other deed has a shell of its own.
import type { Machine } from '@dmsim/host';
import { LAB_ENVIRONMENT, startScript } from '@dmsim/host';
import type { Process } from '@dmsim/sim';
import { sendSignal, SIGNALS } from '@dmsim/sim';

import { holdBack } from './hold-back.ts';
import { createLineInput } from './line-input.ts';
import type { Deed, Interference } from './run.ts';

type Output = (fd: 1 | 2, bytes: Uint8Array) => void;

export interface Hand {
  /** Starts the deeds that are due once `nth` records are written. It must be called between events of the machine. */
  act(nth: number): void;
  /** Whether all deeds have been done and have ended. */
  readonly idle: boolean;
  readonly deeds: readonly Deed[];
}

/** Bash itself runs each line, so variables, functions and the current directory stay. Ctrl-C goes to the program that it runs. */
const TERMINAL = `trap : INT
while IFS= read -r line; do eval "$line"; done
`;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** `outputOf` returns the file for the output of a deed, by its place in the list. */
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
  /** The place in the list of the line that the terminal runs now, or ran last. */
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
  /** Whether only daemons are left, and the terminal, which waits. */
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
        // A line that is typed while a command runs waits for its end, as in a real terminal.
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
