// standard-streams.ts — Standard output and standard error, written at once and whole.
import { writeSync } from 'node:fs';

/** A pipe may take a part only, or nothing for now. */
export function writeAll(fd: 1 | 2, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(fd, bytes, done);
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
    }
  }
}

export const print = (text: string): void => writeAll(1, new TextEncoder().encode(text));

/** What dmsim has to say itself, on standard error. */
export const say = (line: string): void =>
  writeAll(2, new TextEncoder().encode(`dmsim: ${line}\n`));
