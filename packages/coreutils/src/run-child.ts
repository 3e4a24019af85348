// run-child.ts — Runs another program, as a child or in place of the current one.
import { textOf } from '@dmsim/libc';
import type { Process, Task } from '@dmsim/sim';
import { checkSignals, sendSignal, waitForExit } from '@dmsim/sim';
import type { ExecOptions } from '@dmsim/vfs';

import type { Tool } from './tool.ts';

/** Starts a child; undefined if there is no such program. Does not flush the buffered output. */
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

/** Runs a child and returns it after it has ended; undefined if there is no such program. */
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

/** Imitates execvp(3) by a child: a signal that kills the child kills this program, and the other way round. */
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
