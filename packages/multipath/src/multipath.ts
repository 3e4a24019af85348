// multipath.ts — The four structs of the target: a path, a group of paths, the target, and what it keeps per I/O. Mirrors dm-mpath.c: struct pgpath, struct priority_group, struct multipath, struct dm_mpath_io.
import type { Bio } from '@dmsim/block';
import type { DmDev, DmTarget, MappedDevice, QueueMode } from '@dmsim/dm';
import type { Nanos, Sim, Timer, WaitQueue, Work } from '@dmsim/sim';

import type { ModuleServices } from './module-services.ts';
import type { DmPath, PathSelectorType } from './selectors/path-selector.ts';

/** One device listed in two groups is two of these. */
export interface PgPath extends DmPath {
  readonly dev: DmDev;
  context: unknown;
  readonly pg: PriorityGroup;
  /** `A` and `F` of the status line. */
  active: boolean;
  /** Only ever grows. */
  failCount: number;
  /** Asks the hardware handler to make this path usable. */
  readonly activatePath: Work;
}

/** Paths that are used together. */
export interface PriorityGroup {
  readonly m: Multipath;
  /** From 1, as messages and status lines count. */
  readonly pgNum: number;
  readonly selector: PathSelectorType;
  readonly selectorState: unknown;
  /** In order of the table line, whatever their state: how they rotate is the selector's. */
  readonly pgpaths: PgPath[];
  /** `D` of the status line: used only when no other group can be. */
  bypassed: boolean;
}

/** Made once per pooled clone or request. */
export interface MpathIo {
  /**
   * Where it was sent last. It stays set while a bio that failed there waits for another path: should the bio be given
   * up then, the path is charged again, as in Linux.
   */
  pgpath: PgPath | null;
  nrBytes: number;
  startTime: Nanos;
  /** Request mode: the selector counts it as in flight. */
  started: boolean;
  /** The bio while it waits inside the target; in request mode the bio of the clone, for this record's whole life. */
  bio: Bio | null;
  /** Link of the list of waiting bios. */
  next: MpathIo | null;
  /** As the bio was before it was sent to a path (dm_bio_record). */
  sector: number;
  nrSectors: number;
  dataOffset: number;
}

/** Bios that wait inside the target, in order. */
export interface QueuedBios {
  head: MpathIo | null;
  tail: MpathIo | null;
  length: number;
}

export interface Multipath {
  readonly module: ModuleServices;
  readonly sim: Sim;
  readonly ti: DmTarget<Multipath, MpathIo>;
  readonly md: MappedDevice;

  /** The flags (MPATHF_*). */
  queueIo: boolean;
  queueIfNoPath: boolean;
  savedQueueIfNoPath: boolean;
  retainAttachedHwHandler: boolean;
  pgInitDisabled: boolean;
  pgInitRequired: boolean;
  pgInitDelayRetry: boolean;

  queueMode: QueueMode;
  /** The hardware handler's name, its arguments, and null for none. */
  hwHandlerName: string | null;
  hwHandlerParams: readonly string[] | null;

  readonly priorityGroups: PriorityGroup[];
  currentPg: PriorityGroup | null;
  /** The path chosen when the current group was entered; null once it has failed. */
  currentPgpath: PgPath | null;
  /** The group to try before any other. */
  nextPg: PriorityGroup | null;
  /** Active paths of all groups, bypassed ones too. */
  nrValidPaths: number;

  pgInitRetries: number;
  /** Null: not given, which is not the same as the default to a table line. */
  pgInitDelayMsecs: number | null;
  pgInitInProgress: number;
  pgInitCount: number;
  readonly pgInitWait: WaitQueue;

  readonly queuedBios: QueuedBios;
  readonly processQueuedBios: Work;
  readonly triggerEvent: Work;
  readonly nopathTimer: Timer;
}

export function findPriorityGroup(m: Multipath, pgNum: number): PriorityGroup | undefined {
  return m.priorityGroups[pgNum - 1];
}

/** What log lines and `dmsetup` call the device. */
export const deviceName = (m: Multipath): string => m.md.name;
