// partition-maps.ts — Makes, updates and removes linear maps for partitions. As kpartx/devmapper.c of multipath-tools does it.
import {
  allCells,
  devCreate,
  devRemove,
  devResume,
  findCell,
  tableDeps,
  tableLoad,
  tableStatus,
} from '@dmsim/dm';
import type { Task } from '@dmsim/sim';

import type { Machine } from '../../machine.ts';
import type { Disk } from './kpartx.ts';
import type { Partition } from './partition-table.ts';

/** libdevmapper's flags: udev makes nodes and links. */
const UDEV_FLAGS = 0x40;

const nameOf = ({ base, delimiter }: Disk, number: number): string =>
  `${base}${delimiter}${number}`;

interface Partitions {
  readonly disk: Disk;
  readonly partitions: readonly Partition[];
  /** Whether maps of partitions that the table no longer has are removed. */
  readonly update: boolean;
}

export function* addPartitions(
  machine: Machine,
  { disk, partitions, update }: Partitions,
): Task<void> {
  for (const partition of partitions) yield* addPartition(machine, disk, partition);
  if (!update) return;
  const wanted = new Set(partitions.map(({ number }) => nameOf(disk, number)));
  for (const name of present(machine, disk)) {
    if (!wanted.has(name)) yield* remove(machine, name);
  }
}

function* addPartition(
  machine: Machine,
  disk: Disk,
  { number, start, length }: Partition,
): Task<void> {
  const { dm, multipathHost } = machine;
  const name = nameOf(disk, number);
  const params = `${disk.major}:${disk.minor} ${start}`;
  const existing = tableStatus(dm, { name }, { kind: 'table' });
  const same =
    typeof existing !== 'string' && existing[0]?.params === params && existing[0].length === length;
  if (same) return;
  const specs = [{ start: 0n, length: BigInt(length), type: 'linear', params }];
  if (findCell(dm, { name }) === undefined) {
    const uuid = disk.uuid === null ? {} : { uuid: `part${number}-${disk.uuid}` };
    if (typeof devCreate(dm, { name, ...uuid }) === 'string') return;
  }
  if (tableLoad(dm, { name }, { specs }) !== undefined) return;
  const cookie = multipathHost.udev.createCookie(UDEV_FLAGS);
  yield* devResume(dm, { name }, { noflush: false, lockFs: true, cookie });
}

export function* removePartitions(machine: Machine, disk: Disk): Task<number> {
  let status = 0;
  for (const name of present(machine, disk)) {
    if (!(yield* remove(machine, name))) status = 1;
  }
  return status;
}

function* remove({ dm, multipathHost }: Machine, name: string): Task<boolean> {
  const cookie = multipathHost.udev.createCookie(UDEV_FLAGS);
  return (yield* devRemove(dm, { name }, { cookie })) === undefined;
}

/** Returns the partitions of a disk by name: the linear maps on it. */
function present({ dm }: Machine, { base, delimiter, major, minor }: Disk): string[] {
  return allCells(dm).flatMap(({ name }) => {
    if (!name.startsWith(base + delimiter)) return [];
    if (!/^\d+$/.test(name.slice(base.length + delimiter.length))) return [];
    const deps = tableDeps(dm, { name });
    const stands =
      typeof deps !== 'string' && deps.some((dep) => dep.major === major && dep.minor === minor);
    return stands ? [name] : [];
  });
}
