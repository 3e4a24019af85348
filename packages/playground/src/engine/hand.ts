// hand.ts — Someone at the machine: a shell that reads what is typed, and shells for what is done by mouse.
import type { Machine } from '@dmsim/host';
import { startScript } from '@dmsim/host';
import type { Process, Task, WaitQueue } from '@dmsim/sim';
import { createWaitQueue, interruptible, sendSignal, SIGNALS, wakeUp } from '@dmsim/sim';
import { createOpenFile } from '@dmsim/vfs';

import type { Interference } from './run.ts';

export interface Hand {
  /** Does what is due once `nth` records are there. False: it waits for something that has not come yet. */
  act(nth: number): void;
  /** Nothing is left to do. */
  readonly idle: boolean;
  /** By interference: when the terminal waited again. */
  readonly doneAt: (number | null)[];
}

export type OnHandOutput = (fd: 1 | 2, bytes: Uint8Array) => void;

/** Bash itself runs each line, so variables, functions and the current directory stay. */
const TERMINAL = `trap : INT
while IFS= read -r line; do eval "$line"; done
`;

export function createHand(
  machine: Machine,
  interference: readonly Interference[],
  onOutput: OnHandOutput,
): Hand {
  const { sim } = machine;
  const doneAt: (number | null)[] = interference.map(() => null);
  const lines = createLineInput();
  let terminal: Process | null = null;
  let typing: number | null = null;
  let next = 0;
  const inTerminal = (): boolean => terminal !== null && sim.processes.has(terminal.pid);

  const type = (text: string): void => {
    if (!inTerminal()) {
      terminal = startScript(machine, {
        name: 'bash',
        text: TERMINAL,
        argv: ['bash'],
        onOutput,
        input: lines.file(),
      });
    }
    lines.feed(`${text}\n`);
  };
  const begin = ({ text, by }: Interference, i: number): void => {
    switch (by) {
      case 'terminal':
        typing = i;
        return type(text);
      case 'apart':
        startScript(machine, { name: 'bash', text, argv: ['bash'], onOutput });
        return;
      case 'interrupt':
        for (const process of Array.from(sim.processes.values())) {
          if (terminal !== null && process.pgid === terminal.pgid && process !== terminal) {
            sendSignal(process, SIGNALS.INT);
          }
        }
    }
  };
  return {
    doneAt,
    get idle() {
      return next === interference.length;
    },
    act(nth) {
      if (typing !== null && (lines.asking || !inTerminal())) {
        doneAt[typing] = nth;
        typing = null;
      }
      const labIsOver = sim.processes.size === (inTerminal() && lines.asking ? 1 : 0);
      for (let one = interference[next]; one !== undefined; one = interference[next]) {
        if (one.nth > nth && !labIsOver) return;
        // What is typed while a command runs waits for it, as in life.
        if (one.by === 'terminal' && typing !== null) return;
        begin(one, next);
        if (one.by !== 'terminal') doneAt[next] = nth;
        next++;
      }
      if (next === interference.length && typing === null && lines.asking) lines.end();
    },
  };
}

interface LineInput {
  /** Someone reads, and there is nothing. */
  readonly asking: boolean;
  file(): ReturnType<typeof createOpenFile>;
  feed(text: string): void;
  end(): void;
}

function createLineInput(): LineInput {
  const bytes: number[] = [];
  const queue: WaitQueue = createWaitQueue('the keyboard');
  let ended = false;
  const empty = (): boolean => bytes.length === 0 && !ended;

  function* read(_process: Process, max: number): Task<Uint8Array> {
    while (empty()) yield interruptible(queue.name, queue, Infinity);
    return Uint8Array.from(bytes.splice(0, max));
  }
  return {
    get asking() {
      return queue.waiters.length > 0 && empty();
    },
    file() {
      bytes.length = 0;
      ended = false;
      return createOpenFile('/dev/tty', { read: true, write: false }, { read });
    },
    feed(text) {
      bytes.push(...new TextEncoder().encode(text));
      wakeUp(queue);
    },
    end() {
      ended = true;
      wakeUp(queue);
    },
  };
}
