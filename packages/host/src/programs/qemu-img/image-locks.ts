// image-locks.ts — The locks that qemu-img and qemu-io take on the images they have open.
import type { HostFile, Rights } from '@dmsim/qemu';
import {
  ALL_RIGHTS,
  backingRights,
  NO_NEEDS,
  refuseLocks,
  RIGHT,
  SHARED_BY_READERS,
  storageRights,
} from '@dmsim/qemu';

import type { ImageFormat } from './image-format.ts';
import type { ImgTool } from './img-tool.ts';

/** The use that a program wants to make of an image. */
export interface Intent {
  readonly writes?: boolean;
  readonly resizes?: boolean;
  /** -U: others may do with the image what they like. */
  readonly forceShare?: boolean;
  /** Nobody else may write meanwhile, not even to a raw image. */
  readonly excludesWriters?: boolean;
  /** Only what the image says of itself is read, not its data. */
  readonly looksOnly?: boolean;
  /** The image is opened to be checked, although it may be damaged. */
  readonly checks?: boolean;
}

/** The locks of one open file. */
export interface FileLock {
  readonly file: HostFile;
  readonly format: ImageFormat;
  readonly intent: Intent;
  rights: Rights;
}

/** Opens a file of an image, which nobody uses yet. A string is the refusal. */
export function lockFile(
  t: ImgTool,
  opened: Pick<FileLock, 'file' | 'format' | 'intent'>,
): FileLock | string {
  const lock: FileLock = { ...opened, rights: NO_NEEDS };
  const why = setRights(lock, NO_NEEDS);
  if (why !== null) return why;
  opened.file.locks.set(lock, () => lock.rights);
  t.locks.add(lock);
  return lock;
}

/** Gives the image above the file those rights. Returns the refusal, or null. */
export function setRights(
  lock: FileLock,
  above: Rights,
  intent: Intent = lock.intent,
): string | null {
  const { file, format } = lock;
  const wanted = fileRights(format, intent, above);
  const why = refuseLocks(file.locks, wanted, { self: lock, path: file.path });
  if (why === null) lock.rights = wanted;
  return why;
}

function fileRights(
  format: ImageFormat,
  { writes = false, forceShare = false, looksOnly = false }: Intent,
  above: Rights,
): Rights {
  const { needs, shares } = format === 'raw' ? above : storageRights({ readOnly: !writes }, above);
  return {
    needs: looksOnly ? needs & ~RIGHT.consistentRead : needs,
    shares: forceShare ? ALL_RIGHTS : shares,
  };
}

interface Chain {
  readonly lock: FileLock;
  readonly backing: Chain | null;
}

/** Takes the rights of the program itself, once the chain is open. Returns the refusal, or null. */
export function claimChain(image: Chain, intent: Intent): string | null {
  const { writes, resizes, excludesWriters, looksOnly } = intent;
  let rights: Rights = {
    needs:
      (looksOnly === true ? 0 : RIGHT.consistentRead) |
      (writes === true ? RIGHT.write : 0) |
      (resizes === true ? RIGHT.resize : 0),
    shares: excludesWriters === true ? SHARED_BY_READERS : ALL_RIGHTS,
  };
  for (let at: Chain | null = image; at !== null; at = at.backing) {
    const why = setRights(at.lock, rights);
    if (why !== null) return why;
    rights = backingRights(rights);
  }
  return null;
}

/** A commit makes the image below writable, and writes to it. Returns the refusal, or null. */
export function lockForCommit({ lock }: Chain, grows: boolean): string | null {
  const rights = {
    needs: RIGHT.consistentRead | RIGHT.write | (grows ? RIGHT.resize : 0),
    shares: SHARED_BY_READERS | RIGHT.write,
  };
  return setRights(lock, rights, { ...lock.intent, writes: true });
}

/** Closes the images of the program. */
export function unlockAll({ locks }: ImgTool): void {
  for (const lock of locks) lock.file.locks.delete(lock);
  locks.clear();
}
