// multipath.ts — A map: its paths and groups, what the configuration wants of it, what the kernel has, what is being counted. Mirrors libmultipath/structs.h: struct multipath.
import type { DeviceInfo } from '@dmsim/dm';

import type { DeviceEntry } from './config/config.ts';
import type { Settings } from './config/settings.ts';
import type { StatusGroup } from './dm/parse-status.ts';
import type { ParsedTable } from './dm/parse-table.ts';
import type { Path } from './path.ts';
import { isUsable } from './path.ts';
import type { MarginalLimits } from './shaky-path.ts';

export type GroupStatus = 'undef' | 'enabled' | 'disabled' | 'active';

export interface PathGroup {
  readonly paths: Path[];
  status: GroupStatus;
  /** Mean of those of its usable paths. */
  priority: number;
  enabledPaths: number;
  marginal: boolean;
}

export const createGroup = (paths: Path[] = []): PathGroup => ({
  paths,
  status: 'undef',
  priority: 0,
  enabledPaths: 0,
  marginal: false,
});

/** The action to take for a map. */
export type MapAction =
  | 'undef'
  | 'nothing'
  | 'reject'
  | 'reload'
  | 'switchpg'
  | 'rename'
  | 'create'
  | 'resize'
  | 'forcerename'
  | 'dry-run'
  | 'impossible';

export type NoPathRetry = 'undef' | 'fail' | 'queue' | number;
export type Failback = 'manual' | 'immediate' | 'followover' | number;

/** The configuration of a map, as `setupMap` found it. */
export interface MapSettings {
  failback: Failback;
  groupingPolicy: string;
  selector: string;
  noPathRetry: NoPathRetry;
  features: string;
  hardwareHandler: string;
  rrWeight: string;
  minio: number;
  flushOnLastDelete: boolean;
  deferredRemove: boolean;
  skipKpartx: boolean;
  /** 0: not set. */
  maxSectorsKb: number;
  ghostDelay: number;
  sanPathErr: { threshold: number; forgetRate: number; recoveryTime: number } | null;
  marginalPath: MarginalLimits | null;
  /** As it is shown; null: none. */
  reservationKey: string | null;
  reservationSource: 'none' | 'configuration' | 'file';
}

type Parsed<T> = { readonly text: string; readonly value: T } | null;

export interface Multipath extends MapSettings {
  alias: string;
  /** The name it has in the kernel, when it is to be renamed. */
  oldAlias: string;
  wwid: string;
  /** Sectors. */
  size: number;
  entry: Settings | undefined;
  devices: readonly DeviceEntry[];
  /** Whether a path has told them. */
  knowsDevices: boolean;
  /** Its paths while they are not in groups. */
  paths: Path[];
  groups: PathGroup[];
  /** 1-based: the group that should be used, and the one the kernel's table names. */
  bestGroup: number;
  nextGroup: number;
  /** 'undef' until the kernel's table was seen. */
  queueMode: 'undef' | 'bio' | 'rq';
  /** As the kernel had it last; null: it is not there yet. */
  info: DeviceInfo | null;
  action: MapAction;
  /** The parsed table and status lines of the kernel, with the text that they were parsed from. */
  readonly parsed: { table: Parsed<ParsedTable>; status: Parsed<readonly StatusGroup[]> };
  needReload: boolean;
  forceUdevReload: boolean;
  forceReadOnly: boolean;
  needsPathUevents: boolean;
  /** The administrator, or the removal of the last path, took queueing away. */
  queueingDisabled: boolean;
  inRecovery: boolean;
  /** Seconds until queueing ends, failback comes, udev is given up, a ghost path is used; 0 = not counting. */
  retryTick: number;
  failbackTick: number;
  udevWaitTick: number;
  ghostDelayTick: number;
  /** It was created and udev has not answered; `delayed`: something waits for that. */
  waitForUdev: 'no' | 'yes' | 'delayed';
  deferredRemovePending: boolean;
  /** Persistent reservation: a key is registered on its paths. */
  reservationActive: boolean;
  /** Listed by `show maps stats`. */
  readonly stats: MapStats;
}

export interface MapStats {
  pathFaults: number;
  switchGroups: number;
  mapLoads: number;
  queueingTime: number;
  queueingTimeouts: number;
  mapFailures: number;
}

export const createStats = (): MapStats => ({
  pathFaults: 0,
  switchGroups: 0,
  mapLoads: 0,
  queueingTime: 0,
  queueingTimeouts: 0,
  mapFailures: 0,
});

export function createMultipath(alias: string, wwid: string): Multipath {
  return {
    alias,
    oldAlias: '',
    wwid,
    size: 0,
    entry: undefined,
    devices: [],
    knowsDevices: false,
    paths: [],
    groups: [],
    bestGroup: 0,
    nextGroup: 0,
    queueMode: 'undef',
    info: null,
    action: 'undef',
    parsed: { table: null, status: null },
    needReload: false,
    forceUdevReload: false,
    forceReadOnly: false,
    needsPathUevents: false,
    queueingDisabled: false,
    inRecovery: false,
    retryTick: 0,
    failbackTick: 0,
    udevWaitTick: 0,
    ghostDelayTick: 0,
    waitForUdev: 'no',
    deferredRemovePending: false,
    reservationActive: false,
    stats: createStats(),
    failback: 'manual',
    groupingPolicy: 'failover',
    selector: '',
    noPathRetry: 'undef',
    features: '',
    hardwareHandler: '',
    rrWeight: 'uniform',
    minio: 0,
    flushOnLastDelete: false,
    deferredRemove: false,
    skipKpartx: false,
    maxSectorsKb: 0,
    ghostDelay: 0,
    sanPathErr: null,
    marginalPath: null,
    reservationKey: null,
    reservationSource: 'none',
  };
}

/** All paths in its groups, in order. */
export function pathsInGroups({ groups }: Multipath): Path[] {
  const all: Path[] = [];
  for (const { paths } of groups) for (const path of paths) all.push(path);
  return all;
}

/** Only paths in groups count. */
export function countPaths({ groups }: Multipath, matches: (path: Path) => boolean): number {
  let count = 0;
  for (const { paths } of groups) for (const path of paths) if (matches(path)) count++;
  return count;
}

/** count_active_paths */
export const countActive = (map: Multipath): number =>
  countPaths(map, ({ state }) => isUsable(state));
