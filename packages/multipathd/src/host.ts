// host.ts — The machine as multipath-tools see it: files, the device mapper, udev, SCSI commands. The machine fills this record.
import type { DeviceMapper } from '@dmsim/dm';
import type { Errno, Nanos, Prng, Process, Sim, Task } from '@dmsim/sim';
import type { Directory } from '@dmsim/vfs';

import type { PathChecker } from './checkers/checker.ts';
import type { CommandSocket } from './daemon/command-socket.ts';
import type { PidLock } from './daemon/pid-file.ts';
import type { WaitFiles } from './names/wait-files.ts';
import type { Prioritizer } from './prioritizers/prioritizer.ts';

export interface MultipathHost {
  readonly sim: Sim;
  /** The numbers that the prioritizer `random` draws. */
  readonly random: Prng;
  /** `/` */
  readonly root: Directory;
  /** /dev/mapper/control */
  readonly dm: DeviceMapper;
  readonly udev: Udev;
  readonly scsi: ScsiGeneric;
  /** Opens a disk for reads past the page cache; undefined where that fails. */
  readonly openDirect: (kernel: string) => DirectReader | undefined;
  /** Opens a disk for itself alone (O_EXCL), and closes it: the errno where that fails. */
  readonly tryExclusive: (kernel: string) => Errno | undefined;
  /** The abstract socket of the daemon that runs, if one does. */
  readonly socket: CommandSocket;
  readonly pidLock: PidLock;
  /** The user's own, beside those of multipath-tools. */
  readonly plugins: {
    readonly checkers: readonly PathChecker[];
    readonly prioritizers: readonly Prioritizer[];
  };
  readonly waitFiles: WaitFiles;
  /** The machine's script may end while this program runs: it runs until somebody ends it. */
  readonly outliveLab: (process: Process) => void;
  /** Starts a process, or a thread of one, that does not keep the machine's script from ending. */
  readonly spawnThread: (
    name: string,
    main: (self: Process) => Task<number>,
    of?: Process,
  ) => Process;
}

/** A uevent as udev passes it on when its rules are done. */
export interface UdevEvent {
  readonly action: 'add' | 'change' | 'remove';
  /** `sda`, `dm-0` */
  readonly kernel: string;
  readonly properties: ReadonlyMap<string, string>;
}

/** libudev, and the cookies of libdevmapper. */
export interface Udev {
  /** False: no udevd runs here. */
  isRunning(): boolean;
  /** Names of block devices, in the order in which sysfs lists them. */
  readonly blockDevices: () => readonly string[];
  /** The properties of a block device in udev's database, in the order in which the rules set them; undefined while udev has not seen it. */
  readonly properties: (kernel: string) => ReadonlyMap<string, string> | undefined;
  /** Until the function returned is called. */
  readonly subscribe: (listener: (event: UdevEvent) => void) => () => void;
  /** Has the kernel send a uevent of a block device: a write to its `uevent` attribute. */
  readonly trigger: (kernel: string, action: 'add' | 'change') => void;
  /** A new cookie with these flags in its upper half (DM_UDEV_…). */
  readonly createCookie: (flags: number) => number;
  /** dm_udev_wait: until the rules are done with every event that carries the cookie. */
  readonly wait: (cookie: number) => Task<void>;
}

/** A disk that is read without waiting for it (io_submit). It is held open until it is closed. */
export interface DirectReader {
  /** Reads its first block. `done` is called when that is over, perhaps at once: whether it went well. */
  readonly read: (done: (good: boolean) => void) => void;
  readonly close: () => void;
}

/** How a SCSI command ended. */
export type ScsiResult =
  | { readonly kind: 'good' }
  | { readonly kind: 'sense'; readonly key: number; readonly asc: number; readonly ascq: number }
  /** RESERVATION CONFLICT and other status bytes. */
  | { readonly kind: 'status'; readonly status: number }
  /** The transport failed, or it timed out. */
  | { readonly kind: 'host'; readonly hostByte: number }
  /** It could not be sent. */
  | { readonly kind: 'errno'; readonly errno: Errno };

/** The answer of REPORT TARGET PORT GROUPS for a path's own group. */
export interface PortGroupState {
  readonly state:
    | 'optimized'
    | 'non-optimized'
    | 'standby'
    | 'unavailable'
    | 'lba-dependent'
    | 'offline'
    | 'transitioning';
  readonly preferred: boolean;
}

export interface ReportedGroup extends PortGroupState {
  /** Its number. */
  readonly id: number;
}

/** SG_IO on /dev/NAME. */
export interface ScsiGeneric {
  /** The device's address, and its transport (`scsi:unspec`, `scsi:fcp`). */
  readonly addressOf: (kernel: string) => {
    readonly address: readonly [host: number, channel: number, target: number, lun: number];
    readonly protocol: string;
  };
  /** `rport-H:B-N`, where the transport is Fibre Channel. */
  readonly remotePort: (kernel: string) => string | undefined;
  /** Aborted after `timeout`. */
  readonly testUnitReady: (kernel: string, timeout: Nanos) => Task<ScsiResult>;
  /** How long it would take now, in ns, where it is known beforehand that it goes well; null where it is not. */
  readonly timeOfGoodTest: (kernel: string) => Nanos | null;
  /** Bits 4–5 of byte 5 of an INQUIRY; undefined where it could not be sent. */
  readonly tpgs: (kernel: string) => 'none' | 'implicit' | 'explicit' | 'both' | undefined;
  /** VPD page 0x80; undefined where it could not be read. */
  readonly serial: (kernel: string) => string | undefined;
  /** The name in page 0x83, in the form of udev's ID_SERIAL; undefined if it could not be read. */
  readonly wwid: (kernel: string) => string | undefined;
  /** Another VPD page: undefined where the device has none such. */
  readonly vpdPage: (kernel: string, page: number) => Uint8Array | undefined;
  readonly reportTargetPortGroups: (kernel: string) => Task<ReportedGroup | undefined>;
}
