// vm-options.ts — The options of a machine besides its command line, and what holds without them.
import type { RetryMode, RetrySettings } from '../block/backend.ts';
import type { BlockDriver } from '../block/block-driver.ts';
import type { IoStatusRule, JobErrors } from '../block/error-action.ts';
import type { HostFiles } from '../block/host-file.ts';
import type { QemuBuild } from './vm.ts';
import type { WallClock } from './wall-clock.ts';

export interface VmOptions {
  readonly name?: string;
  readonly guestName?: string | null;
  /** @defaultValue the virtual time itself */
  readonly wallClock?: WallClock;
  readonly build?: QemuBuild;
  readonly files?: HostFiles;
  readonly ioStatusRule?: IoStatusRule;
  readonly jobErrors?: JobErrors;
  readonly retryMode?: RetryMode;
  readonly retrySettings?: RetrySettings;
  readonly hasMachine?: boolean;
  readonly isStorageDaemon?: boolean;
  readonly memory?: number;
  readonly cpus?: number | null;
  readonly rootBus?: string;
  /** Drivers that QEMU itself does not provide, such as the one for the host's block devices. */
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
  drivers: [],
};
