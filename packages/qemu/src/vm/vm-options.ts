// vm-options.ts — The options of a machine besides its command line, and what holds without them.
import type { RetryMode, RetrySettings } from '../block/backend.ts';
import type { BlockDriver } from '../block/block-driver.ts';
import type { IoStatusRule, JobErrors } from '../block/error-action.ts';
import type { HostFiles } from '../block/host-file.ts';
import type { RunActions } from './run-state.ts';
import type { QemuBuild } from './vm.ts';
import type { WallClock } from './wall-clock.ts';

/** What QEMU talks through. */
export interface Chardev {
  readonly label: string;
  readonly filename: string;
}

/** What was set of an iothread. */
export type IothreadSettings = Record<
  | 'poll-max-ns'
  | 'poll-grow'
  | 'poll-shrink'
  | 'aio-max-batch'
  | 'thread-pool-min'
  | 'thread-pool-max',
  number
>;

export interface VmOptions {
  /** Its name in the trace and in messages of the simulator. @defaultValue 'vm' */
  readonly name?: string;
  /** The argument of -name, which queries show. @defaultValue null: none was given */
  readonly guestName?: string | null;
  /** @defaultValue the virtual time itself */
  readonly wallClock?: WallClock;
  /** Which QEMU it is: the released one, or that with the patches of 2020. @defaultValue '7.2' */
  readonly build?: QemuBuild;
  /** The files of the host, by path. @defaultValue none */
  readonly files?: HostFiles;
  /** @defaultValue 'merged' */
  readonly ioStatusRule?: IoStatusRule;
  /** @defaultValue 'merged' */
  readonly jobErrors?: JobErrors;
  /** @defaultValue 'recorded' */
  readonly retryMode?: RetryMode;
  /** @defaultValue 'drive' */
  readonly retrySettings?: RetrySettings;
  /** False for `-machine none` and for the storage daemon, which have no devices. @defaultValue true */
  readonly hasMachine?: boolean;
  /** @defaultValue false */
  readonly isStorageDaemon?: boolean;
  /** In bytes. @defaultValue 0 */
  readonly memory?: number;
  /** Null: -smp says more than a number, and queries of processors are refused. @defaultValue 1 */
  readonly cpus?: number | null;
  /** The bus of PCI devices that name none: `pci.0`, or `pcie.0` of q35. @defaultValue 'pci.0' */
  readonly rootBus?: string;
  /** What a reset and a shutdown do. @defaultValue as without options */
  readonly actions?: RunActions;
  /** What QEMU talks through, the oldest first; null if there are consoles, too. @defaultValue null */
  readonly chardevs?: readonly Chardev[] | null;
  /** True if there is no display. @defaultValue false */
  readonly isHeadless?: boolean;
  /** Drivers that QEMU itself does not provide, such as the one for the host's block devices. @defaultValue none */
  readonly drivers?: readonly BlockDriver[];
}

type Unset = 'files' | 'wallClock';

export const DEFAULTS: Required<Omit<VmOptions, Unset>> = {
  name: 'vm',
  guestName: null,
  build: '7.2',
  ioStatusRule: 'merged',
  jobErrors: 'merged',
  retryMode: 'recorded',
  retrySettings: 'drive',
  hasMachine: true,
  isStorageDaemon: false,
  memory: 0,
  cpus: 1,
  rootBus: 'pci.0',
  actions: { reboot: 'reset', shutdown: 'poweroff' },
  chardevs: null,
  isHeadless: false,
  drivers: [],
};
