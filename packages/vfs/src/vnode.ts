// vnode.ts — A node that a path names: the interface that tmpfs, sysfs, procfs and device nodes implement.
import type { Errno, Process, Task } from '@dmsim/sim';

import type { FileTimes } from './file-times.ts';
import type { OpenFile, OpenFlags } from './open-file.ts';
import type { Program } from './program.ts';

interface VnodeBase {
  /** The permission bits, such as 0o644. They are shown but not enforced, since every process runs as root. */
  readonly mode: number;
  /** Undefined for what the kernel manages, whose inodes are as old as the look at them. */
  times?: FileTimes | undefined;
  /** The errno of a change of its mode or its times. @defaultValue they can always change */
  changeAttributes?(): Errno | undefined;
}

export interface Directory extends VnodeBase {
  readonly kind: 'directory';
  /** The size that stat(2) shows. @defaultValue 0, as in sysfs and procfs */
  size?(): number;
  /** The bytes of its blocks; none, in a file system that is in memory. */
  sizeOnDisk?(): number;
  /** Names without `.` and `..`, in any order. */
  entries(): readonly string[];
  lookup(name: string): Vnode | undefined;
  /** Adds or replaces an entry; EPERM or EACCES in a directory that the kernel manages. */
  link(name: string, node: Vnode): Errno | undefined;
  unlink(name: string): Errno | undefined;
  /** Whether rmdir may take it away. @defaultValue it has no entries */
  isRemovable?(): boolean;
  /** Waits until its file system takes changes. @defaultValue it always does */
  startWrite?(): Task<void>;
}

export interface RegularFile extends VnodeBase {
  readonly kind: 'file';
  /** The program that exec runs; a file without one is a script. */
  readonly program?: Program;
  /** All of its text, which is made anew for each reader, or an errno: an attribute of sysfs or procfs that can be read. */
  readonly show?: (() => string | { readonly errno: Errno }) | undefined;
  /** The size that stat(2) shows: 4096 in sysfs, 0 in procfs. */
  size(): number;
  open(process: Process, path: string, flags: OpenFlags): Task<OpenFile | Errno>;
  /** truncate(2); EINVAL for files that can't be truncated. */
  truncate(length: number): Errno | undefined;
}

export interface Symlink extends VnodeBase {
  readonly kind: 'symlink';
  readonly target: string;
}

/** A node of /dev: `open` calls the driver of `major:minor`; ENXIO if there is none. */
export interface DeviceNode extends VnodeBase {
  readonly kind: 'block' | 'character';
  /** @defaultValue 6 (disk) for a block device, as udev sets it, and 0 for others */
  readonly gid?: number;
  readonly major: number;
  readonly minor: number;
  open(process: Process, path: string, flags: OpenFlags): Task<OpenFile | Errno>;
}

/** A named pipe: `open` waits until the other end is open, too. */
export interface Fifo extends VnodeBase {
  readonly kind: 'fifo';
  open(process: Process, path: string, flags: OpenFlags): Task<OpenFile | Errno>;
}

export type Vnode = Directory | RegularFile | Symlink | DeviceNode | Fifo;
