// read-write.ts — Reads a whole file, or writes a whole text.
import { encodeUtf8 } from '@dmsim/libc';
import type { Errno, Process, Task } from '@dmsim/sim';
import { withinLimit } from '@dmsim/sim';

import type { OpenFile } from './open-file.ts';

const READ_SIZE = 65536;

export interface ReadAllOptions {
  /** An error ends the file, and what was read before counts. @defaultValue false */
  readonly untilError?: boolean;
}

/** Reads to the end of the file. One that is longer than the limit textLength counts as endless, and ends the run. */
export function* readAll(
  process: Process,
  file: OpenFile,
  { untilError = false }: ReadAllOptions = {},
): Task<Uint8Array | Errno> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const bytes = yield* file.read(process, READ_SIZE);
    if (bytes === 'EINTR') continue;
    if (typeof bytes === 'string') {
      if (untilError) break;
      return bytes;
    }
    if (bytes.length === 0) break;
    chunks.push(bytes);
    size += bytes.length;
    withinLimit(process.sim.limits, 'textLength', size);
  }
  if (chunks.length === 1) return chunks[0] as Uint8Array;
  const all = new Uint8Array(size);
  let n = 0;
  for (const chunk of chunks) {
    all.set(chunk, n);
    n += chunk.length;
  }
  return all;
}

/** Writes everything, with as many writes as it takes. EBADF if `file` is undefined. */
export function* writeAll(
  process: Process,
  file: OpenFile | undefined,
  content: string | Uint8Array,
): Task<Errno | undefined> {
  if (file === undefined) return 'EBADF';
  const bytes = typeof content === 'string' ? encodeUtf8(content) : content;
  let n = 0;
  while (n < bytes.length) {
    const taken = yield* file.write(process, n === 0 ? bytes : bytes.subarray(n));
    if (taken === 'EINTR') continue;
    if (typeof taken === 'string') return taken;
    n += taken;
  }
  return undefined;
}
