// device-info.ts — The state of a device as every ioctl returns it. Mirrors dm-ioctl.c: __dev_status, and struct dm_ioctl.
import type { HashCell } from './hash-cell.ts';

export interface DeviceInfo {
  readonly name: string;
  readonly uuid: string | null;
  readonly major: number;
  readonly minor: number;
  readonly suspended: boolean;
  readonly suspendedInternally: boolean;
  readonly readOnly: boolean;
  readonly liveTable: boolean;
  readonly inactiveTable: boolean;
  readonly deferredRemove: boolean;
  readonly openCount: number;
  readonly eventNr: number;
  readonly targetCount: number;
}

/** `inactive`: the target count and the read-only flag are those of the inactive table (DM_QUERY_INACTIVE_TABLE_FLAG). */
export function deviceInfo(
  { md, name, uuid, newMap }: HashCell,
  { inactive = false }: { readonly inactive?: boolean } = {},
): DeviceInfo {
  const table = inactive ? newMap : md.map;
  return {
    name,
    uuid,
    major: md.dm.major,
    minor: md.minor,
    suspended: md.suspended,
    suspendedInternally: md.suspendedInternally,
    readOnly: inactive ? newMap?.readOnly === true : md.disk?.readOnly === true,
    liveTable: md.map !== null,
    inactiveTable: newMap !== null,
    deferredRemove: md.deferredRemove,
    openCount: md.disk?.openers ?? 0,
    eventNr: md.eventNr,
    targetCount: table?.targets.length ?? 0,
  };
}
