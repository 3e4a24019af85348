// standard-streams.ts — Standard output and standard error, written at once and whole.
import { writeSync } from 'node:fs';

import { encodeUtf8 } from '@dmsim/libc';

import { reasonOf } from '../reason-of.ts';

/**
 * Why nothing more can be written to standard output: its reader has gone (EPIPE), or something is wrong with it. Set by the
 * write that failed; later ones are dropped, and whoever runs a lab ends it soon.
 */
export const output: { failure: { readonly code: string; readonly reason: string } | null } = {
  failure: null,
};

/** Under a supervisor the real standard error is another descriptor: 2 is for what Node.js prints when it dies. */
let standardError = 2;
let standardOutput = 1;
export function useStandardError(fd: number): void {
  standardError = fd;
}

/** For a caller that wants what is printed. */
export function useStandardOutput(fd: number): void {
  standardOutput = fd;
}

/** The descriptor that standard error really is, for questions such as whether it is a terminal. */
export const standardErrorFd = (): number => standardError;

/** Does nothing once it has failed. */
export function writeAll(fd: 1 | 2, bytes: Uint8Array): void {
  if (fd === 1 && output.failure !== null) return;
  try {
    writeWhole(fd === 1 ? standardOutput : standardError, bytes);
  } catch (error) {
    // With no standard error there is no one to tell.
    if (fd === 2) return;
    const { code = 'unknown' } = error as { readonly code?: string };
    output.failure = { code, reason: reasonOf(error) };
  }
}

/** A pipe may take a part only, or nothing for now. Throws what the write fails with. */
export function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(fd, bytes, done);
    } catch (error) {
      if ((error as { readonly code?: string }).code !== 'EAGAIN') throw error;
      pause();
    }
  }
}

const never = new Int32Array(new SharedArrayBuffer(4));

/** Until a pipe that is full may have room again. */
const pause = (): void => void Atomics.wait(never, 0, 0, 2);

export const print = (text: string): void => writeAll(1, encodeUtf8(text));

/** Prints a message of dmsim's own on standard error. */
export const say = (line: string): void => writeAll(2, encodeUtf8(`dmsim: ${line}\n`));
