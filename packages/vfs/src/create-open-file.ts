// create-open-file.ts — Makes an OpenFile from a file's own operations; missing ones return the kernel's errors.
import type { Errno, Process, Task } from '@dmsim/sim';
import { assert, touchDevices } from '@dmsim/sim';

import type { Advice, OpenFile, OpenFlags } from './open-file.ts';
import { ready } from './ready.ts';

/** The operations that differ between kinds of files. The last release calls `close`. */
export interface FileOperations {
  /** It is no disk, shows nothing of one, and acts on none. @defaultValue false */
  readonly isApart?: boolean;
  readonly read?: (process: Process, max: number) => Task<Uint8Array | Errno>;
  /** @defaultValue null, as for all that is read through a cache */
  readonly leftovers?: () => Uint8Array | null;
  readonly write?: (process: Process, bytes: Uint8Array) => Task<number | Errno>;
  /** @defaultValue ESPIPE */
  readonly seek?: (offset: number, whence: 'set' | 'current' | 'end') => number | Errno;
  readonly advise?: (advice: Advice) => void;
  /** @defaultValue EINVAL, as for pipes and attributes */
  readonly sync?: (process: Process) => Task<Errno | undefined>;
  readonly linger?: (process: Process) => Task<void>;
  readonly close?: (process: Process) => void;
}

/** An open file with one reference, the caller's. */
export const createOpenFile = (
  path: string,
  flags: OpenFlags,
  operations: FileOperations,
): OpenFile => new FileDescription(path, flags, operations);

/** Returns EBADF for reads and writes that `flags` forbid, so that operations need not check. */
class FileDescription implements OpenFile {
  readonly path: string;
  readonly flags: OpenFlags;
  readonly #operations: FileOperations;
  #references = 1;
  #told: (() => void)[] | null = null;

  constructor(path: string, flags: OpenFlags, operations: FileOperations) {
    this.path = path;
    this.flags = flags;
    this.#operations = operations;
  }

  read(process: Process, max: number): Task<Uint8Array | Errno> {
    if (!this.flags.read) return ready('EBADF');
    this.#touch(process);
    return this.#operations.read?.(process, max) ?? ready('EINVAL');
  }

  write(process: Process, bytes: Uint8Array): Task<number | Errno> {
    if (!this.flags.write) return ready('EBADF');
    this.#touch(process);
    return this.#operations.write?.(process, bytes) ?? ready('EINVAL');
  }

  leftovers(): Uint8Array | null {
    return this.#operations.leftovers?.() ?? null;
  }

  seek(offset: number, whence: 'set' | 'current' | 'end'): number | Errno {
    return this.#operations.seek?.(offset, whence) ?? 'ESPIPE';
  }

  advise(advice: Advice): void {
    this.#operations.advise?.(advice);
  }

  sync(process: Process): Task<Errno | undefined> {
    this.#touch(process);
    return this.#operations.sync?.(process) ?? ready('EINVAL');
  }

  linger(process: Process): Task<void> {
    if (this.#references > 1) return ready(undefined);
    this.#touch(process);
    return this.#operations.linger?.(process) ?? ready(undefined);
  }

  whenClosed(told: () => void): void {
    (this.#told ??= []).push(told);
  }

  retain(): void {
    assert(this.#references > 0, 'a file that is in use is open');
    this.#references++;
  }

  release(process: Process): void {
    assert(this.#references > 0, 'a file that is in use is open');
    if (--this.#references > 0) return;
    this.#touch(process);
    this.#operations.close?.(process);
    if (this.#told !== null) for (const told of this.#told) told();
  }

  #touch({ sim }: Process): void {
    if (sim.touched !== null && this.#operations.isApart !== true) touchDevices(sim);
  }
}
