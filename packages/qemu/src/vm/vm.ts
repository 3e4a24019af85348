// vm.ts — One virtual machine: its disks, its run state, its jobs, its monitors. Mirrors softmmu/runstate.c, softmmu/cpus.c.
import type { Nanos, Sim } from '@dmsim/sim';

import type { AioContext } from '../aio/aio-context.ts';
import { createCoScheduler } from '../aio/coroutine.ts';
import type { Blocking } from '../aio/main-loop.ts';
import { createMainLoop, kickMain, runBlocking } from '../aio/main-loop.ts';
import { resetIoStatus } from '../block/backend-errors.ts';
import { blkDrain } from '../block/backend-requests.ts';
import { deleteBackend, setBackendContext } from '../block/backend.ts';
import type { RetryMode, RetrySettings } from '../block/backend.ts';
import type { BlockLayer } from '../block/block-layer.ts';
import { checkQuiesceCounts } from '../block/check-quiesce.ts';
import { closeNode } from '../block/graph.ts';
import { drainAll, drainAllBegin, flushAll } from '../block/node.ts';
import { releaseLocks } from '../block/permissions.ts';
import { resumeTimer, suspendTimer } from '../block/rehandle.ts';
import type { GuestDisk } from '../devices/guest-disk.ts';
import { blockDrivers } from '../drivers/registry.ts';
import type { Job } from '../jobs/job.ts';
import { cancelAllJobs } from '../jobs/transaction.ts';
import type { JsonObject } from '../qmp/json.ts';
import type { BlockExport } from './block-export.ts';
import { closeExports } from './block-export.ts';
import type { RunActions, RunState, ShutdownCause } from './run-state.ts';
import { checkTransition, ENDS_QEMU } from './run-state.ts';
import type { ScsiAddress } from './scsi-address.ts';
import type { Chardev, IothreadSettings, VmOptions } from './vm-options.ts';
import { DEFAULTS } from './vm-options.ts';
import type { WallClock } from './wall-clock.ts';
import { virtualClock } from './wall-clock.ts';

/** `7.2`: the version in Debian. `series`: with both proposed series applied. */
export type QemuBuild = '7.2' | 'series';

export type VmExit =
  | { readonly kind: 'exited'; readonly status: number }
  | { readonly kind: 'aborted'; readonly signal: 6; readonly why: string };

/** Called for each event, before any monitor's client can react to it. */
export type EventListener = (event: string, data: JsonObject | undefined, at: Nanos) => void;

/** A controller that disks are plugged into. */
export interface Controller {
  readonly driver: string;
  readonly id: string | null;
  /** The iothread that serves its disks; null for the main thread. */
  readonly thread: AioContext | null;
}

export interface Vm {
  readonly sim: Sim;
  readonly layer: BlockLayer;
  readonly name: string;
  /** `-name`, as query-name reports it; null without the option. */
  readonly guestName: string | null;
  readonly wallClock: WallClock;
  readonly build: QemuBuild;
  readonly package: string;
  readonly retryMode: RetryMode;
  readonly retrySettings: RetrySettings;
  /** False for `-machine none`: there is no CPU and no disk, but still a run state. */
  readonly hasMachine: boolean;
  /** Bytes. */
  readonly memory: number;
  /** Null: it was not only a number that the command line gave. */
  readonly cpus: number | null;
  /** True for qemu-storage-daemon, which has nodes, jobs and a monitor, but no machine. */
  readonly isStorageDaemon: boolean;
  runState: RunState;
  readonly disks: GuestDisk[];
  /** True if the guest found its disks when it booted and would not notice new ones. */
  disksAreFixed: boolean;
  /** How many devices without an id have been asked for so far. */
  nrAnonymous: number;
  /** The bus for PCI devices with an id. Without root ports, none can be unplugged. */
  readonly pciBuses: Map<string, string>;
  /** The bus that was chosen for an IDE disk, by its id. */
  readonly ideBuses: Map<string, string>;
  /** The bus that devices are on without `bus=`: `pcie.0`, which takes none while the machine runs, or `pci.0`. */
  readonly rootBus: string;
  /** By id, the oldest first: what was set of an iothread, which has no effect here; null for a throttle group. */
  readonly objects: Map<string, IothreadSettings | null>;
  /** By the name of the disk. */
  readonly scsiAddresses: Map<string, ScsiAddress>;
  readonly controllers: Controller[];
  readonly jobs: Job[];
  /** What QEMU talks through, the oldest first; null if it is not known. */
  readonly chardevs: readonly Chardev[] | null;
  /** True if the machine has no display at all. */
  readonly isHeadless: boolean;
  /** True between nbd-server-start and nbd-server-stop. */
  nbdRuns: boolean;
  /** The path of its socket, if it has one. */
  nbdSocket: string | null;
  readonly exports: BlockExport[];
  readonly listeners: EventListener[];
  readonly resetListeners: (() => void)[];
  /** Called when the guest's processors stop and when they go on. In between, no guest submits anything. */
  readonly processorListeners: ((running: boolean) => void)[];
  /** Since the listeners were told so last: the machine is stopped, or is being reset. */
  processorsPaused: boolean;
  /** Called when `exit` is set. */
  readonly exitListeners: (() => void)[];
  readonly actions: RunActions;
  vmStopRequest: RunState | null;
  resetRequest: ShutdownCause | null;
  shutdownRequest: ShutdownCause | null;
  exit: VmExit | null;
}

