// vm.ts — One virtual machine: its disks, its run state, its jobs, its monitors. Mirrors softmmu/runstate.c, softmmu/cpus.c.
import type { Nanos, Sim } from '@dmsim/sim';

import { createAioContext, stepAlone } from '../aio/aio-context.ts';
import { createCoScheduler } from '../aio/coroutine.ts';
import type { Blocking } from '../aio/main-loop.ts';
import { createMainLoop, kickMain, runBlocking } from '../aio/main-loop.ts';
import { blkDrain, deleteBackend, resetIoStatus } from '../block/backend.ts';
import type { RetryMode, RetrySettings } from '../block/backend.ts';
import type { BlockDriver } from '../block/block-driver.ts';
import type { BlockLayer } from '../block/block-layer.ts';
import { checkQuiesceCounts } from '../block/check-quiesce.ts';
import type { IoStatusRule, JobErrors } from '../block/error-action.ts';
import type { HostFiles } from '../block/host-file.ts';
import { drainAll, drainAllBegin, flushAll } from '../block/node.ts';
import { resumeTimer, suspendTimer } from '../block/rehandle.ts';
import type { GuestDisk } from '../devices/guest-disk.ts';
import { blockDrivers } from '../drivers/registry.ts';
import type { Job } from '../jobs/job.ts';
import { cancelAllJobs } from '../jobs/transaction.ts';
import type { JsonObject } from '../qmp/json.ts';
import type { RunState, ShutdownCause } from './run-state.ts';
import { checkTransition } from './run-state.ts';

/** `7.2`: as Debian ships it. `series`: with both proposed series applied. */
export type QemuBuild = '7.2' | 'series';

export type VmExit =
  | { readonly kind: 'exited'; readonly status: number }
  | { readonly kind: 'aborted'; readonly signal: 6; readonly why: string };

/** Someone told of each event, before any monitor's client can act on it. */
export type EventListener = (event: string, data: JsonObject | undefined, at: Nanos) => void;

export interface Vm {
  readonly sim: Sim;
  readonly layer: BlockLayer;
  readonly name: string;
  /** `-name`: what query-name says; null without. */
  readonly guestName: string | null;
  readonly build: QemuBuild;
  readonly package: string;
  readonly retryMode: RetryMode;
  readonly retrySettings: RetrySettings;
  /** `-machine none`: no CPU, no disks, a run state all the same. */
  readonly hasMachine: boolean;
  /** qemu-storage-daemon: nodes, jobs and a monitor, without any machine. */
  readonly isStorageDaemon: boolean;
  runState: RunState;
  readonly disks: GuestDisk[];
  /** Whoever plays the guest found its disks when it booted, and would not see others. */
  disksAreFixed: boolean;
  /** Devices without an id so far. */
  nrAnonymous: number;
  /** What disks are plugged into. */
  readonly controllers: { readonly driver: string; readonly id: string | null }[];
  readonly jobs: Job[];
  readonly listeners: EventListener[];
  readonly resetListeners: (() => void)[];
  /** Told when the guest's processors stand still, and when they go on: no guest sends anything in between. */
  readonly processorListeners: ((running: boolean) => void)[];
  /** Told when `exit` is set. */
  readonly exitListeners: (() => void)[];
  vmStopRequest: RunState | null;
  resetRequest: ShutdownCause | null;
  shutdownRequest: ShutdownCause | null;
  exit: VmExit | null;
}

export interface VmOptions {
  readonly name?: string;
  readonly guestName?: string | null;
  readonly build?: QemuBuild;
  readonly files?: HostFiles;
  readonly ioStatusRule?: IoStatusRule;
  readonly jobErrors?: JobErrors;
  readonly retryMode?: RetryMode;
  readonly retrySettings?: RetrySettings;
  readonly hasMachine?: boolean;
  readonly isStorageDaemon?: boolean;
  /** Drivers beside QEMU's own: the host's block devices, for one. */
  readonly drivers?: readonly BlockDriver[];
}

