// vnode.ts — What a path names: the interface that tmpfs, sysfs, procfs and device nodes implement.
import type { Errno, Process, Task } from '@dmsim/sim';

import type { OpenFile, OpenFlags } from './open-file.ts';

interface VnodeBase {
  /** Permission bits only, 0o644. Everyone is root here; they are shown, not enforced. */
  readonly mode: number;
}

export interface Directory extends VnodeBase {
  readonly kind: 'directory';
  /** Names without `.` and `..`, in any order. */
  entries(): readonly string[];
  lookup(name: string): Vnode | undefined;
  /** Adds or replaces; EPERM, EACCES where the directory is made by the kernel. */
  link(name: string, node: Vnode): Errno | undefined;
  unlink(name: string): Errno | undefined;
}

export interface RegularFile extends VnodeBase {
  readonly kind: 'file';
  /** As stat(2) shows it; 4096 for sysfs, 0 for procfs. */
  size(): number;
  open(process: Process, path: string, flags: OpenFlags): Task<OpenFile | Errno>;
  /** truncate(2); EINVAL where it makes no sense. */
  truncate(length: number): Errno | undefined;
}

export interface Symlink extends VnodeBase {
  readonly kind: 'symlink';
  readonly target: string;
}

/** A node of /dev: `open` asks whoever drives `major:minor`, ENXIO when no one does. */
export interface DeviceNode extends VnodeBase {
  readonly kind: 'block' | 'character';
  readonly major: number;
  readonly minor: number;
  open(process: Process, path: string, flags: OpenFlags): Task<OpenFile | Errno>;
}

export type Vnode = Directory | RegularFile | Symlink | DeviceNode;