export function createBareVm(sim: Sim, options: VmOptions = {}): Vm {
  const { name, guestName, build, drivers, ioStatusRule, jobErrors, ...rest } = {
    ...DEFAULTS,
    ...options,
  };
  const { retryMode, retrySettings, hasMachine, isStorageDaemon, memory, cpus, rootBus } = rest;
  const { actions, chardevs, isHeadless } = rest;
  const { files = new Map(), wallClock = virtualClock(sim) } = rest;
  const main = createMainLoop(sim, () => actOnRequests(vm));
  const layer: BlockLayer = {
    sim,
    main,
    coroutines: createCoScheduler(),
    nodes: new Map(),
    backends: [],
    roots: [],
    drivers: new Map([...blockDrivers, ...drivers].map((driver) => [driver.name, driver])),
    files,
    throttleGroups: new Map(),
    iothreads: new Map(),
    kickListeners: [],
    emit: (event, data) => emitEvent(vm, event, data),
    ioStatusRule: jobErrors === 'rfc' ? 'rfc' : ioStatusRule,
    jobErrors,
    nextAutoName: 100,
  };
  const vm: Vm = {
    sim,
    layer,
    name,
    guestName,
    wallClock,
    build,
    package: build === '7.2' ? 'Debian 1:7.2+dfsg-7+deb12u18+b3' : '',
    retryMode,
    retrySettings,
    hasMachine,
    memory,
    cpus,
    isStorageDaemon,
    runState: 'prelaunch',
    disks: [],
    disksAreFixed: false,
    nrAnonymous: 0,
    controllers: [],
    pciBuses: new Map(),
    ideBuses: new Map(),
    rootBus,
    objects: new Map(),
    scsiAddresses: new Map(),
    jobs: [],
    chardevs,
    isHeadless,
    nbdRuns: false,
    nbdSocket: null,
    exports: [],
    listeners: [],
    resetListeners: [],
    processorListeners: [],
    processorsPaused: false,
    exitListeners: [],
    actions: { ...actions },
    vmStopRequest: null,
    resetRequest: null,
    shutdownRequest: null,
    exit: null,
  };
  return vm;
}

function emitEvent(vm: Vm, event: string, data?: JsonObject): void {
  if (vm.exit?.kind === 'aborted') return;
  for (const listener of vm.listeners) listener(event, data, vm.sim.now);
}

export const isRunning = (vm: Vm): boolean => vm.runState === 'running';

function setRunState(vm: Vm, state: RunState): void {
  if (vm.runState === state) return;
  checkTransition(vm.runState, state);
  vm.runState = state;
}

/** Asks for a stop, from any thread; the main loop stops the VM at the end of its turn. */
export function requestVmStop(vm: Vm, state: RunState): void {
  vm.vmStopRequest = state;
  kickMain(vm.layer.main);
}