const DEFAULTS = {
  name: 'vm',
  guestName: null,
  build: '7.2',
  ioStatusRule: 'merged',
  jobErrors: 'merged',
  retryMode: 'recorded',
  retrySettings: 'drive',
  hasMachine: true,
  isStorageDaemon: false,
  drivers: [],
} as const satisfies VmOptions;

export function createBareVm(sim: Sim, options: VmOptions = {}): Vm {
  const { name, guestName, build, drivers, ioStatusRule, jobErrors, ...rest } = {
    ...DEFAULTS,
    ...options,
  };
  const { retryMode, retrySettings, hasMachine, isStorageDaemon, files = new Map() } = rest;
  const main = createMainLoop(sim);
  const layer: BlockLayer = {
    sim,
    main,
    coroutines: createCoScheduler(),
    nodes: new Map(),
    backends: [],
    drivers: new Map([...blockDrivers, ...drivers].map((driver) => [driver.name, driver])),
    files,
    throttleGroups: new Map(),
    iothreads: new Map(),
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
    build,
    package: build === '7.2' ? 'Debian 1:7.2+dfsg-7+deb12u18+b3' : '',
    retryMode,
    retrySettings,
    hasMachine,
    isStorageDaemon,
    runState: 'prelaunch',
    disks: [],
    disksAreFixed: false,
    nrAnonymous: 0,
    controllers: [],
    jobs: [],
    listeners: [],
    resetListeners: [],
    processorListeners: [],
    exitListeners: [],
    vmStopRequest: null,
    resetRequest: null,
    shutdownRequest: null,
    exit: null,
  };
  main.atTurnEnd = () => actOnRequests(vm);
  return vm;
}

