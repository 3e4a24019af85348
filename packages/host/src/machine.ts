// machine.ts — One simulated computer: the world, its block layer, its drivers, its files. What programs are given.
import type { BlockLayer } from '@dmsim/block';
import type { DeviceMapper } from '@dmsim/dm';
import type { Directory } from '@dmsim/shell';
import type { Sim } from '@dmsim/sim';

export interface Machine {
  readonly sim: Sim;
  readonly layer: BlockLayer;
  readonly dm: DeviceMapper;
  /** `/` */
  readonly root: Directory;
  /** Names loaded so far, as /sys/module shows them (`scsi_debug`). */
  readonly modules: Map<string, LoadedModule>;
}

/** A kernel module that modprobe has loaded. */
export interface LoadedModule {
  readonly name: string;
}
