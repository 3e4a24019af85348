// output-file.ts — A file that dmsim writes for the user (a trace, a log), so that nothing of theirs is harmed.
import {
  closeSync,
  constants,
  fchmodSync,
  openSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import type { Stats } from 'node:fs';

import { encodeUtf8 } from '@dmsim/libc';
import { Gzip } from 'fflate';

import { writeAll, writeWhole } from '../process/standard-streams.ts';
import { announceTemporary } from '../process/supervised.ts';
import { reasonOf } from '../reason-of.ts';
import { Refusal } from '../refusal.ts';

export interface OutputFile {
  write(text: string): void;
  /** The run is over: the file takes its place. Throws a `Refusal` when something of it could not be written. */
  finish(): void;
  /** The run did not take place: what was there stays as it was. */
  abandon(): void;
}

export interface OutputOptions {
  /** Files that are being read: the lab, selectors. They are never written over. */
  readonly inputs: readonly string[];
}

interface Sink {
  write(bytes: Uint8Array): void;
  close(): void;
  abandon(): void;
}

/**
 * `-` is standard output. A pipe or a character device is written into; a regular file, or none, is written beside and
 * renamed at the end, so that whoever looks meanwhile finds what was there before. Whatever else PATH may be is refused
 * now, before the lab has done anything. A name that ends in .gz is compressed.
 */
export function openOutput(path: string, { inputs }: OutputOptions): OutputFile {
  const sink = openSink(path, inputs);
  let failure: unknown = null;
  const put = (bytes: Uint8Array): void => {
    // A full disk must not stop the lab in its middle: it is told at the end.
    try {
      if (failure === null) sink.write(bytes);
    } catch (error) {
      failure = error;
    }
  };
  const gzip = path.endsWith('.gz') ? new Gzip({ level: 4 }, put) : null;
  return {
    write: (text) => (gzip === null ? put(encodeUtf8(text)) : gzip.push(encodeUtf8(text))),
    finish() {
      gzip?.push(new Uint8Array(0), true);
      if (failure !== null) sink.abandon();
      else attempt(path, () => sink.close());
      if (failure !== null) throw refusal(path, failure);
    },
    abandon: () => sink.abandon(),
  };
}

const STANDARD_OUTPUT: ReadonlySet<string> = new Set([
  '-',
  '/dev/stdout',
  '/dev/fd/1',
  '/proc/self/fd/1',
]);

function openSink(path: string, inputs: readonly string[]): Sink {
  if (STANDARD_OUTPUT.has(path)) {
    return {
      write: (bytes) => writeAll(1, bytes),
      close: () => undefined,
      abandon: () => undefined,
    };
  }
  const there = attempt(path, () => statSync(path, { throwIfNoEntry: false }));
  if (there?.isDirectory() === true) throw new Refusal(`${path}: Is a directory`);
  if (there?.isBlockDevice() === true)
    throw new Refusal(`${path}: a block device, which is not written over`);
  if (there === undefined || there.isFile()) return beside(path, there, inputs);
  return into(path);
}

/** Pipes, terminals, /dev/null. Without a reader a named pipe is refused, instead of waiting for one. */
function into(path: string): Sink {
  const fd = attempt(path, () => openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
  const close = (): void => closeSync(fd);
  return { write: (bytes) => writeWhole(fd, bytes), close, abandon: close };
}

function beside(path: string, there: Stats | undefined, inputs: readonly string[]): Sink {
  const input = there === undefined ? undefined : inputs.find((name) => isSame(name, there));
  if (input !== undefined) throw new Refusal(`${path}: the same file as ${input}, which is read`);
  // Through a symbolic link, the file that it leads to is replaced.
  const target = there === undefined ? path : realpathSync(path);
  const temporary = `${target}.${process.pid}.tmp`;
  const fd = attempt(path, () => openSync(temporary, 'wx'));
  const forget = announceTemporary(temporary, target);
  if (there !== undefined) attempt(path, () => fchmodSync(fd, there.mode));
  const abandon = (): void => {
    closeSync(fd);
    unlinkSync(temporary);
    forget();
  };
  return {
    write: (bytes) => writeWhole(fd, bytes),
    abandon,
    close() {
      try {
        renameSync(temporary, target);
      } catch (error) {
        abandon();
        throw error;
      }
      closeSync(fd);
      forget();
    },
  };
}

function isSame(name: string, { dev, ino }: Stats): boolean {
  const other = statSync(name, { throwIfNoEntry: false });
  return other !== undefined && other.dev === dev && other.ino === ino;
}

function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw refusal(path, error);
  }
}

const refusal = (path: string, error: unknown): Refusal =>
  new Refusal(`${path}: ${reasonOf(error)}`);
