// hash-cell.ts — A device by name: its uuid, and the table that waits to become live. Mirrors dm-ioctl.c: struct hash_cell.
import type { MappedDevice } from '../mapped-device.ts';
import type { DmTable } from '../table/table.ts';

export interface HashCell {
  name: string;
  uuid: string | null;
  readonly md: MappedDevice;
  /** The INACTIVE slot. */
  newMap: DmTable | null;
}
