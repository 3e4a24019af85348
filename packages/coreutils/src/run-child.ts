// run-child.ts — Running another program: as a child, or in the place of this one.
import { textOf } from '@dmsim/libc';
import type { Process, Task } from '@dmsim/sim';
import { checkSignals, sendSignal, waitForExit } from '@dmsim/sim';
import type { ExecOptions } from '@dmsim/vfs';

import type { Tool } from './tool.ts';

/** Undefined when there is no such program. What is buffered for standard output stays there. */
export function startChild(
  t: Tool,
  words: readonly string[],
  options: ExecOptions = {},
): Process | undefined {
  const child = t.context.exec(words.map(textOf), options);
  return child === 'not found' ? undefined : child;
}

export function* waitChild(t: Tool, child: Process): Task<void> {
  while ((yield* waitForExit(t.process, child)) === 'signal') checkSignals(t.process);
}

/** The child once it has ended; undefined when there is no such program. */
export function* runChild(
  t: Tool,
  words: readonly string[],
  options: ExecOptions = {},
): Task<Process | undefined> {
  yield* t.out.flush();
  const child = startChild(t, words, options);
  if (child !== undefined) yield* waitChild(t, child);
  return child;
}

/** execvp(2), as near as a child gets to it: signals that end one end the other. */
export function* runInPlace(
  t: Tool,
  words: readonly string[],
  options: ExecOptions = {},
): Task<number | undefined> {
  yield* t.out.flush();
  const { process } = t;
  const child = startChild(t, words, options);
  if (child === undefined) return undefined;
  process.atExit.push(() => {
    if (process.killedBy !== null) sendSignal(child, process.killedBy);
  });
  while ((yield* waitForExit(process, child)) === 'signal') checkSignals(process);
  if (child.killedBy !== null) {
    sendSignal(process, child.killedBy);
    checkSignals(process);
  }
  return child.status;
}
