// capture.ts — An open file that collects everything written to it. It stands in for the terminal of a lab.
import { decodeUtf8 } from '@dmsim/libc';

import { createOpenFile } from './create-open-file.ts';
import type { OpenFile } from './open-file.ts';
import { ready } from './ready.ts';

export interface Capture {
  readonly file: OpenFile;
  bytes(): Uint8Array;
  text(): string;
}

/** `onWrite` is called with the bytes of each write, for live output. */
export function createCapture(path = '/dev/pts/0', onWrite?: (bytes: Uint8Array) => void): Capture {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const bytes = (): Uint8Array => {
    const all = new Uint8Array(size);
    let n = 0;
    for (const chunk of chunks) {
      all.set(chunk, n);
      n += chunk.length;
    }
    return all;
  };
  const file = createOpenFile(
    path,
    { read: true, write: true },
    {
      isApart: true,
      read: () => ready(new Uint8Array(0)),
      write(_process, part) {
        chunks.push(part.slice());
        size += part.length;
        onWrite?.(part);
        return ready(part.length);
      },
    },
  );
  return { file, bytes, text: () => decodeUtf8(bytes()) };
}
