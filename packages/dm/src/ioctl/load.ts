// load.ts — DM_TABLE_LOAD and DM_TABLE_CLEAR. Mirrors dm-ioctl.c: table_load, table_clear.
import type { Errno } from '@dmsim/sim';
import { printk } from '@dmsim/sim';

import { setupQueue } from '../create-device.ts';
import type { DeviceMapper } from '../device-mapper.ts';
import { destroyTable } from '../table/destroy-table.ts';
import type { TargetSpec } from '../table/load-table.ts';
import { createTable } from '../table/load-table.ts';
import type { DmTable } from '../table/table.ts';
import { DM_TYPE } from '../table/table.ts';
import type { DeviceKey } from './find-device.ts';
import { findCell } from './find-device.ts';
import type { HashCell } from './hash-cell.ts';

/** Puts a new table into the inactive slot; a table that was there is destroyed. Errors: ENXIO, EINVAL, and those of constructors. */
export function tableLoad(
  dm: DeviceMapper,
  key: DeviceKey,
  {
    specs,
    readOnly = false,
  }: { readonly specs: readonly TargetSpec[]; readonly readOnly?: boolean },
): Errno | undefined {
  const cell = findCell(dm, key);
  if (cell === undefined) return 'ENXIO';
  if (specs.length === 0) {
    printk(dm.sim, 'device-mapper: ioctl: populate_table: no targets specified');
    return 'EINVAL';
  }
  const table = createTable(cell.md, specs, { readOnly });
  if (typeof table === 'string') return table;
  const error = checkType(cell, table);
  if (error !== undefined) {
    destroyTable(table);
    return error;
  }
  if (cell.newMap !== null) destroyTable(cell.newMap);
  cell.newMap = table;
  return undefined;
}

/** The first table of a device fixes its type, even if it never becomes live. */
function checkType({ md }: HashCell, table: DmTable): Errno | undefined {
  const log = (text: string): 'EINVAL' => {
    printk(md.dm.sim, `device-mapper: ioctl: ${text}`);
    return 'EINVAL';
  };
  const immutable = md.immutableTargetType;
  const hasWildcard = table.targets.some((ti) => ti.type.features?.wildcard === true);
  if (immutable !== null && immutable !== table.immutableTargetType && !hasWildcard) {
    return log(`can't replace immutable target type ${immutable.name}`);
  }
  if (md.type === DM_TYPE.NONE) {
    if (setupQueue(md, table)) return undefined;
    return log('unable to set up device queue for new table.');
  }
  if (md.type !== table.type) {
    return log(
      `can't change device type (old=${md.type} vs new=${table.type}) after initial table load.`,
    );
  }
  return undefined;
}

/** Empties the inactive slot. Succeeds when it is empty already; ENXIO without such a device. */
export function tableClear(dm: DeviceMapper, key: DeviceKey): Errno | undefined {
  const cell = findCell(dm, key);
  if (cell === undefined) return 'ENXIO';
  if (cell.newMap !== null) destroyTable(cell.newMap);
  cell.newMap = null;
  return undefined;
}
