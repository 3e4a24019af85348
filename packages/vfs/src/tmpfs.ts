// tmpfs.ts — Directories, files and symlinks that live in memory. Mirrors what a script sees of mm/shmem.c.
import { encodeUtf8 } from '@dmsim/libc';
import type { Errno, Process } from '@dmsim/sim';

import { createOpenFile } from './create-open-file.ts';
import { createTimes, touchModified } from './file-times.ts';
import type { FileTimes } from './file-times.ts';
import type { OpenFile, OpenFlags } from './open-file.ts';
import { PageStore } from './page-store.ts';
import { ready } from './ready.ts';
import type { Space } from './space.ts';
import { createSpace, PAGE_SIZE, UNBOUNDED } from './space.ts';
import type { Directory, RegularFile, Symlink, Vnode } from './vnode.ts';

/** inotify: IN_CLOSE_WRITE, IN_IGNORED. */
export type FileWatcher = (what: 'written' | 'gone') => void;
/** inotify: IN_CREATE, IN_DELETE. */
export type DirectoryWatcher = (name: string, what: 'linked' | 'unlinked') => void;

/** A file in memory, whose content can be changed directly. */
export interface MemoryFile extends RegularFile {
  mode: number;
  /** How many names the file has. Its space is freed when it has none and nobody has it open. */
  links: number;
  /** The bytes that it occupies: whole pages, without holes. */
  sizeOnDisk(): number;
  readAt(offset: number, max: number): Uint8Array;
  /** Returns how many bytes found room; ENOSPC if none did. */
  writeAt(offset: number, bytes: Uint8Array): number | Errno;
  /** True if the page at that offset is a hole (SEEK_HOLE). */
  isHole(offset: number): boolean;
  /** Makes a hole (fallocate). */
  punch(offset: number, length: number): void;
  /** The whole content as one array that may be changed in place. This fills the holes of the file. */
  bytes(): Uint8Array;
  /** Replaces the whole content. */
  setBytes(bytes: Uint8Array): void;
  /** A directory calls `linked` when the file gets a name in it, and `unlinked` when it loses one. */
  linked(space: Space | undefined): Errno | undefined;
  unlinked(): void;
  /** `told` hears when a writer closes the file, and when it has lost its last name, until the function returned is called. */
  watch(told: FileWatcher): () => void;
}

export interface MemoryDirectory extends Directory {
  mode: number;
  /** The space of its file system; undefined until it is linked into one. */
  space: Space | undefined;
  /** `told` hears of each name that was added or taken away, until the function returned is called. */
  watch(told: DirectoryWatcher): () => void;
}

/** A directory in memory with these entries. `mode` has the permission bits. */
export function createDirectory(
  entries: Readonly<Record<string, Vnode>> = {},
  mode = 0o755,
): MemoryDirectory {
  const directory = new TmpfsDirectory(mode);
  for (const name in entries) directory.link(name, entries[name] as Vnode);
  return directory;
}

class TmpfsDirectory implements MemoryDirectory {
  readonly kind = 'directory';
  mode: number;
  space: Space | undefined = undefined;
  times: FileTimes | undefined = undefined;
  #watchers: Set<DirectoryWatcher> | null = null;
  readonly #nodes = new Map<string, Vnode | (() => Vnode)>();

  constructor(mode: number) {
    this.mode = mode;
  }

