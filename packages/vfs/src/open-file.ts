// open-file.ts — An open file description, as read(2) and write(2) see it: a file, a pipe, a terminal, a disk.
import type { Errno, Process, Task } from '@dmsim/sim';

export interface OpenFlags {
  readonly read: boolean;
  readonly write: boolean;
  readonly append?: boolean;
  readonly create?: boolean;
  readonly truncate?: boolean;
  readonly exclusive?: boolean;
  /** O_DIRECT: past the page cache. */
  readonly direct?: boolean;
  /** O_SYNC or O_DSYNC: each write is on stable storage when it returns. */
  readonly sync?: boolean;
  readonly nonblock?: boolean;
}

/** Shared by all descriptors made from it by dup(2) or fork(2); `retain` and `release` count them, the last release closes. */
export interface OpenFile {
  /** As the program that opened it called it, for messages. */
  readonly path: string;
  readonly flags: OpenFlags;
  /** Up to `max` bytes at the file's position; empty at the end of the file. The bytes are the caller's to keep. */
  read(process: Process, max: number): Task<Uint8Array | Errno>;
  /** How many bytes were taken. A pipe without readers sends SIGPIPE and returns EPIPE. */
  write(process: Process, bytes: Uint8Array): Task<number | Errno>;
  /** lseek(2): the new position; ESPIPE where there is none. */
  seek(offset: number, whence: 'set' | 'current' | 'end'): number | Errno;
  /** fsync(2). */
  sync(process: Process): Task<Errno | undefined>;
  /** What close(2) waits for, called by who cares before the last release: a disk's last closer writes its cache back. */
  linger(process: Process): Task<void>;
  retain(): void;
  release(process: Process): void;
}
