// multipath.ts — The four structs of the target: a path, a group of paths, the target, and its record of an I/O. Mirrors dm-mpath.c: struct pgpath, struct priority_group, struct multipath, struct dm_mpath_io.
import type { Bio } from '@dmsim/block';
import type { DmDev, DmTarget, MappedDevice, QueueMode } from '@dmsim/dm';
import type { Nanos, Sim, Timer, WaitQueue, Work } from '@dmsim/sim';

import type { ModuleServices } from './module-services.ts';
import type { DmPath, PathSelectorType } from './selectors/path-selector.ts';

/** A path in a group. A device that is listed in two groups has two of these. */
export interface PgPath extends DmPath {
  readonly dev: DmDev;
  context: unknown;
  readonly pg: PriorityGroup;
  /** `A` and `F` of the status line. */
  active: boolean;
  /** Never reset. */
  failCount: number;
  /** Asks the hardware handler to make this path usable. */
  readonly activatePath: Work;
}

/** Paths that are used together. */
export interface PriorityGroup {
  readonly m: Multipath;
  /** Counts from 1, as messages and status lines do. */
  readonly pgNum: number;
  readonly selector: PathSelectorType;
  readonly selectorState: unknown;
  /** All paths, in order of the table line; the selector keeps an order of its own. */
  readonly pgpaths: PgPath[];
  /** `D` in the status line: used only if no other group can be. */
  bypassed: boolean;
}

/** Made once per pooled clone or request. */
export interface MpathIo {
  /**
   * The path it was sent to last. It stays set while a bio that failed there waits for another path; if the bio is then
   * given up, the path is charged again, as in Linux.
   */
  pgpath: PgPath | null;
  nrBytes: number;
  startTime: Nanos;
  /** In request mode: true while the selector counts it as in flight. */
  started: boolean;
  /** The bio that waits inside the target. In request mode, the clone's bio, for the whole life of this record. */
  bio: Bio | null;
  /** The next in the list of waiting bios. */
  next: MpathIo | null;
  /** The bio's range before it was sent to a path (dm_bio_record). */
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
  /** Null if not given: a table line shows the difference from the default. */
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

/** The device's name in log lines and in `dmsetup`. */
export const deviceName = (m: Multipath): string => m.md.name;
