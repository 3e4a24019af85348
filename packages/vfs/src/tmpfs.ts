// tmpfs.ts — Directories, files and symlinks that live in memory. Mirrors what a script sees of mm/shmem.c.
import { encodeUtf8 } from '@dmsim/libc';
import type { Errno } from '@dmsim/sim';

import { createOpenFile } from './create-open-file.ts';
import type { OpenFile, OpenFlags } from './open-file.ts';
import { ready } from './ready.ts';
import type { Directory, RegularFile, Symlink, Vnode } from './vnode.ts';

/** A file one can change at will. */
export interface MemoryFile extends RegularFile {
  mode: number;
  bytes(): Uint8Array;
  /** Replaces all of it. */
  setBytes(bytes: Uint8Array): void;
}

export interface MemoryDirectory extends Directory {
  mode: number;
}

export function createDirectory(
  entries: Readonly<Record<string, Vnode>> = {},
  mode = 0o755,
): MemoryDirectory {
  const nodes = new Map<string, Vnode>(Object.entries(entries));
  return {
    kind: 'directory',
    mode,
    entries: () => [...nodes.keys()],
    lookup: (name) => nodes.get(name),
    link(name, node) {
      nodes.set(name, node);
      return undefined;
    },
    unlink: (name) => (nodes.delete(name) ? undefined : 'ENOENT'),
  };
}

export const createSymlink = (target: string): Symlink => ({
  kind: 'symlink',
  mode: 0o777,
  target,
});

export function createFile(content: string | Uint8Array = '', mode = 0o644): MemoryFile {
  const store = { data: new Uint8Array(0), length: 0 };
  const setBytes = (bytes: Uint8Array): void => {
    store.data = bytes.slice();
    store.length = bytes.length;
  };
  setBytes(typeof content === 'string' ? encodeUtf8(content) : content);
  return {
    kind: 'file',
    mode,
    size: () => store.length,
    bytes: () => store.data.subarray(0, store.length),
    setBytes,
    open(_process, path, flags) {
      if (flags.truncate === true && flags.write) store.length = 0;
      return ready(openMemory(store, path, flags));
    },
    truncate: (length) => truncate(store, length),
  };
}

interface Store {
  data: Uint8Array;
  length: number;
}

function truncate(store: Store, length: number): Errno | undefined {
  if (length < 0) return 'EINVAL';
  reserve(store, length);
  if (length > store.length) store.data.fill(0, store.length, length);
  store.length = length;
  return undefined;
}

function reserve(store: Store, length: number): void {
  if (length <= store.data.length) return;
  const grown = new Uint8Array(Math.max(length, store.data.length * 2, 256));
  grown.set(store.data.subarray(0, store.length));
  store.data = grown;
}

function openMemory(store: Store, path: string, flags: OpenFlags): OpenFile {
  let position = 0;
  return createOpenFile(path, flags, {
    read(_process, max) {
      const bytes = store.data.slice(position, Math.min(position + max, store.length));
      position += bytes.length;
      return ready(bytes);
    },
    write(_process, bytes) {
      if (flags.append === true) position = store.length;
      const end = position + bytes.length;
      if (end > store.length) truncate(store, end);
      store.data.set(bytes, position);
      position = end;
      return ready(bytes.length);
    },
    seek(offset, whence) {
      const base = whence === 'set' ? 0 : whence === 'end' ? store.length : position;
      if (base + offset < 0) return 'EINVAL';
      position = base + offset;
      return position;
    },
    sync: () => ready(undefined),
  });
}
