// table-type.ts — Decides whether a table's device works with bios or with requests. Mirrors dm-table.c: dm_table_determine_type.
import { printk } from '@dmsim/sim';

import type { DmTarget } from '../target-type.ts';
import type { DmTable, QueueMode } from './table.ts';
import { DM_TYPE } from './table.ts';

/** Null if its targets don't go together or can't work on their devices; the log says why. */
export function tableType(table: DmTable): QueueMode | null {
  const mode = modeOfTargets(table);
  if (mode === 'mixed') {
    return reject(table, "Inconsistent table: different target types can't be mixed up");
  }
  if (mode === DM_TYPE.BIO_BASED) return DM_TYPE.BIO_BASED;
  return checkRequestBased(table);
}

function reject(table: DmTable, text: string): null {
  printk(table.md.dm.sim, `device-mapper: table: ${text}`);
  return null;
}

/** A hybrid target (`error`) works with bios and with requests. */
const isHybrid = (ti: DmTarget): boolean =>
  ti.type.map !== undefined &&
  ti.type.cloneAndMapRq !== undefined &&
  ti.type.features?.immutable !== true;

function modeOfTargets(table: DmTable): QueueMode | 'mixed' {
  // A target may have decided in its constructor (multipath: queue_mode).
  if (table.type !== DM_TYPE.NONE) return table.type;
  const fixed = table.targets.filter((ti) => !isHybrid(ti));
  if (fixed.length === 0) {
    return table.md.type === DM_TYPE.REQUEST_BASED ? DM_TYPE.REQUEST_BASED : DM_TYPE.BIO_BASED;
  }
  const requestBased = fixed.filter((ti) => ti.type.cloneAndMapRq !== undefined);
  if (requestBased.length === 0) return DM_TYPE.BIO_BASED;
  return requestBased.length === fixed.length ? DM_TYPE.REQUEST_BASED : 'mixed';
}

function checkRequestBased(table: DmTable): QueueMode | null {
  const { targets, devices, md } = table;
  if (targets.length > 1) return reject(table, "request-based DM doesn't support multiple targets");
  // Without devices there is nothing to judge by: the table takes the type of the live one.
  if (devices.length === 0) return md.map?.type ?? DM_TYPE.REQUEST_BASED;
  const [ti] = targets;
  if (ti !== undefined && ti.maxIoLen > 0) {
    return reject(table, 'table load rejected: immutable target that splits IO is not supported');
  }
  if (!devices.every((d) => d.bdev.queue !== null)) {
    return reject(table, 'table load rejected: including non-request-stackable devices');
  }
  return DM_TYPE.REQUEST_BASED;
}
