// guest-vm.ts — The virtual machine of a schedule, as `qemu-system-x86_64`, `guest` and `qmp` of a lab have it, without their processes.
import type { BlockDevice } from '@dmsim/block';
import type { Guest } from '@dmsim/host';
import { bootGuest, enterGuest, haltGuest, isUp } from '@dmsim/host';
import { encodeUtf8 } from '@dmsim/libc';
import type { Violation, VmWatch } from '@dmsim/observe';
import { watchGuest, watchVm } from '@dmsim/observe';
import type { HostFiles, QmpConnection, Vm } from '@dmsim/qemu';
import {
  closeVm,
  connectQmp,
  createRawFile,
  createVm,
  feedQmp,
  formatQcow2,
  haltVm,
  traceVmEvent,
} from '@dmsim/qemu';
import type { Task, WaitQueue } from '@dmsim/sim';
import { createWaitQueue, waitEvent, wakeUp } from '@dmsim/sim';

import { guestArguments, OVERLAY_FILE, VM, VM_VARIANT } from './guest-arguments.ts';
import { ADD_TARGET, hasJobs, TARGET_FILE } from './guest-jobs.ts';
import type { IoResult } from './io.ts';
import type { GuestSetup, MonitorWord, Schedule } from './schedule.ts';
import { MAP_SECTORS } from './schedule.ts';
import type { World } from './world.ts';
import { mappedDevice } from './world.ts';

interface Hardware {
  readonly vm: Vm;
  /** True if its disk returns the data that were written to it. */
  readonly isReliable: boolean;
  readonly violations: Violation[];
}

export interface GuestVm extends Hardware {
  readonly setup: GuestSetup;
  readonly monitor: QmpConnection;
  readonly watch: VmWatch;
  /** QEMU's requests that the map has not answered, including QEMU's own: a stop flushes the disk. */
  readonly hostIo: { count: number; readonly ended: WaitQueue };
  /** The Linux that runs in the machine. A reset starts another one. */
  linux: RunningLinux;
}

interface RunningLinux {
  readonly guest: Guest;
  readonly disk: BlockDevice;
  readonly watch: { end(): void };
  /** I/O that a reset would drop. */
  readonly underWay: Set<IoResult>;
}

/** The node of the map. */
const PATH = '/dev/mapper/';

/** The map must be there. */
export function startGuest(world: World, schedule: Schedule, violations: Violation[]): void {
  const { guest: setup } = schedule;
  if (setup === undefined) return;
  const { sim } = world.machine;
  const path = PATH + world.ioName;
  const hostIo = { count: 0, ended: createWaitQueue('I/O of its disks') };
  const created = createVm(sim, guestArguments(setup, path), {
    name: VM,
    countHostIo: (change) => {
      hostIo.count += change;
      if (hostIo.count === 0) wakeUp(hostIo.ended);
    },
    openBlockDevice: (name) =>
      name === path ? (mappedDevice(world, world.ioName)?.disk ?? undefined) : undefined,
    files: filesOf(schedule),
    ...VM_VARIANT,
  });
  if (created.kind === 'refused') throw new Error(`the guest of a schedule: ${created.message}`);
  const { vm } = created;
  const watch = watchVm(vm, violations);
  vm.listeners.push((event, data) => traceVmEvent(sim, VM, { event, data }));
  const monitor = connectQmp(vm, { onBytes: () => undefined });
  feedQmp(monitor, encodeUtf8('{"execute":"qmp_capabilities"}'));
  if (hasJobs(schedule)) feedQmp(monitor, encodeUtf8(ADD_TARGET));
  const hardware = { vm, isReliable: keepsData(schedule, setup), violations };
  const running = { ...hardware, setup, monitor, watch, hostIo, linux: bootLinux(hardware) };
  // Subscribed after the listener that halts the guest, so that it runs after it.
  vm.resetListeners.push(() => dropIo(world, running.linux));
  world.guest = running;
}

/** The files that a lab would make before it starts the machine. */
function filesOf(schedule: Schedule): HostFiles {
  const files: HostFiles = new Map();
  const add = (name: string, bytes: Uint8Array): void =>
    void files.set(name, createRawFile(name, bytes));
  const virtualSize = MAP_SECTORS * 512;
  if (hasJobs(schedule)) add(TARGET_FILE, new Uint8Array(virtualSize));
  if (schedule.guest?.overlay === true)
    add(OVERLAY_FILE, formatQcow2({ virtualSize, backingFile: null }));
  return files;
}

function bootLinux({ vm, isReliable, violations }: Hardware): RunningLinux {
  const guest = bootGuest(vm.sim, vm);
  const { sim, layer, hungTasks } = guest.machine;
  // As on the host, the watchdog's timer never ends: it must not keep the run alive.
  hungTasks.timeoutSecs = 0;
  hungTasks.restart();
  const [disk] = layer.devices.values();
  if (disk === undefined) throw new Error('the guest of a schedule has a disk');
  const watch = watchGuest({ sim, layer, vm }, violations, { isReliable });
  return { guest, disk, watch, underWay: new Set() };
}

/** An ignored error loses data, and a striped table keeps data in other places than other tables do. */
const keepsData = ({ table, commands }: Schedule, { werror, rerror }: GuestSetup): boolean =>
  werror !== 'ignore' &&
  rerror !== 'ignore' &&
  [{ table }, ...commands].every((each) => !('table' in each) || each.table.type !== 'striped');

/** A reset drops the I/O that the guest waited for. */
function dropIo(world: World, { underWay, watch }: RunningLinux): void {
  watch.end();
  world.outstanding -= underWay.size;
  underWay.clear();
  if (world.outstanding === 0) wakeUp(world.allDone);
}

/** Runs `submit` in the guest, which stands still while its machine does. After a reset it runs in the new guest. */
export function inGuest(running: GuestVm, io: IoResult, submit: (disk: BlockDevice) => void): void {
  if (!isUp(running.linux.guest)) running.linux = bootLinux(running);
  const { guest, disk, underWay } = running.linux;
  underWay.add(io);
  enterGuest(guest.clock, () => submit(disk));
}

/** Its I/O has come back. */
export function endInGuest({ linux }: GuestVm, io: IoResult): void {
  linux.underWay.delete(io);
}

export function tellMonitor(guest: GuestVm, word: MonitorWord): void {
  sendQmp(guest, `{"execute":"${word}"}`);
}

export function sendQmp({ monitor }: GuestVm, text: string): void {
  feedQmp(monitor, encodeUtf8(text));
}

/** Ends QEMU's process, once the kernel has answered all its I/O. */
export function* endGuest({ vm, watch, linux, hostIo }: GuestVm): Task<void> {
  watch.end();
  haltVm(vm);
  haltGuest(linux.guest);
  linux.watch.end();
  yield* waitEvent(hostIo.ended, () => hostIo.count === 0);
  closeVm(vm);
}