/** qemu_system_reset_request */
export function requestReset(vm: Vm, cause: ShutdownCause): void {
  if (vm.actions.reboot === 'shutdown') vm.shutdownRequest = cause;
  else vm.resetRequest = cause;
  kickMain(vm.layer.main);
}

export function requestShutdown(vm: Vm, cause: ShutdownCause): void {
  vm.shutdownRequest = cause;
  kickMain(vm.layer.main);
}

/** main_loop_should_exit: handles one request after the other, shutdown first. */
function actOnRequests(vm: Vm): void {
  const { main } = vm.layer;
  if (vm.exit !== null) return;
  if (vm.shutdownRequest !== null) {
    const cause = vm.shutdownRequest;
    vm.shutdownRequest = null;
    if (!vm.isStorageDaemon)
      emitEvent(vm, 'SHUTDOWN', { guest: cause.startsWith('guest'), reason: cause });
    if (vm.actions.shutdown === 'pause' && !ENDS_QEMU.has(cause)) {
      runBlocking(main, stopVm(vm, 'shutdown'), () => kickMain(main));
      return;
    }
    runBlocking(main, shutDown(vm), () => endVm(vm, { kind: 'exited', status: 0 }));
    return;
  }
  if (vm.resetRequest !== null) {
    const cause = vm.resetRequest;
    vm.resetRequest = null;
    runBlocking(main, systemReset(vm, cause), () => kickMain(main));
    return;
  }
  if (vm.vmStopRequest !== null) {
    const state = vm.vmStopRequest;
    vm.vmStopRequest = null;
    runBlocking(main, stopVm(vm, state), () => kickMain(main));
  }
}

/** qemu_cleanup: cancels jobs in a drained section that never ends, so that no job does anything more. */
function* shutDown(vm: Vm): Blocking<void> {
  checkQuiesceCounts(vm.layer);
  yield* closeExports(vm);
  yield* drainAllBegin(vm.layer);
  if (isRunning(vm)) {
    setRunState(vm, 'shutdown');
    tellProcessors(vm, false);
    yield* tellDisks(vm, false);
  }
  yield* flushAll(vm.layer);
  yield* cancelAllJobs(vm.jobs);
  for (const node of vm.layer.nodes.values()) node.driver.inactivate?.(node);
}

/** do_vm_stop. The drain at its end may cause more errors; their events follow STOP. */
export function* stopVm(vm: Vm, state: RunState): Blocking<void> {
  if (isRunning(vm)) {
    setRunState(vm, state);
    tellProcessors(vm, false);
    yield* tellDisks(vm, false);
    emitEvent(vm, 'STOP');
  }
  yield* drainAll(vm.layer);
  yield* flushAll(vm.layer);
}

const NEEDS_RESET: ReadonlySet<RunState> = new Set(['shutdown', 'internal-error']);

/** `cont`: resumes the VM. Returns the refusal, or null. */
export function* continueVm(vm: Vm): Blocking<string | null> {
  if (NEEDS_RESET.has(vm.runState)) return 'Resetting the Virtual Machine is required';
  if (vm.runState === 'finish-migrate') return 'Migration is not finalized yet';
  if (vm.runState === 'suspended') return null;
  // Only backends with a name are reset: an anonymous one keeps its first error for ever.
  for (const blk of vm.layer.backends) if (blk.name !== '') resetIoStatus(blk);
  for (const job of vm.jobs) job.ioStatus = 'ok';
  yield* startVm(vm);
  return null;
}

function* startVm(vm: Vm): Blocking<void> {
  const overtaken = vm.vmStopRequest;
  vm.vmStopRequest = null;
  if (isRunning(vm)) {
    // A stop was requested but not yet carried out: both events are sent, but nothing stops, so nothing is resubmitted
    // either.
    if (overtaken !== null) {
      emitEvent(vm, 'STOP');
      emitEvent(vm, 'RESUME');
    }
    return;
  }
  emitEvent(vm, 'RESUME');
  setRunState(vm, 'running');
  yield* tellDisks(vm, true);
  tellProcessors(vm, true);
}

/**
 * Tells listeners that processors stop (before the devices hear of the stop) or run (after the devices have heard of the
 * start).
 */
