// open-file.ts — An open file description, as read(2) and write(2) see it: a file, a pipe, a terminal, a disk.
import type { Errno, Process, Task } from '@dmsim/sim';

export interface OpenFlags {
  readonly read: boolean;
  readonly write: boolean;
  readonly append?: boolean;
  readonly create?: boolean;
  readonly truncate?: boolean;
  readonly exclusive?: boolean;
  /** O_DIRECT: reads and writes bypass the page cache. */
  direct?: boolean;
  /** O_SYNC or O_DSYNC: each write is on stable storage when it returns. */
  readonly sync?: boolean;
  readonly nonblock?: boolean;
  /** O_DIRECTORY: fails on all else. */
  readonly directory?: boolean;
  /** The mode of a file that the call creates, before the process's umask. @defaultValue 0666 */
  readonly mode?: number;
}

/** Front to back, or here and there. */
export type Advice = 'sequential' | 'random';

/** Descriptors made by dup(2) or fork(2) share one OpenFile. `retain` and `release` count them; the last one closes it. */
export interface OpenFile {
  /** The path that the opening program used, for messages. */
  readonly path: string;
  readonly flags: OpenFlags;
  /** Reads up to `max` bytes at the file's position; empty at the end of the file. The caller may keep the bytes. */
  read(process: Process, max: number): Task<Uint8Array | Errno>;
  /** What a read that has just failed left in the reader's buffer: direct I/O arrives in parts. Null: nothing. */
  leftovers(): Uint8Array | null;
  /** Returns how many bytes were written. A pipe without readers sends SIGPIPE and returns EPIPE. */
  write(process: Process, bytes: Uint8Array): Task<number | Errno>;
  /** lseek(2). Returns the new position, or ESPIPE if the file has no position. */
  seek(offset: number, whence: 'set' | 'current' | 'end'): number | Errno;
  /** posix_fadvise(2): how the file will be read. Only read-ahead heeds it. */
  advise(advice: Advice): void;
  /** fsync(2). */
  sync(process: Process): Task<Errno | undefined>;
  /** The part of close(2) that waits: a disk's last closer writes its cache back. Called before the last release. */
  linger(process: Process): Task<void>;
  /** Calls `told` once, after the last release. */
  whenClosed(told: () => void): void;
  retain(): void;
  release(process: Process): void;
}
