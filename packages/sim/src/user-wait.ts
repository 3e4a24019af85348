// user-wait.ts — The waits of programs: interruptible ones, and those for a child.
import type { Process } from './process.ts';
import { checkSignals } from './process.ts';
import type { Task, Wait, Wake } from './wait-queue.ts';
import { interruptible } from './wait-queue.ts';

/** Waits as user space does: interruptibly, and a fatal signal ends the process. 'signal' means that a trapped one is pending. */
export function* userWait(
  process: Process,
  { on, queue, timeout }: Pick<Wait, 'on' | 'queue' | 'timeout'>,
): Task<Wake> {
  const wake = yield interruptible(on, queue, timeout);
  checkSignals(process);
  return wake;
}

/** waitpid(): returns the status once the child has ended, or 'signal' if a trapped signal came first. */
export function* waitForExit(self: Process, child: Process): Task<number | 'signal'> {
  const { exited } = child;
  while (child.state !== 'zombie') {
    self.awaitsChild = true;
    const wake = yield interruptible(exited.name, exited, Infinity);
    self.awaitsChild = false;
    checkSignals(self);
    if (wake === 'signal') return 'signal';
  }
  return child.status;
}
