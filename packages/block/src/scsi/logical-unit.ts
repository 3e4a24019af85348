// logical-unit.ts — What is behind the paths: one medium, one name, whichever path a command comes by.
import type { Store } from '../store.ts';

export interface LogicalUnit {
  /** As /sys/block/X/device/wwid shows it: `t10.Linux   scsi_debug      …` or `naa.…`. */
  readonly wwid: string;
  /** Sectors. */
  readonly capacity: number;
  readonly store: Store;
}
