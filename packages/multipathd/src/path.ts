// path.ts — A path: what is known of it, what its checker says, which map it belongs to. Mirrors libmultipath/structs.h: struct path.
import type { CheckerState } from './checkers/checker.ts';
import type { DeviceEntry } from './config/config.ts';
import type { SysfsPlace } from './discovery/sysfs-place.ts';
import type { Multipath } from './multipath.ts';
import type { SelectedPrioritizer } from './prioritizers/prioritizer.ts';
import type { ShakyPath } from './shaky-path.ts';
import { createShakyPath } from './shaky-path.ts';

/** The states that a checker may report, in the order of their numbers (enum path_states). */
export const PATH_STATES = [
  'wild',
  'unchecked',
  'down',
  'up',
  'shaky',
  'ghost',
  'pending',
  'timeout',
  'removed',
  'delayed',
] as const;

export type PathState = (typeof PATH_STATES)[number];

/** As some lines of the log have it. */
export const stateNumber = ({ state }: { readonly state: PathState }): number =>
  PATH_STATES.indexOf(state);

/** A path's state in the kernel's status line, with its number as some lines of the log have it. */
export const DM_STATE_NUMBER = { undef: 0, failed: 1, active: 2 } as const;

/** How far it has come on its way in. */
export type InitState =
  | 'new'
  | 'failed'
  | 'udev-missing'
  | 'udev-requested'
  | 'ok'
  | 'removed'
  | 'partial';

/** PRIO_UNDEF */
export const PRIO_UNDEF = -1;

export interface Path {
  /** `sda`; empty while a table has only its number. */
  dev: string;
  /** `8:0` */
  devT: string;
  /** host:channel:target:lun */
  address: readonly [host: number, channel: number, target: number, lun: number];
  /** `scsi:unspec`, `scsi:fcp` */
  protocol: string;
  vendor: string;
  product: string;
  rev: string;
  serial: string;
  /** Node name of the target, where its transport has one. */
  targetNodeName: string;
  targetPortName: string;
  /** Sectors. */
  size: number;
  wwid: string;
  uidAttribute: string | null;
  tpgs: 'undef' | 'none' | 'implicit' | 'explicit' | 'both';
  /** Configuration for its array, what wins first. */
  devices: readonly DeviceEntry[];
  state: PathState;
  /** The last state that the checker itself reported: events of the kernel don't change it. */
  checkerSaid: PathState;
  /** As the kernel's status line had it. */
  dmState: keyof typeof DM_STATE_NUMBER;
  /** Its SCSI device is offline. */
  offline: boolean;
  /** The directory in which its attributes were found last; null before that, and for a device that is no SCSI disk. */
  place: SysfsPlace | null;
  /** Its node is held open, from when something was first asked of it until it leaves its map. */
  isOpen: boolean;
  /** Closes the node through which the daemon has read its disk; null if there is none. */
  closeNode: (() => void) | null;
  priority: number;
  checker: CheckerState | null;
  prioritizer: SelectedPrioritizer | null;
  /** The last pass of the checker that came by here. */
  visitedIn: number;
  /** Seconds until the next check. */
  tick: number;
  /** Seconds between checks, now. */
  interval: number;
  failCount: number;
  /** 1-based; 0 = none. */
  groupIndex: number;
  marginal: boolean;
  map: Multipath | null;
  initialized: InitState;
  /** Flapping (san_path_err_*): failures so far, when it was shut out, checks until one is forgiven. */
  failures: number;
  disabledAt: number;
  reinstateDisabled: boolean;
  forgetRate: number;
  shaky: ShakyPath;
  retriggers: number;
  /** Passes of the checker until udev is asked about a path that only a table has named; 0: never. */
  partialDelay: number;
}

export function createPath(dev: string, interval: number): Path {
  return {
    dev,
    devT: '',
    address: [0, 0, 0, 0],
    protocol: 'undef',
    vendor: '',
    product: '',
    rev: '',
    serial: '',
    targetNodeName: '',
    targetPortName: '',
    size: 0,
    wwid: '',
    uidAttribute: null,
    tpgs: 'undef',
    devices: [],
    state: 'wild',
    checkerSaid: 'wild',
    dmState: 'undef',
    offline: false,
    place: null,
    isOpen: false,
    closeNode: null,
    priority: PRIO_UNDEF,
    checker: null,
    prioritizer: null,
    visitedIn: 0,
    tick: 0,
    interval,
    failCount: 0,
    groupIndex: 0,
    marginal: false,
    map: null,
    initialized: 'new',
    failures: 0,
    disabledAt: 0,
    reinstateDisabled: false,
    forgetRate: 0,
    shaky: createShakyPath(),
    retriggers: 0,
    partialDelay: 0,
  };
}

/** I/O may go there. */
export const isUsable = (state: PathState): boolean => state === 'up' || state === 'ghost';

/** It leaves its map, and with it what was known of checker and kernel (uninitialize_path). */
export function forgetMap(path: Path): void {
  path.dmState = 'undef';
  path.checker = null;
  path.prioritizer = null;
  path.uidAttribute = null;
  closePath(path);
}

export function closePath(path: Path): void {
  path.isOpen = false;
  closeNode(path);
}

export function closeNode(path: Path): void {
  path.closeNode?.();
  path.closeNode = null;
}
