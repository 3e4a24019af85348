// module-references.ts — Counts the uses of each module: by tables, by open disks, by handlers. Mirrors the callers of try_module_get.
import { scsiDeviceOf } from '@dmsim/block';
import type { BlockDevice, LoopDriver } from '@dmsim/block';
import type { DmTable, MappedDevice } from '@dmsim/dm';

import type { Userland } from '../userland.ts';

/** The modules of those targets that have one; all other targets belong to dm_mod. */
const TARGET_MODULES: Readonly<Record<string, string | undefined>> = {
  delay: 'dm_delay',
  dust: 'dm_dust',
  flakey: 'dm_flakey',
  multipath: 'dm_multipath',
  zero: 'dm_zero',
};

/** The modules of path selectors; each priority group holds its own. */
const SELECTORS =
  /(?<= )(?:round-robin|queue-length|service-time|historical-service-time|io-affinity)(?= )/g;

/** A machine; a guest has no loop devices. */
type Counted = Userland & {
  readonly loops?: LoopDriver;
  readonly nullItems?: ReadonlyMap<string, unknown>;
};

type Count = (module: string, by?: number) => void;

/** The number of references by module. A module that is missing here is used by other modules at most. */
export function countReferences({
  dm,
  layer,
  loops,
  nullItems,
}: Counted): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count: Count = (module, by = 1) => counts.set(module, (counts.get(module) ?? 0) + by);
  for (const dev of layer.devices.values())
    if (dev.partition === null) countDisk(count, dev, dev.major === dm?.major);
  for (const md of dm?.devices.values() ?? []) countMap(count, md);
  for (const { setup } of loops?.loops.values() ?? []) if (setup !== null) count('loop');
  if (nullItems !== undefined) count('null_blk', nullItems.size);
  return counts;
}

function countDisk(count: Count, dev: BlockDevice, isMap: boolean): void {
  const { openers } = dev;
  const sdev = scsiDeviceOf(dev);
  if (isMap) count('dm_mod', openers);
  else if (sdev !== null) {
    count('sd_mod', openers);
    count('scsi_debug', openers);
    if (sdev.handler === 'alua') count('scsi_dh_alua');
  } else count(moduleOf(dev), openers);
}

function moduleOf({ name }: BlockDevice): string {
  if (name.startsWith('loop')) return 'loop';
  return name.startsWith('ram') ? 'brd' : 'null_blk';
}

/** Each map holds dm_mod, and each target in its tables holds the module of its type. */
function countMap(count: Count, { map, cell }: MappedDevice): void {
  count('dm_mod');
  for (const table of [map, cell?.newMap]) if (table) countTable(count, table);
}

function countTable(count: Count, { targets }: DmTable): void {
  for (const target of targets) {
    count(TARGET_MODULES[target.type.name] ?? 'dm_mod');
    if (target.type.name !== 'multipath') continue;
    const line = target.type.status?.(target, 'table') ?? '';
    for (const [name] of line.matchAll(SELECTORS)) count(`dm_${name.replaceAll('-', '_')}`);
  }
}
