// schedule.ts — A schedule as data: a map over four paths, and what happens to it. It can be generated, shrunk, run and printed.

/** The paths, by the number of their host; all lead to one medium. */
export const PATHS = 4;
/** Sectors of the map. */
export const MAP_SECTORS = 1024;
/** I/O begins and ends at multiples of it, in sectors: what `dd bs=4096` can do. */
export const UNIT = 8;

export type Selector =
  | 'round-robin'
  | 'queue-length'
  | 'service-time'
  | 'historical-service-time'
  | 'io-affinity';

export interface OwnSelector {
  readonly name: string;
  /** Its own words of a table line. */
  readonly args: readonly string[];
  /** The words after each path, by number; as many for each. */
  readonly pathArgs: readonly (readonly string[])[];
}

export interface MultipathTable {
  readonly type: 'multipath';
  readonly mode: 'bio' | 'rq';
  readonly queueIfNoPath: boolean;
  readonly selector: Selector;
  /** In its place: a selector that Linux does not have. */
  readonly ownSelector?: OwnSelector;
  /** Paths by group; at least one of each. */
  readonly groups: readonly (readonly number[])[];
}

/** Equal parts one after another, each on a path; the addresses on the medium are those of the map. */
export interface LinearTable {
  readonly type: 'linear';
  readonly parts: readonly number[];
}

/** Chunks of 8 sectors. */
export interface StripedTable {
  readonly type: 'striped';
  readonly stripes: readonly number[];
}

/** The whole map is one target of a type that is yours (`targets` of `check`). */
export interface OwnTable {
  readonly type: 'target';
  /** The name of the target type. */
  readonly target: string;
  /** As a table line has them, but `$0` to `$3` stand for the devices of the paths: `'$0 0'`. */
  readonly params: string;
}

export type Table = MultipathTable | LinearTable | StripedTable | OwnTable;

export interface SuspendFlags {
  readonly noflush: boolean;
  readonly lockFs: boolean;
}

export type Command =
  | { readonly kind: 'write'; readonly sector: number; readonly nrSectors: number }
  | { readonly kind: 'read'; readonly sector: number; readonly nrSectors: number }
  | { readonly kind: 'path-state'; readonly path: number; readonly state: 'offline' | 'running' }
  | {
      readonly kind: 'path-message';
      readonly word: 'fail_path' | 'reinstate_path';
      readonly path: number;
    }
  | {
      readonly kind: 'group-message';
      readonly word: 'disable_group' | 'enable_group' | 'switch_group';
      readonly group: number;
    }
  | { readonly kind: 'queueing'; readonly word: 'queue_if_no_path' | 'fail_if_no_path' }
  /** The disk is unplugged; `rescan` plugs it in again, as another disk. */
  | { readonly kind: 'delete'; readonly path: number }
  | { readonly kind: 'rescan'; readonly path: number }
  | { readonly kind: 'load'; readonly table: Table }
  | { readonly kind: 'clear' }
  /** In the background it waits for I/O beside what follows. */
  | { readonly kind: 'suspend'; readonly flags: SuspendFlags; readonly background: boolean }
  | { readonly kind: 'resume'; readonly flags: SuspendFlags }
  /** Suspend, load, resume: how a table is replaced under I/O. */
  | { readonly kind: 'swap'; readonly flags: SuspendFlags; readonly table: Table }
  /** A signal to the suspend in the background. */
  | { readonly kind: 'interrupt' }
  /** Commands that the disk gets within that time are served after it. */
  | { readonly kind: 'stall'; readonly path: number; readonly ms: number }
  /** Told to the monitor of the virtual machine, if there is one. */
  | { readonly kind: 'monitor'; readonly word: MonitorWord }
  /** The guest discards what it no longer needs. */
  | { readonly kind: 'discard'; readonly sector: number; readonly nrSectors: number }
  /** The guest flushes the cache of its disk. */
  | { readonly kind: 'flush' }
  /** A block job of the virtual machine begins. */
  | { readonly kind: 'job'; readonly word: JobWord; readonly onError: JobPolicy }
  | { readonly kind: 'job-control'; readonly word: 'complete' | 'resume' | 'cancel' }
  /** The array moves the path's port group. */
  | { readonly kind: 'access'; readonly path: number; readonly state: Access }
  | { readonly kind: 'sleep'; readonly ms: number };

export type JobCommand = CommandOf<'job' | 'job-control'>;

/**
 * `mirror` and `backup`: the whole disk goes to a file of the host. With an overlay, `commit` writes to the map what the overlay
 * holds, and `stream` reads from the map what it does not hold.
 */
export type JobWord = 'mirror' | 'backup' | 'commit' | 'stream';

/** Without `ignore`: a job that ignores errors does nothing else for as long as they last. */
export type JobPolicy = 'report' | 'enospc' | 'stop';

/** States of a port group, as `simctl array` calls them. */
export type Access = 'optimized' | 'non-optimized' | 'standby' | 'transitioning';

/** QMP commands that the schedule sends. */
export type MonitorWord = 'stop' | 'cont' | 'system_reset';

/** A virtual machine whose disk is the map: its guest does the I/O of the schedule. */
export interface GuestSetup {
  readonly disk: 'virtio-blk' | 'scsi';
  /** The disk has a thread of its own, which QEMU has for virtio-blk only. */
  readonly iothread: boolean;
  readonly werror: ErrorPolicy;
  readonly rerror: Exclude<ErrorPolicy, 'enospc'>;
  /** In ms: from a failure to the next try. */
  readonly retryInterval: number;
  /** In ms: how long it is tried again; 0: for ever. */
  readonly retryTimeout: number;
  /** In s: how long the device does not hear of an error (`iohang-timeout`); 0: it hears of it at once. */
  readonly ioHang: number;
  /** The disk is an image of the host that holds what the guest has written; the map is below. Absent: the map itself. */
  readonly overlay?: true;
  /** Its disk passes discards on to the map. Absent: QEMU answers them, and nothing happens. */
  readonly discard?: true;
}

export type ErrorPolicy = 'report' | 'ignore' | 'enospc' | 'stop' | 'retry';

/** The commands of one kind. */
export type CommandOf<K extends Command['kind']> = Extract<Command, { readonly kind: K }>;

export interface Schedule {
  /** I/O goes to a linear map above, whose two halves lie in the map the other way round: it is split there. */
  readonly stacked: boolean;
  /** The first table. */
  readonly table: Table;
  /** How long a command takes on each path, in µs. Absent: as a disk usually does. */
  readonly latencies?: readonly number[];
  /** Each path has a port group of its own, which `access` moves. Absent: they have none. */
  readonly portGroups?: boolean;
  /** Absent: programs of the host do the I/O. */
  readonly guest?: GuestSetup;
  readonly commands: readonly Command[];
}
