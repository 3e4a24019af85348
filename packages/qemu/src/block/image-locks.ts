// image-locks.ts — The locks by which processes, and nodes of one process, tell each other how they use a file. Mirrors block/file-posix.c: raw_check_lock_bytes.
//
// QEMU locks a byte of the file for each right that it needs, and one for each that it does not share. Here the locks of a file
// are a list of their holders: each is asked for its rights when another one wants some.
import type { Rights } from './rights.ts';
import { RIGHT_NAMES } from './rights.ts';

/** The holders of a file's locks, and how to ask for their rights at this moment. */
export type ImageLocks = Map<object, () => Rights>;

/** The refusal as QMP has it. */
export const withoutHint = (why: string): string =>
  why.replace(/\nIs another process using the image \[.*$/su, '');

/**
 * Why the rights can't be had beside those of the other holders, or null. The second line is a hint, which QMP leaves out.
 *
 * @param self - the holder whose own locks are no hindrance
 * @param path - the file as the hint names it
 */
export function refuseLocks(
  locks: ImageLocks,
  wanted: Rights,
  { self, path }: { readonly self: object | null; readonly path: string },
): string | null {
  const others = [...locks].filter(([holder]) => holder !== self).map(([, rights]) => rights());
  const hint = `Is another process using the image [${path}]?`;
  for (const [right, name] of RIGHT_NAMES)
    if ((wanted.needs & right) !== 0 && others.some(({ shares }) => (shares & right) === 0))
      return `Failed to get "${name}" lock\n${hint}`;
  for (const [right, name] of RIGHT_NAMES)
    if ((wanted.shares & right) === 0 && others.some(({ needs }) => (needs & right) !== 0))
      return `Failed to get shared "${name}" lock\n${hint}`;
  return null;
}
