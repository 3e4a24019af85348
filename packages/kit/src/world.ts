// world.ts — The machine that a schedule runs on: four paths lead to one medium, and a map stands on them.
import type { BlockDevice, ScsiDevice, ScsiHost } from '@dmsim/block';
import {
  fixedLatency,
  formatDev,
  latencyOf,
  loadScsiDebug,
  releaseStore,
  setGroupState,
  stampOfSector,
  updateAccessState,
} from '@dmsim/block';
import { devCreate, devResume, findCell, tableLoad } from '@dmsim/dm';
import type { MappedDevice, TargetSpec } from '@dmsim/dm';
import type { Machine, MachineOptions } from '@dmsim/host';
import { createMachine } from '@dmsim/host';
import type { Errno, Process, Task, WaitQueue } from '@dmsim/sim';
import { createWaitQueue, micros } from '@dmsim/sim';

import { BadSchedule } from './check-schedule.ts';
import type { GuestVm } from './guest-vm.ts';
import type { IoResult } from './io.ts';
import type { Schedule, Table } from './schedule.ts';
import { MAP_SECTORS, PATHS } from './schedule.ts';
import { tableLines } from './table-lines.ts';

export const MAP = 'mp';
export const TOP = 'top';

export interface World {
  readonly machine: Machine;
  readonly hosts: readonly ScsiHost[];
  /** The last disk of each path, there or gone. */
  readonly disks: BlockDevice[];
  /** The map that I/O goes to. */
  readonly ioName: string;
  readonly results: IoResult[];
  /** I/O that has not ended. */
  outstanding: number;
  readonly allDone: WaitQueue;
  /** I/O that waited for ever was told to fail (`rescue.ts`). */
  rescued: boolean;
  /** The latest suspend in the background. */
  suspending: Process | null;
  /** The virtual machine that does the I/O; null: programs of the host do it. */
  guest: GuestVm | null;
}

export function createWorld(schedule: Schedule, options: MachineOptions): World {
  const { stacked, latencies = [], portGroups = false, guest } = schedule;
  // No program of a schedule looks for loop devices.
  const machine = createMachine({ maxLoop: 0, ...options });
  // A run ends when nothing is due, which a watch over hung tasks always is.
  machine.hungTasks.timeoutSecs = 0;
  machine.hungTasks.restart();
  // Every write stamps its sectors (`io.ts`).
  machine.layer.hashSector = stampOfSector;
  const { hosts } = loadScsiDebug(machine.scsi, {
    add_host: PATHS,
    ...(portGroups && { vpd_use_hostno: false }),
    ...(guest?.discard === true && { lbpu: true }),
  });
  const world: World = {
    machine,
    hosts,
    disks: [],
    ioName: stacked ? TOP : MAP,
    results: [],
    outstanding: 0,
    rescued: false,
    allDone: createWaitQueue('the I/O of the schedule'),
    suspending: null,
    guest: null,
  };
  findDisks(world);
  if (portGroups) startOptimized(hosts);
  for (const [path, us] of latencies.entries()) {
    const sdev = scsiDevice(world, path);
    if (sdev !== undefined) sdev.latency = latencyOf(fixedLatency, { ns: micros(us) });
  }
  return world;
}

/** Finds the present disk of each path. */
export function findDisks({ hosts, disks }: World): void {
  for (const [path, { devices }] of hosts.entries()) {
    const disk = devices[0]?.disk ?? null;
    if (disk !== null) disks[path] = disk;
  }
}

/** The array serves through every port. */
export function optimizeAll(hosts: readonly ScsiHost[]): void {
  for (const { devices } of hosts) {
    for (const sdev of devices) setGroupState(sdev, 'active/optimized');
  }
}

/** As if the kernel had read that when it found the disks. */
function startOptimized(hosts: readonly ScsiHost[]): void {
  optimizeAll(hosts);
  for (const { devices } of hosts) for (const sdev of devices) updateAccessState(sdev);
}

/** The path's device, unless it is unplugged. */
export const scsiDevice = ({ hosts }: World, path: number): ScsiDevice | undefined =>
  hosts[path]?.devices[0];

/** The run is over: the next one may have the memory of the medium. */
export function releaseMedium({ hosts }: World): void {
  for (const { devices } of hosts) for (const { unit } of devices) releaseStore(unit.store);
}

/** `8:16`, also when the disk is gone: tables and messages still call it that. */
export function pathNumber({ disks }: World, path: number): string {
  const disk = disks[path];
  return disk === undefined ? '0:0' : formatDev(disk);
}

export function mappedDevice({ machine }: World, name: string): MappedDevice | undefined {
  return findCell(machine.dm, { name })?.md;
}

export function load(world: World, name: string, table: Table): Errno | undefined {
  const specs = tableLines(table, (path) => pathNumber(world, path)).map(
    ({ start, length, type, params }): TargetSpec => ({
      start: BigInt(start),
      length: BigInt(length),
      type,
      params,
    }),
  );
  return tableLoad(world.machine.dm, { name }, { specs });
}

/** Does what `dmsetup create` does, once for the map and once for the one above. */
export function* createMaps(world: World, { stacked, table }: Schedule): Task<void> {
  const { dm } = world.machine;
  const flags = { noflush: false, lockFs: true };
  devCreate(dm, { name: MAP });
  const errno = load(world, MAP, table);
  if (errno !== undefined) throw new BadSchedule(refusedTable(world, errno));
  yield* devResume(dm, { name: MAP }, flags);
  if (!stacked) return;
  devCreate(dm, { name: TOP });
  tableLoad(dm, { name: TOP }, { specs: topSpecs(`${dm.major}:0`) });
  yield* devResume(dm, { name: TOP }, flags);
}

/** With the line of the kernel's log that says why. */
function refusedTable({ machine }: World, errno: Errno): string {
  const { log } = machine.sim;
  const said = log.findLast(({ text }) => text.startsWith('device-mapper: table: '))?.text;
  return `the map can't be created: its table is refused with ${errno}${said === undefined ? '' : ` (${said})`}`;
}

function topSpecs(below: string): TargetSpec[] {
  const half = BigInt(MAP_SECTORS / 2);
  return [
    { start: 0n, length: half, type: 'linear', params: `${below} ${half}` },
    { start: half, length: half, type: 'linear', params: `${below} 0` },
  ];
}
