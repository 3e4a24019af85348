// output.ts — What a program prints: standard error as it comes, standard output when it ends, as stdio does it into a pipe.
import { encodeUtf8 } from '@dmsim/libc';
import type { Task } from '@dmsim/sim';
import type { ProgramContext } from '@dmsim/vfs';
import { writeAll } from '@dmsim/vfs';

export interface Output {
  out(text: string): void;
  err(text: string): void;
  /** What was said on standard error so far. */
  flushErrors(): Task<void>;
  /** Everything, standard error first. */
  flush(): Task<void>;
}

export function createOutput({ process, fds }: ProgramContext): Output {
  const kept = { out: '', err: '' };
  function* put(fd: 1 | 2, name: 'out' | 'err'): Task<void> {
    const text = kept[name];
    kept[name] = '';
    if (text !== '') yield* writeAll(process, fds.get(fd), encodeUtf8(text));
  }
  return {
    out: (text) => void (kept.out += text),
    err: (text) => void (kept.err += text),
    flushErrors: () => put(2, 'err'),
    *flush() {
      yield* put(2, 'err');
      yield* put(1, 'out');
    },
  };
}
