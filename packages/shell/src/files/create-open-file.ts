// create-open-file.ts — Makes an OpenFile of the few operations a kind of file has; the rest answer as the kernel does.
import type { Errno, Process, Task } from '@dmsim/sim';
import { assert } from '@dmsim/sim';

import { ready } from '../ready.ts';
import type { OpenFile, OpenFlags } from './open-file.ts';

/** What differs between kinds of files. `close` comes with the last release. */
export interface FileOperations {
  readonly read?: (process: Process, max: number) => Task<Uint8Array | Errno>;
  readonly write?: (process: Process, bytes: Uint8Array) => Task<number | Errno>;
  /** @defaultValue ESPIPE */
  readonly seek?: (offset: number, whence: 'set' | 'current' | 'end') => number | Errno;
  /** @defaultValue EINVAL, as for pipes and attributes */
  readonly sync?: (process: Process) => Task<Errno | undefined>;
  readonly linger?: (process: Process) => Task<void>;
  readonly close?: (process: Process) => void;
}

/** An open file with one reference, the caller's. Access against `flags` is EBADF here, so that operations need not ask. */
export function createOpenFile(
  path: string,
  flags: OpenFlags,
  operations: FileOperations,
): OpenFile {
  let references = 1;
  return {
    path,
    flags,
    read: (process, max) =>
      flags.read ? (operations.read?.(process, max) ?? ready('EINVAL')) : ready('EBADF'),
    write: (process, bytes) =>
      flags.write ? (operations.write?.(process, bytes) ?? ready('EINVAL')) : ready('EBADF'),
    seek: (offset, whence) => operations.seek?.(offset, whence) ?? 'ESPIPE',
    sync: (process) => operations.sync?.(process) ?? ready('EINVAL'),
    ...(operations.linger === undefined ? {} : { linger: operations.linger }),
    retain() {
      assert(references > 0, `${path} is open`);
      references++;
    },
    release(process) {
      assert(references > 0, `${path} is open`);
      if (--references === 0) operations.close?.(process);
    },
  };
}
