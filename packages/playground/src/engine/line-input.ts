// line-input.ts — A keyboard: a file that holds the text typed so far, and whose reader waits for more.
import type { Process, Task } from '@dmsim/sim';
import { createWaitQueue, interruptible, wakeUp } from '@dmsim/sim';
import type { OpenFile } from '@dmsim/vfs';
import { createOpenFile } from '@dmsim/vfs';

export interface LineInput {
  /** Whether a reader waits for input. */
  readonly awaited: boolean;
  /** Opens the keyboard, with nothing typed. */
  open(): OpenFile;
  feed(text: string): void;
  /** Ends the input: readers find the end of the file. */
  end(): void;
}

export function createLineInput(): LineInput {
  const bytes: number[] = [];
  const queue = createWaitQueue('the keyboard');
  let ended = false;
  const empty = (): boolean => bytes.length === 0 && !ended;

  function* read(_process: Process, max: number): Task<Uint8Array> {
    while (empty()) yield interruptible(queue.name, queue, Infinity);
    return Uint8Array.from(bytes.splice(0, max));
  }
  return {
    get awaited() {
      return queue.waiters.length > 0 && empty();
    },
    open() {
      bytes.length = 0;
      ended = false;
      return createOpenFile('/dev/tty', { read: true, write: false }, { read });
    },
    feed(text) {
      for (const byte of new TextEncoder().encode(text)) bytes.push(byte);
      wakeUp(queue);
    },
    end() {
      ended = true;
      wakeUp(queue);
    },
  };
}
