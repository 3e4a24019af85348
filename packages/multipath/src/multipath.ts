// multipath.ts — One multipath target: its flags, its groups, what waits in it. Mirrors dm-mpath.c: struct multipath.
import type { DmTarget, MappedDevice, QueueMode } from '@dmsim/dm';
import type { Sim, Timer, WaitQueue, Work } from '@dmsim/sim';

import type { MultipathModule } from './module.ts';
import type { MpathIo } from './mpath-io.ts';
import type { PgPath } from './pgpath.ts';
import type { PriorityGroup } from './priority-group.ts';

/** Bios that wait inside the target, in order. */
export interface QueuedBios {
  head: MpathIo | null;
  tail: MpathIo | null;
  length: number;
}

export interface Multipath {
  readonly module: MultipathModule;
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
