// perform.ts — One command of a schedule, done to the machine as the programs of a lab would do it.
import type { AccessState, ScsiDevice } from '@dmsim/block';
import {
  deleteDevice,
  latencyOf,
  scanHost,
  setDeviceState,
  setGroupState,
  stallLatency,
} from '@dmsim/block';
import type { DeviceMapper } from '@dmsim/dm';
import { devResume, devSuspend, tableClear, targetMessage } from '@dmsim/dm';
import type { Task } from '@dmsim/sim';
import { millis, sendSignal, SIGNALS, sleepFor, spawn } from '@dmsim/sim';

import { jobCommand } from './guest-jobs.ts';
import { sendQmp, tellMonitor } from './guest-vm.ts';
import { submitIo } from './io.ts';
import type { Access, Command, CommandOf, JobCommand, SuspendFlags } from './schedule.ts';
import type { World } from './world.ts';
import { findDisks, load, MAP, pathNumber, scsiDevice } from './world.ts';

const KEY = { name: MAP };

/** The name of the process of a suspend in the background. */
export const SUSPEND = 'suspend';

type Performer<C> = (world: World, command: C) => Task<void> | void;

/** Performs a command, by its kind. Commands that take time are tasks. */
const PERFORM: { readonly [K in Command['kind']]: Performer<CommandOf<K>> } = {
  write: (world, { sector, nrSectors }) => submitIo(world, { kind: 'write', sector, nrSectors }),
  read: (world, { sector, nrSectors }) => submitIo(world, { kind: 'read', sector, nrSectors }),
  discard: (world, { sector, nrSectors }) =>
    submitIo(world, { kind: 'discard', sector, nrSectors }),
  flush: (world) => submitIo(world, { kind: 'flush', sector: 0, nrSectors: 0 }),
  'path-state': (world, { path, state }) => {
    const sdev = scsiDevice(world, path);
    if (sdev !== undefined) setDeviceState(sdev, state);
  },
  'path-message': (world, { word, path }) => message(world, `${word} ${pathNumber(world, path)}`),
  'group-message': (world, { word, group }) => message(world, `${word} ${group}`),
  queueing: (world, { word }) => message(world, word),
  delete: (world, { path }) => unplug(world, path),
  rescan: (world, { path }) => plugIn(world, path),
  load: (world, { table }) => void load(world, MAP, table),
  clear: ({ machine }) => void tableClear(machine.dm, KEY),
  suspend,
  resume: (world, { flags }) => resume(world, flags),
  swap,
  interrupt: ({ suspending }) => {
    if (suspending !== null) sendSignal(suspending, SIGNALS.TERM);
  },
  stall: (world, { path, ms }) => {
    const sdev = scsiDevice(world, path);
    const until = world.machine.sim.now + millis(ms);
    if (sdev !== undefined) sdev.latency = latencyOf(stallLatency, { base: sdev.latency, until });
  },
  monitor: ({ guest }, { word }) => {
    if (guest !== null) tellMonitor(guest, word);
  },
  job: tellOfJob,
  'job-control': tellOfJob,
  access: (world, { path, state }) => {
    const sdev = scsiDevice(world, path);
    if (sdev !== undefined) setGroupState(sdev, ACCESS_STATES[state]);
  },
  sleep: (_world, { ms }) => pause(ms),
};

const ACCESS_STATES: Readonly<Record<Access, AccessState>> = {
  optimized: 'active/optimized',
  'non-optimized': 'active/non-optimized',
  standby: 'standby',
  transitioning: 'transitioning',
};

/** Returns what takes time of it; undefined: it is done. */
export function perform(world: World, command: Command): Task<void> | undefined {
  const act = PERFORM[command.kind] as Performer<Command>;
  return act(world, command) as Task<void> | undefined;
}

function* pause(ms: number): Task<void> {
  yield* sleepFor(millis(ms));
}

function tellOfJob({ guest }: World, command: JobCommand): void {
  if (guest !== null) sendQmp(guest, jobCommand(command));
}

function message({ machine }: World, text: string): void {
  targetMessage(machine.dm, KEY, { sector: 0n, message: text });
}

/** A disk that is unplugged goes when its last command has ended; the process that wrote `delete` waits for that. */
function unplug(world: World, path: number): void {
  const sdev = scsiDevice(world, path);
  if (sdev === undefined) return;
  spawn(world.machine.sim, 'delete', () => writeDelete(sdev));
}

function* writeDelete(sdev: ScsiDevice): Task<number> {
  yield* deleteDevice(sdev);
  return 0;
}

function plugIn(world: World, path: number): void {
  const host = world.hosts[path];
  if (host !== undefined) scanHost(host, { channel: null, target: null, lun: null });
  findDisks(world);
}

function* suspend(world: World, { flags, background }: CommandOf<'suspend'>): Task<void> {
  const { dm, sim } = world.machine;
  if (!background) {
    yield* devSuspend(dm, KEY, flags);
    return;
  }
  world.suspending = spawn(sim, SUSPEND, () => suspendMap(dm, flags));
}

function* suspendMap(dm: DeviceMapper, flags: SuspendFlags): Task<number> {
  yield* devSuspend(dm, KEY, flags);
  return 0;
}

function* resume({ machine }: World, flags: SuspendFlags): Task<void> {
  yield* devResume(machine.dm, KEY, flags);
}

function* swap(world: World, { flags, table }: CommandOf<'swap'>): Task<void> {
  yield* devSuspend(world.machine.dm, KEY, flags);
  load(world, MAP, table);
  yield* resume(world, flags);
}