export function addIothread(vm: Vm, id: string): void {
  const { stopped } = vm.layer.main;
  const context = createAioContext(vm.sim, `iothread ${id}`, (ctx) => {
    if (!stopped.value) stepAlone(ctx);
  });
  vm.layer.iothreads.set(id, context);
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

/** From any thread: the main loop stops the VM at the end of its turn. */
export function requestVmStop(vm: Vm, state: RunState): void {
  vm.vmStopRequest = state;
  kickMain(vm.layer.main);
}

export function requestReset(vm: Vm, cause: ShutdownCause): void {
  vm.resetRequest = cause;
  kickMain(vm.layer.main);
}

export function requestShutdown(vm: Vm, cause: ShutdownCause): void {
  vm.shutdownRequest = cause;
  kickMain(vm.layer.main);
}

/** main_loop_should_exit: one request after the other, shutdown first. */
function actOnRequests(vm: Vm): void {
  const { main } = vm.layer;
  if (vm.exit !== null) return;
  if (vm.shutdownRequest !== null) {
    const cause = vm.shutdownRequest;
    vm.shutdownRequest = null;
    if (!vm.isStorageDaemon)
      emitEvent(vm, 'SHUTDOWN', { guest: cause.startsWith('guest'), reason: cause });
    runBlocking(main, shutDown(vm), () => {
      endVm(vm, { kind: 'exited', status: 0 });
    });
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

/** qemu_cleanup: jobs are cancelled in a drained section that never ends, so that none of them does anything more. */
function* shutDown(vm: Vm): Blocking<void> {
  checkQuiesceCounts(vm.layer);
  yield* drainAllBegin(vm.layer);
  if (isRunning(vm)) {
    setRunState(vm, 'shutdown');
    tellProcessors(vm, false);
    yield* tellDisks(vm, false);
  }
  yield* flushAll(vm.layer);
  yield* cancelAllJobs(vm.jobs);
}

/** do_vm_stop. The drain at its end may bring out more errors: their events follow STOP. */
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

/** `cont`: the refusal, or null. */
export function* continueVm(vm: Vm): Blocking<string | null> {
  if (NEEDS_RESET.has(vm.runState)) return 'Resetting the Virtual Machine is required';
  if (vm.runState === 'finish-migrate') return 'Migration is not finalized yet';
  if (vm.runState === 'suspended') return null;
  // Only backends with a name: an anonymous one keeps its first error for ever.
  for (const blk of vm.layer.backends) if (blk.name !== '') resetIoStatus(blk);
  for (const job of vm.jobs) job.ioStatus = 'ok';
  yield* startVm(vm);
  return null;
}

function* startVm(vm: Vm): Blocking<void> {
  const overtaken = vm.vmStopRequest;
  vm.vmStopRequest = null;
  if (isRunning(vm)) {
    // A stop was asked for and not yet made: the pair of events is sent, nothing stops, so nothing is resubmitted either.
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

/** pause_all_vcpus comes before the devices hear of a stop, resume_all_vcpus after they heard of the start. */
function tellProcessors(vm: Vm, running: boolean): void {
  for (const listener of vm.processorListeners) listener(running);
}

/** Reviewed, the clock of retries is the guest's: it stops and goes with the VM. */
function* tellDisks(vm: Vm, running: boolean): Blocking<void> {
  for (const disk of vm.disks) {
    const { retry } = disk.blk;
    if (retry !== null && vm.retryMode === 'reviewed')
      (running ? resumeTimer : suspendTimer)(retry);
    const wait = disk.model.vmStateChanged(disk, running);
    if (wait !== null) yield* wait;
  }
}

/** The machine's power-on: no event, as no client is there yet. */
export function powerOn(vm: Vm): void {
  setRunState(vm, 'running');
}

function* systemReset(vm: Vm, cause: ShutdownCause): Blocking<void> {
  for (const disk of vm.disks) yield* disk.model.reset(disk);
  emitEvent(vm, 'RESET', { guest: cause.startsWith('guest'), reason: cause });
  for (const listener of vm.resetListeners) listener();
  if (!isRunning(vm) && vm.runState !== 'prelaunch') setRunState(vm, 'prelaunch');
}

/** QEMU kills itself: nothing more is sent, nothing more runs. */
export function abortVm(vm: Vm, why: string): void {
  vm.layer.main.stopped.value = true;
  endVm(vm, { kind: 'aborted', signal: 6, why });
}

function endVm(vm: Vm, exit: VmExit): void {
  vm.exit = exit;
  for (const listener of vm.exitListeners) listener();
}

/** QEMU's process has been killed, or has ended: none of its threads runs, none of its timers is left. */
export function haltVm(vm: Vm): void {
  vm.layer.main.stopped.value = true;
  for (const blk of vm.layer.backends.slice()) deleteBackend(blk);
}

/** Closes what it had open; what it had under way has come back by then. */
export function closeVm(vm: Vm): void {
  for (const node of vm.layer.nodes.values()) node.driver.close?.(node);
  vm.layer.nodes.clear();
}

/** The disk is pulled: what it has under way ends, what it keeps is dropped, and no timer of it is left. */
export function unplugDisk(vm: Vm, disk: GuestDisk, done: () => void = () => undefined): void {
  runBlocking(vm.layer.main, unplug(vm, disk), done);
}

function* unplug(vm: Vm, disk: GuestDisk): Blocking<void> {
  yield* detachDisk(vm, disk);
  deleteBackend(disk.blk);
}

/** The guest has it no more: what was under way has ended, what was kept is dropped. */
export function* detachDisk(vm: Vm, disk: GuestDisk): Blocking<void> {
  yield* disk.model.reset(disk);
  vm.disks.splice(vm.disks.indexOf(disk), 1);
}

/** Its backend goes: the node is drained once for its requests and once to let go of it. */
export function* releaseDisk({ blk }: GuestDisk): Blocking<void> {
  yield* blkDrain(blk);
  yield* blkDrain(blk);
  deleteBackend(blk);
}

/** A reset by the guest's own driver; `done` once it has returned. */
export function resetDisk(vm: Vm, disk: GuestDisk, done: () => void = () => undefined): void {
  runBlocking(vm.layer.main, disk.model.reset(disk), done);
}
