// file-times.ts — When a file was read, written and changed. Mirrors struct inode: i_atime, i_mtime, i_ctime.
import type { Vnode } from './vnode.ts';

/** Instants, in nanoseconds since 1970. */
export interface FileTimes {
  accessed: bigint;
  /** When its content changed. */
  modified: bigint;
  /** When its content, its mode, its owner or the number of its names changed. */
  changed: bigint;
  readonly born: bigint;
}

export const createTimes = (now: bigint): FileTimes => ({
  accessed: now,
  modified: now,
  changed: now,
  born: now,
});

/** Notes that the content changed. */
export function touchModified(times: FileTimes | undefined, now: bigint): void {
  if (times === undefined) return;
  times.modified = now;
  times.changed = now;
}

/** Sets the times that are given, as utimensat(2) does; the times of what the kernel manages stay as they are. A file system that can't keep them says nothing. */
export function setTimes(
  node: Vnode,
  now: bigint,
  given: { readonly accessed?: bigint | undefined; readonly modified?: bigint | undefined },
): void {
  const { times } = node;
  if (times === undefined) return;
  node.changeAttributes?.();
  times.accessed = given.accessed ?? times.accessed;
  times.modified = given.modified ?? times.modified;
  times.changed = now;
}