  /** BOGO_DIRENT_SIZE for each name, and for `.` and `..`. */
  size(): number {
    return (this.#nodes.size + 2) * 20;
  }

  /** The newest first, as 6.12 lists them (fs/libfs.c: offset_readdir). */
  entries(): readonly string[] {
    return [...this.#nodes.keys()].toReversed();
  }

  lookup(name: string): Vnode | undefined {
    const node = this.#nodes.get(name);
    if (typeof node !== 'function') return node;
    const made = node();
    adopt(made, this.space);
    this.#nodes.set(name, made);
    return made;
  }

  link(name: string, node: Vnode): Errno | undefined {
    const error = adopt(node, this.space);
    if (error !== undefined) return error;
    const old = this.lookup(name);
    this.#nodes.set(name, node);
    if (old !== undefined && isMemoryFile(old)) old.unlinked();
    this.#changed();
    this.#tell(name, 'linked');
    return undefined;
  }

  linkLater(name: string, make: () => Vnode): void {
    this.#nodes.set(name, make);
  }

  unlink(name: string): Errno | undefined {
    const node = this.lookup(name);
    if (!this.#nodes.delete(name)) return 'ENOENT';
    if (node !== undefined && isMemoryFile(node)) node.unlinked();
    this.#changed();
    this.#tell(name, 'unlinked');
    return undefined;
  }

  #changed(): void {
    if (this.space !== undefined) touchModified(this.times, this.space.clock());
  }

  watch(told: DirectoryWatcher): () => void {
    const watchers = (this.#watchers ??= new Set());
    watchers.add(told);
    return () => watchers.delete(told);
  }

  #tell(name: string, what: 'linked' | 'unlinked'): void {
    if (this.#watchers !== null) for (const told of this.#watchers) told(name, what);
  }
}

/** Links what `make` returns, which in memory is made when it is first looked up: most of a machine's tree never is. */
export function linkLater(directory: Directory, name: string, make: () => Vnode): void {
  if (directory instanceof TmpfsDirectory) directory.linkLater(name, make);
  else directory.link(name, make());
}

/**
 * Returns the root of a file system of `size` bytes, which all files linked into it share. `clock` stamps them, in
 * nanoseconds since 1970.
 */
export function createTmpfs(size: number, clock?: () => bigint): MemoryDirectory {
  const root = createDirectory();
  root.space = createSpace(size, clock);
  root.times = createTimes(root.space.clock());
  return root;
}

function adopt(node: Vnode, space: Space | undefined): Errno | undefined {
  if (isMemoryFile(node)) return node.linked(space);
  if (space !== undefined && isOwn(node)) node.times ??= createTimes(space.clock());
  if (node.kind === 'directory' && 'space' in node && space !== undefined) {
    const directory = node as MemoryDirectory;
    if (directory.space === undefined) {
      directory.space = space;
      // These entries were linked before the directory itself belonged to a file system.
      for (const name of directory.entries()) adopt(directory.lookup(name) as Vnode, space);
    }
  }
  return undefined;
}

/** Whether the node belongs to the file system it is linked into. The nodes of devices are shared. */
const isOwn = (node: Vnode): boolean =>
  node.kind === 'symlink' || node.kind === 'fifo' || (node.kind === 'directory' && 'space' in node);

export const isMemoryFile = (node: Vnode): node is MemoryFile =>
  node.kind === 'file' && 'setBytes' in node;

export const createSymlink = (target: string): Symlink => ({
  kind: 'symlink',
  mode: 0o777,
  target,
});

/** A file in memory. A text becomes bytes as UTF-8; `mode` has the permission bits. */
export function createFile(content: string | Uint8Array = '', mode = 0o644): MemoryFile {
  const store = new PageStore();
  let opens = 0;
  // A file that never had a name keeps its content, for the caller that created it.
  let named = false;
  const freeIfGone = (): void => {
    if (named && file.links === 0 && opens === 0) store.truncate(0);
  };
  let watchers: Set<FileWatcher> | null = null;
  const tell: FileWatcher = (what) => {
    if (watchers !== null) for (const told of watchers) told(what);
  };
  const file: MemoryFile = {
    kind: 'file',
    mode,
    times: undefined,
    links: 0,
    size: () => store.length,
    sizeOnDisk: () => store.allocated * PAGE_SIZE,
    readAt: (offset, max) => store.read(offset, max),
    writeAt: (offset, bytes) => store.write(offset, bytes),
    isHole: (offset) => store.isHole(offset),
    punch: (offset, length) => store.punch(offset, length),
    bytes: () => store.whole(),
    setBytes(bytes) {
      store.truncate(0);
      store.write(0, bytes);
    },
    linked(space) {
      const error = space === undefined ? undefined : store.moveTo(space);
      if (error !== undefined) return error;
      const now = (space ?? UNBOUNDED).clock();
      if (file.times === undefined) file.times = createTimes(now);
      else if (named) file.times.changed = now;
      named = true;
      file.links++;
      return undefined;
    },
    unlinked() {
      file.links--;
      if (file.times !== undefined) file.times.changed = store.space.clock();
      freeIfGone();
      if (file.links === 0) tell('gone');
    },
    open(_process, path, flags) {
      if (flags.truncate === true && flags.write) {
        store.truncate(0);
        touchModified(file.times, store.space.clock());
      }
      opens++;
      const close = (): void => {
        opens--;
        freeIfGone();
        if (flags.write) tell('written');
      };
      return ready(openMemory(file, store, path, { flags, close }));
    },
    truncate(length) {
      touchModified(file.times, store.space.clock());
      return store.truncate(length);
    },
    watch(told) {
      const all = (watchers ??= new Set());
      all.add(told);
      return () => all.delete(told);
    },
  };
  file.setBytes(typeof content === 'string' ? encodeUtf8(content) : content);
  return file;
}

function openMemory(
  file: MemoryFile,
  store: PageStore,
  path: string,
  { flags, close }: { readonly flags: OpenFlags; readonly close: (process: Process) => void },
): OpenFile {
  let position = 0;
  return createOpenFile(path, flags, {
    isApart: true,
    read(_process, max) {
      const bytes = store.read(position, max);
      position += bytes.length;
      if (file.times !== undefined) file.times.accessed = store.space.clock();
      return ready(bytes);
    },
    write(_process, bytes) {
      if (flags.append === true) position = store.length;
      const taken = store.write(position, bytes);
      if (typeof taken === 'number') position += taken;
      touchModified(file.times, store.space.clock());
      return ready(taken);
    },
    seek(offset, whence) {
      const base = whence === 'set' ? 0 : whence === 'end' ? store.length : position;
      if (base + offset < 0) return 'EINVAL';
      position = base + offset;
      return position;
    },
    sync: () => ready(undefined),
    close,
  });
}
