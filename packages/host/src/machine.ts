// machine.ts — One simulated computer: its world, block layer, drivers and files.
import type { FcRport, LoopDriver, ScsiLayer } from '@dmsim/block';
import type { DeviceMapper } from '@dmsim/dm';
import type { MultipathModule } from '@dmsim/multipath';
import type { MultipathHost, Service } from '@dmsim/multipathd';
import type { TraceStream } from '@dmsim/observe';
import type { ImageLocks, Vm } from '@dmsim/qemu';
import type { Process } from '@dmsim/sim';

import type { DeviceNodes } from './device-nodes.ts';
import type { Mounts as FileSystems } from './ext4/mounts.ts';
import type { Guest } from './guest/guest.ts';
import type { RunningVms } from './programs/qemu/running-vm.ts';
import type { RunRecords } from './run-records.ts';
import type { NullDirectory } from './tree/config-null-blk.ts';
import type { ScsiDebugDriver } from './tree/sys-scsi-debug.ts';
import type { UdevState } from './udev/udev.ts';
import type { UeventBus } from './uevent-bus.ts';
import type { UserInvariants } from './user-invariants.ts';
import type { RunningPlugin, UserPlugin } from './user-plugins.ts';
import type { RunningHook, UserSelector } from './user-selectors.ts';
import type { UserTargets } from './user-targets.ts';
import type { LoadedModule, Userland } from './userland.ts';

export interface VmWatcher {
  readonly started: (vm: Vm) => void;
  readonly booted: (guest: Guest) => void;
}

/** The host: a computer with the drivers, device-mapper and everything that watches them. */
export interface Machine extends Userland {
  readonly dm: DeviceMapper;
  readonly scsi: ScsiLayer;
  readonly loops: LoopDriver;
  readonly multipath: MultipathModule;
  /** The path selectors that Linux does not have. */
  readonly userSelectors: readonly UserSelector[];
  readonly runningHook: RunningHook;
  /** The target types that Linux does not have. */
  readonly userTargets: UserTargets;
  /** The path checkers and prioritizers that multipath-tools do not have. */
  readonly userPlugins: readonly UserPlugin[];
  readonly runningPlugin: RunningPlugin;
  /** The invariants that are watched beside the built-in ones. */
  readonly userInvariants: UserInvariants;
  readonly modules: Map<string, DriverModule>;
  /** The remote ports of Fibre Channel hosts, by name. */
  readonly fcRports: Map<string, FcRport>;
  readonly nodes: DeviceNodes;
  /** The directories that a lab has made below /sys/kernel/config/nullb, by name. */
  readonly nullItems: Map<string, NullDirectory>;
  /** The file systems on its disks. */
  readonly fileSystems: FileSystems;
  /** The locks that QEMU's programs hold, by the file or the device. */
  readonly imageLocks: WeakMap<object, ImageLocks>;
  /** The processes of QEMU that run now. */
  readonly vms: RunningVms;
  /** Listeners for virtual machines that start, and guests that boot. */
  readonly vmWatchers: VmWatcher[];
  /** The names that the lab has reached (simctl reach). */
  readonly reached: Set<string>;
  readonly uevents: UeventBus;
  readonly udev: UdevState;
  /** The machine as multipath and multipathd see it. */
  readonly multipathHost: MultipathHost;
  /** multipathd.service */
  readonly service: Service;
  /** The processes that don't keep a lab from ending. */
  readonly daemons: Set<Process>;
  /** Programs that run until somebody ends them: they keep a lab from ending as long as its shell runs, and no longer. */
  readonly outliving: Set<Process>;
  readonly events: TraceStream;
  readonly records: RunRecords;
}

/** A module whose driver may have attributes of its own (/sys/bus/pseudo/drivers/scsi_debug). */
export interface DriverModule extends LoadedModule {
  readonly driver?: ScsiDebugDriver;
  /** Its exit function: takes its disks away, of which none is open. Absent for modules that can't be unloaded here. */
  readonly exit?: () => void;
}
