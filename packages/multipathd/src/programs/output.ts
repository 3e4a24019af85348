// output.ts — Prints for a program as stdio does into a pipe: standard error at once, standard output at the end.
import { encodeUtf8 } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { ProgramContext } from '@dmsim/vfs';
import { writeAll } from '@dmsim/vfs';

export interface Output {
  out(text: string): void;
  err(text: string): void;
  /** Prints the text for standard error so far. */
  flushErrors(): Task<void>;
  /** Prints everything, standard error first. */
  flush(): Task<void>;
}

interface Kept {
  out: string;
  err: string;
}

export function createOutput(context: ProgramContext): Output {
  const kept: Kept = { out: '', err: '' };
  return {
    out: (text) => void (kept.out += text),
    err: (text) => void (kept.err += text),
    flushErrors: () => put(context, kept, 'err'),
    flush: () => putAll(context, kept),
  };
}

function* putAll(context: ProgramContext, kept: Kept): Task<void> {
  yield* put(context, kept, 'err');
  yield* put(context, kept, 'out');
}

function* put({ process, fds }: ProgramContext, kept: Kept, name: keyof Kept): Task<void> {
  const text = kept[name];
  kept[name] = '';
  if (text !== '') yield* writeAll(process, fds.get(name === 'out' ? 1 : 2), encodeUtf8(text));
}

/** Runs a program's main function, and prints what it said. */
export function* withOutput(
  context: ProgramContext,
  main: (output: Output) => Task<number>,
): Task<number> {
  const output = createOutput(context);
  const status = yield* main(output);
  yield* output.flush();
  return status;
}
