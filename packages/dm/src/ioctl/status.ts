// status.ts — DM_TABLE_STATUS, DM_TABLE_DEPS, DM_LIST_VERSIONS. Mirrors dm-ioctl.c: retrieve_status, retrieve_deps.
import type { Errno } from '@dmsim/sim';

import type { DeviceMapper } from '../device-mapper.ts';
import type { DmTable } from '../table/table.ts';
import type { DmTarget } from '../target-type.ts';
import type { DeviceKey } from './find-device.ts';
import { findCell } from './find-device.ts';
import type { HashCell } from './hash-cell.ts';

export interface TargetStatus {
  readonly start: number;
  readonly length: number;
  readonly type: string;
  /** May be empty, and may end with a space. */
  readonly params: string;
}

export interface StatusOptions {
  readonly kind: 'info' | 'table' | 'measure';
  readonly inactive?: boolean;
}

const chosenTable = ({ md, newMap }: HashCell, inactive: boolean): DmTable | null =>
  inactive ? newMap : md.map;

/** Returns one entry per target, none without a table. */
export function tableStatus(
  dm: DeviceMapper,
  key: DeviceKey,
  { kind, inactive = false }: StatusOptions,
): Errno | TargetStatus[] {
  const cell = findCell(dm, key);
  if (cell === undefined) return 'ENXIO';
  const table = chosenTable(cell, inactive);
  return (table?.targets ?? []).map((ti) => ({
    start: ti.begin,
    length: ti.len,
    type: ti.type.name,
    params: kind === 'measure' ? measured(ti) : (ti.type.status?.(ti, kind) ?? ''),
  }));
}

function measured(ti: DmTarget): string {
  const { type } = ti;
  if (type.measure === undefined) return '';
  return `target_name=${type.name},target_version=${type.version.join('.')},${type.measure(ti)};`;
}

/** Lists each device once, the one used last first. */
export function tableDeps(
  dm: DeviceMapper,
  key: DeviceKey,
  { inactive = false }: { readonly inactive?: boolean } = {},
): Errno | { readonly major: number; readonly minor: number }[] {
  const cell = findCell(dm, key);
  if (cell === undefined) return 'ENXIO';
  const table = chosenTable(cell, inactive);
  return (table?.devices ?? []).map(({ bdev }) => ({ major: bdev.major, minor: bdev.minor }));
}

/** Lists the newest registration first. */
export function listVersions(
  dm: DeviceMapper,
): { readonly name: string; readonly version: string }[] {
  return [...dm.targetTypes.values()]
    .toReversed()
    .map(({ name, version }) => ({ name, version: version.join('.') }));
}