function tellProcessors(vm: Vm, running: boolean): void {
  vm.processorsPaused = !running;
  for (const listener of vm.processorListeners) listener(running);
}

/**
 * Tells the disks of a stop or a start. In `reviewed` mode the retry timer follows the guest's clock: it stops with the
 * VM.
 */
function* tellDisks(vm: Vm, running: boolean): Blocking<void> {
  for (const disk of vm.disks) {
    const { retry } = disk.blk;
    if (retry !== null && vm.retryMode === 'reviewed')
      (running ? resumeTimer : suspendTimer)(retry);
    const wait = disk.model.vmStateChanged(disk, running);
    if (wait !== null) yield* wait;
  }
}

/** Powers the machine on. No event is sent, because no client is connected yet. */
export function powerOn(vm: Vm): void {
  setRunState(vm, 'running');
}

/** The processors pause meanwhile: no guest submits anything to a disk that is being reset. */
function* systemReset(vm: Vm, cause: ShutdownCause): Blocking<void> {
  if (isRunning(vm)) tellProcessors(vm, false);
  for (const disk of vm.disks) {
    yield* disk.model.reset(disk);
    if (disk.model.adapterResets === true) yield* disk.model.reset(disk);
  }
  emitEvent(vm, 'RESET', { guest: cause.startsWith('guest'), reason: cause });
  for (const listener of vm.resetListeners) listener();
  if (isRunning(vm)) tellProcessors(vm, true);
  if (!isRunning(vm) && vm.runState !== 'prelaunch') setRunState(vm, 'prelaunch');
}

/** QEMU aborts: it sends nothing more and runs nothing more. */
export function abortVm(vm: Vm, why: string): void {
  vm.layer.main.stopped.value = true;
  endVm(vm, { kind: 'aborted', signal: 6, why });
}

function endVm(vm: Vm, exit: VmExit): void {
  vm.exit = exit;
  releaseLocks(vm.layer);
  for (const listener of vm.exitListeners) listener();
}

/** Called when QEMU's process has ended or was killed: stops its threads and deletes its timers. */
export function haltVm(vm: Vm): void {
  vm.layer.main.stopped.value = true;
  for (const blk of vm.layer.backends.slice()) deleteBackend(blk);
  for (const node of vm.layer.nodes.values()) node.driver.die?.(node);
  releaseLocks(vm.layer);
}

/** Closes all nodes. Their requests must have come back by then. */
export function closeVm(vm: Vm): void {
  for (const node of vm.layer.nodes.values()) node.driver.close?.(node);
  vm.layer.nodes.clear();
}

/** Unplugs a disk: waits for requests under way, drops those kept for a retry, and deletes its timers. */
export function unplugDisk(vm: Vm, disk: GuestDisk, done: () => void = () => undefined): void {
  runBlocking(vm.layer.main, unplug(vm, disk), done);
}

function* unplug(vm: Vm, disk: GuestDisk): Blocking<void> {
  yield* detachDisk(vm, disk);
  deleteBackend(disk.blk);
}

/** Takes the disk from the guest: waits for requests under way and drops those that were kept. */
export function* detachDisk(vm: Vm, disk: GuestDisk): Blocking<void> {
  yield* disk.model.reset(disk);
  vm.disks.splice(vm.disks.indexOf(disk), 1);
  vm.scsiAddresses.delete(disk.id);
}

/** Deletes the disk's backend. As in QEMU, this drains the node twice: once for its requests, once to detach from it. */
export function* releaseDisk({ blk }: GuestDisk): Blocking<void> {
  yield* blkDrain(blk);
  yield* blkDrain(blk);
  setBackendContext(blk, blk.layer.main.aio);
  deleteBackend(blk);
  // A node of a drive, or of a snapshot above it, has no other user.
  if (!blk.node.monitorOwned) closeNode(blk.node);
}

/** Resets a disk on behalf of the guest's driver; `done` is called once the reset has returned. */
export function resetDisk(vm: Vm, disk: GuestDisk, done: () => void = () => undefined): void {
  runBlocking(vm.layer.main, disk.model.reset(disk), done);
}
