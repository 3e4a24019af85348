// run-child.ts — Runs another program, as a child or in place of the current one.
import { textOf } from '@dmsim/libc';
import type { Process, Task } from '@dmsim/sim';
import { checkSignals, sendSignal, waitForExit } from '@dmsim/sim';
import type { ExecFailure, ExecOptions } from '@dmsim/vfs';

import type { Tool } from '../tool.ts';

/** Starts a child. Does not flush the buffered output. */
export function startChild(
  t: Tool,
  words: readonly string[],
  options: ExecOptions = {},
): Process | ExecFailure {
  return t.context.exec(words.map(textOf), options);
}

export function* waitChild(t: Tool, child: Process): Task<void> {
  while ((yield* waitForExit(t.process, child)) === 'signal') checkSignals(t.process);
}

/** Runs a child and returns it after it has ended. */
export function* runChild(
  t: Tool,
  words: readonly string[],
  options: ExecOptions = {},
): Task<Process | ExecFailure> {
  yield* t.out.flush();
  const child = startChild(t, words, options);
  if (typeof child !== 'string') yield* waitChild(t, child);
  return child;
}

/** Imitates execvp(3) by a child: a signal that kills the child kills this program, and the other way round. */
export function* runInPlace(
  t: Tool,
  words: readonly string[],
  options: ExecOptions = {},
): Task<number | ExecFailure> {
  yield* t.out.flush();
  const { process } = t;
  const child = startChild(t, words, options);
  if (typeof child === 'string') return child;
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

/** 127 if there is no such program, 126 if it can't be run. */
export const statusOfFailure = (failure: ExecFailure): number => (failure === 'ENOENT' ? 127 : 126);
