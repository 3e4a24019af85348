// settle.ts — After a schedule everything is put right again, so that whatever still waits then waits for ever.
import { rescanAlua, scanHost, setDeviceState } from '@dmsim/block';
import { devResume, devSuspend, targetMessage } from '@dmsim/dm';
import type { Process, Task } from '@dmsim/sim';
import { millis, seconds, sleepFor, waitEvent } from '@dmsim/sim';

import { stopsForErrors } from './guest-arguments.ts';
import { END_JOBS, hasJobs } from './guest-jobs.ts';
import type { GuestVm } from './guest-vm.ts';
import { sendQmp, tellMonitor } from './guest-vm.ts';
import { submitIo } from './io.ts';
import { SUSPEND } from './perform.ts';
import type { Schedule, Table } from './schedule.ts';
import { MAP_SECTORS, PATHS } from './schedule.ts';
import type { World } from './world.ts';
import { findDisks, load, MAP, mappedDevice, optimizeAll, pathNumber } from './world.ts';

const NOFLUSH = { noflush: true, lockFs: true };
/** Long enough for whatever a suspend waits for, and for the poll of request-based maps. */
const WHILE = millis(500);

export function* settle(world: World, schedule: Schedule): Task<void> {
  // Commands in the background get the time to end before everything is put right.
  yield* sleepFor(WHILE);
  plugIn(world);
  if (schedule.portGroups === true) yield* serveThroughAll(world);
  reinstate(world);
  yield* sleepFor(WHILE);
  yield* resume(world);
  reinstate(world);
  yield* sleepFor(WHILE);
  yield* endSuspends(world);
  yield* resume(world);
  if ((somethingWaits(world) || hasJobs(schedule)) && isStranded(world))
    yield* replaceTable(world, schedule.table);
  if (world.guest !== null) yield* goOn(world, world.guest);
  if (world.guest !== null && hasJobs(schedule)) yield* endJobs(world, world.guest);
  yield* waitEvent(world.allDone, () => world.outstanding === 0);
}

/** A suspend in the background may wait for longer, for a hardware handler that tries again and again, say. */
function* endSuspends({ machine: { sim } }: World): Task<void> {
  const underWay = (): Process | undefined =>
    [...sim.processes.values()].find(({ name }) => name === SUSPEND);
  for (let process = underWay(); process !== undefined; process = underWay()) {
    const { exited, pid } = process;
    yield* waitEvent(exited, () => !sim.processes.has(pid));
  }
}

function* resume(world: World): Task<void> {
  if (mappedDevice(world, MAP)?.suspended === true)
    yield* devResume(world.machine.dm, { name: MAP }, NOFLUSH);
}

function plugIn(world: World): void {
  for (const host of world.hosts) {
    for (const sdev of host.devices) setDeviceState(sdev, 'running');
    scanHost(host, { channel: null, target: null, lun: null });
  }
  findDisks(world);
}

/** Longer than what a path in transition keeps waits until it is sent again. */
export const TRANSITION_SECONDS = 5;

/** The array serves through every port, and the kernel is told to look. */
function* serveThroughAll({ hosts }: World): Task<void> {
  optimizeAll(hosts);
  for (const { devices } of hosts) {
    for (const sdev of devices) if (sdev.handler === 'alua') rescanAlua(sdev);
  }
  yield* sleepFor(seconds(TRANSITION_SECONDS));
}

/** All paths of the live table, those included whose disk is gone: then an I/O will fail them again. */
function reinstate(world: World): void {
  const { dm } = world.machine;
  for (const path of world.disks.keys()) {
    const text = `reinstate_path ${pathNumber(world, path)}`;
    targetMessage(dm, { name: MAP }, { sector: 0n, message: text });
  }
}

const somethingWaits = ({ outstanding, guest }: World): boolean =>
  outstanding > 0 || (guest !== null && guest.hostIo.count > 0);

/**
 * No disk of the live table is there any more: no message can help. A virtual machine may stop for an error of a single disk as
 * often as it is told to go on.
 */
function isStranded(world: World): boolean {
  const devices = mappedDevice(world, MAP)?.map?.devices ?? [];
  if (world.guest !== null) return devices.some(({ bdev }) => bdev.dying);
  return devices.every(({ bdev }) => bdev.dying);
}

/** How often the machine is told to go on. */
export const TURNS = 3;

/**
 * The administrator has seen that the disk is back. A `cont` that overtakes the stop for an error leaves its request behind until
 * the next stop, as in QEMU: so a machine that stops for errors is stopped once more. One that only retries must do without.
 */
function* goOn(world: World, guest: GuestVm): Task<void> {
  for (let turn = 0; turn < TURNS; turn++) {
    tellMonitor(guest, 'cont');
    yield* sleepFor(WHILE);
    if (world.outstanding === 0) return;
    if (!stopsForErrors(guest.setup)) continue;
    tellMonitor(guest, 'stop');
    tellMonitor(guest, 'cont');
    yield* sleepFor(WHILE);
  }
}

/** Sectors of one read. */
export const PART = 128;

/** Then the guest reads its whole disk, which a mirror may have moved. */
function* endJobs(world: World, guest: GuestVm): Task<void> {
  for (const text of END_JOBS) {
    sendQmp(guest, text);
    yield* sleepFor(WHILE);
  }
  for (let sector = 0; sector < MAP_SECTORS; sector += PART)
    submitIo(world, { kind: 'read', sector, nrSectors: PART });
  yield* goOn(world, guest);
}

function* replaceTable(world: World, first: Table): Task<void> {
  const { dm } = world.machine;
  yield* devSuspend(dm, { name: MAP }, NOFLUSH);
  load(world, MAP, healthy(first));
  yield* devResume(dm, { name: MAP }, NOFLUSH);
}

/** All paths, in the mode of the first table, which the map keeps for life. Multipath may follow whatever it was. */
export function healthy(first: Table): Table {
  const mode = first.type === 'multipath' ? first.mode : 'bio';
  const groups = [Array.from({ length: PATHS }, (_, path) => path)];
  const own = first.type === 'multipath' ? first.ownSelector : undefined;
  return {
    type: 'multipath',
    mode,
    queueIfNoPath: true,
    selector: 'round-robin',
    ...(own && { ownSelector: own }),
    groups,
  };
}
