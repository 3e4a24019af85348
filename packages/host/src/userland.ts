// userland.ts — The parts of a computer that its programs use, be it the simulated host or a guest in one of its VMs.
import type { PageCaches } from '@dmsim/bdev';
import type { BlockDevice, BlockLayer } from '@dmsim/block';
import type { DeviceMapper } from '@dmsim/dm';
import type { Directory, ProgramTable } from '@dmsim/vfs';

import type { HungTaskWatch } from './hung-task.ts';
import type { Mount } from './mounts.ts';

/** The data of files on disks that is in memory. */
export interface FileCache {
  /** What is clean leaves memory (drop_pagecache_sb). */
  readonly forgetPages: () => void;
}

export interface Userland extends PageCaches {
  readonly layer: BlockLayer;
  /** Null if the module is not loaded. Then no device is a mapped one. */
  readonly dm: DeviceMapper | null;
  /** `/` */
  readonly root: Directory;
  readonly programs: ProgramTable;
  /** Names loaded so far, as /sys/module shows them (`scsi_debug`), with their parameters as text. */
  readonly modules: Map<string, LoadedModule>;
  readonly hungTasks: HungTaskWatch;
  /** Mounts, by mount point. */
  readonly mounts: Map<string, Mount>;
  readonly fileSystems: FileCache;
  /** Whether udevd looks after /dev. @defaultValue it does */
  readonly udev?: { readonly running: boolean };
  /** Called when a writer closes a block device, which udev may watch. */
  readonly onWritableClose?: (dev: BlockDevice) => void;
}

/** A loaded kernel module, with the files of /sys/module/NAME/parameters. */
export interface LoadedModule {
  /** Made when a lab looks: most never do. */
  readonly parameters: () => ModuleParameters;
}

/** By name. */
export type ModuleParameters = ReadonlyMap<string, ModuleParameter>;

export interface ModuleParameter {
  readonly show: () => string;
  /** Takes a written value; EINVAL if it is not valid. Absent for read-only parameters. */
  readonly store?: (text: string) => 'EINVAL' | undefined;
}
