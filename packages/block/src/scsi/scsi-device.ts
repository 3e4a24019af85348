// scsi-device.ts — One path to a logical unit: its state, its queue, its commands. Mirrors drivers/scsi/scsi_lib.c.
import type { BlockDevice } from '../block-device.ts';
import type { RequestQueue } from '../request.ts';
import type { LogicalUnit, PortGroup } from './logical-unit.ts';

/** As /sys/block/X/device/state shows it. */
export type ScsiState =
  | 'created'
  | 'running'
  | 'quiesce'
  | 'offline'
  | 'transport-offline'
  | 'blocked'
  | 'cancel'
  | 'deleted';

/** host:channel:target:lun */
export interface ScsiAddress {
  readonly host: number;
  readonly channel: number;
  readonly target: number;
  readonly lun: number;
}

export interface ScsiDevice {
  readonly address: ScsiAddress;
  readonly unit: LogicalUnit;
  /** The port group its port belongs to. */
  readonly portGroup: PortGroup;
  state: ScsiState;
  queue: RequestQueue;
  /** The disk made of it, once there is one. */
  disk: BlockDevice | null;
  /** The hardware handler attached to it (`alua`), which stays when a table that attached it has gone. */
  handler: string | null;
}
