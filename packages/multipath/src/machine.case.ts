// machine.case.ts — For tests: a machine with dm, this module and disks a, b, c … whose every I/O is seen and can be held or failed.
import type { Bio, BlkStatus, BlockDevice, Request } from '@dmsim/block';
import {
  addDisk,
  BLK_STS,
  blkStatusToErrno,
  createBio,
  createBlockDevice,
  createBlockLayer,
  createRequestQueue,
  endRequest,
  REQ_OP,
  submitBio,
  submitToQueue,
} from '@dmsim/block';
import type { DeviceMapper, MessageResult, Uevent } from '@dmsim/dm';
import {
  createDeviceMapper,
  devCreate,
  devRemove,
  devResume,
  devSuspend,
  findCell,
  registerTarget,
  tableLoad,
  tableStatus,
  targetMessage,
} from '@dmsim/dm';
import type { Errno, Nanos, Sim, Task } from '@dmsim/sim';
import {
  after,
  createSim,
  millis,
  run,
  schedule,
  sendSignal,
  SIGNALS,
  sleepFor,
  spawn,
} from '@dmsim/sim';

import type { MultipathModule, MultipathModuleOptions } from './module.ts';
import { createMultipathModule } from './module.ts';

export interface FakeDisk {
  readonly letter: string;
  readonly dev: BlockDevice;
  /** The disk's answer to I/O that arrives from now on. */
  mode: 'serve' | 'hold' | BlkStatus;
  readonly held: Request[];
}

export interface Io {
  readonly sector: number;
  /** 'pending', 'ok' or an errno. */
  outcome: string;
}

export interface Machine {
  readonly sim: Sim;
  readonly dm: DeviceMapper;
  readonly module: MultipathModule;
  readonly disks: readonly FakeDisk[];
  /** Letters of the disks that got an I/O, in order. */
  sent: string[];
  /** `letter@sector` likewise. */
  sentTo: string[];
  readonly uevents: Uevent[];
}

export interface MachineOptions extends MultipathModuleOptions {
  /** @defaultValue 3 */
  readonly disks?: number;
  /** Tags of each disk. @defaultValue 32 */
  readonly depth?: number;
}

const SECTORS = 32768;
/** More than any test needs: a livelock is a failure, not a hang. */
const MAX_EVENTS = 100_000;
const KEY = { name: 'mp' };

export function createMachine({ disks = 3, depth = 32, ...options }: MachineOptions = {}): Machine {
  const sim = createSim();
  const layer = createBlockLayer(sim);
  const uevents: Uevent[] = [];
  const dm = createDeviceMapper(sim, layer, {
    lookupPath(path) {
      if (path === '/tmp/file') return 'ENOTBLK';
      const found = machine.disks.find(({ letter }) => path === `/dev/${letter}`);
      return found === undefined ? 'ENOENT' : { major: found.dev.major, minor: found.dev.minor };
    },
    requestModule: () => undefined,
    uevent: (event) => uevents.push(event),
    *freeze() {
      yield* sleepFor(0);
      return undefined;
    },
    *thaw() {},
    *sync() {
      return undefined;
    },
  });
  const module = createMultipathModule(sim, options);
  registerTarget(dm, module.target);
  const machine: Machine = { sim, dm, module, disks: [], sent: [], sentTo: [], uevents };
  const list = machine.disks as FakeDisk[];
  for (let i = 0; i < disks; i++) list.push(createDisk(machine, i, depth));
  return machine;
}

function createDisk(machine: Machine, index: number, depth: number): FakeDisk {
  const letter = String.fromCharCode(97 + index);
  const { layer } = machine.dm;
  const queue = createRequestQueue(layer, {
    name: letter,
    depth,
    ops: {
      queueRq(rq) {
        machine.sent.push(letter);
        machine.sentTo.push(`${letter}@${rq.bio.sector}`);
        if (disk.mode === 'hold') disk.held.push(rq);
        else finish(machine, rq, disk.mode === 'serve' ? BLK_STS.OK : disk.mode);
        return 'ok';
      },
      complete: (rq) => endRequest(rq, rq.status),
    },
  });
  const dev = createBlockDevice(layer, {
    major: 8,
    minor: 16 * index,
    name: `sd${letter}`,
    capacity: SECTORS,
    submit: (bio) => submitToQueue(queue, bio),
    queue,
  });
  queue.dev = dev;
  addDisk(dev);
  const disk: FakeDisk = { letter, dev, mode: 'serve', held: [] };
  return disk;
}

function finish(machine: Machine, rq: Request, status: BlkStatus): void {
  rq.status = status;
  schedule(machine.sim, rq.due, 0);
}

/** Ends what a disk holds, serves from now on, and lets `ms` pass. */
export function release(
  machine: Machine,
  disk: FakeDisk,
  status: BlkStatus = BLK_STS.OK,
  ms: number = 20,
): void {
  disk.mode = 'serve';
  for (const rq of disk.held.splice(0)) finish(machine, rq, status);
  settle(machine, ms);
}

export function disk(machine: Machine, letter: string): FakeDisk {
  const found = machine.disks.find((d) => d.letter === letter);
  if (found === undefined) throw new Error(`there is no disk ${letter}`);
  return found;
}

/** Lets `ms` of virtual time pass. */
export function settle(machine: Machine, ms: number = 20): void {
  const { sim } = machine;
  let over = false;
  after(sim, millis(ms), 'settled', () => {
    over = true;
  });
  const outcome = run(sim, { stop: () => over, hungAfter: Infinity, maxEvents: MAX_EVENTS });
  if (outcome.kind === 'limit') throw new Error('a livelock');
}

/** Runs a task as a process until it ends or `within` is over. */
export function perform<T>(machine: Machine, task: Task<T>, within: Nanos = 1e12): T | 'waiting' {
  let result: { readonly value: T } | undefined;
  spawn(machine.sim, 'test', function* main() {
    result = { value: yield* task };
    return 0;
  });
  const until = machine.sim.now + within;
  run(machine.sim, { stop: () => result !== undefined, until, maxEvents: MAX_EVENTS });
  return result === undefined ? 'waiting' : result.value;
}

/** dmsetup create, with params after `0 32768 multipath`. */
export function create(machine: Machine, params: string): Errno | undefined {
  devCreate(machine.dm, KEY);
  const error = load(machine, params);
  return error ?? (resume(machine) as Errno | undefined);
}

export function load(machine: Machine, params: string): Errno | undefined {
  const specs = [{ start: 0n, length: BigInt(SECTORS), type: 'multipath', params }];
  return tableLoad(machine.dm, KEY, { specs });
}

export const resume = (machine: Machine, { noflush = false } = {}): Errno | undefined | 'waiting' =>
  perform(machine, devResume(machine.dm, KEY, { noflush, lockFs: false }));

export const suspend = (
  machine: Machine,
  { noflush = false, lockFs = false } = {},
): Errno | undefined | 'waiting' =>
  perform(machine, devSuspend(machine.dm, KEY, { noflush, lockFs }), 1e9);

/** A suspend that a signal ends while it waits. */
export function interruptedSuspend(machine: Machine, { noflush = false } = {}): string | undefined {
  let result: Errno | undefined;
  const process = spawn(machine.sim, 'dmsetup', function* main() {
    result = yield* devSuspend(machine.dm, KEY, { noflush, lockFs: false });
    return 0;
  });
  settle(machine);
  sendSignal(process, SIGNALS.TERM);
  settle(machine);
  return result;
}

export const remove = (machine: Machine): Errno | undefined | 'waiting' =>
  perform(machine, devRemove(machine.dm, KEY), 1e9);

function params(machine: Machine, kind: 'info' | 'table', inactive: boolean): string {
  const result = tableStatus(machine.dm, KEY, { kind, inactive });
  if (typeof result === 'string') return result;
  return result[0]?.params ?? '';
}

export const status = (machine: Machine): string => params(machine, 'info', false);
export const table = (machine: Machine): string => params(machine, 'table', false);
export const inactiveTable = (machine: Machine): string => params(machine, 'table', true);

export const message = (machine: Machine, text: string): MessageResult =>
  targetMessage(machine.dm, KEY, { sector: 0n, message: text });

export const eventNr = (machine: Machine): number | undefined =>
  findCell(machine.dm, KEY)?.md.eventNr;

/** Starts a read of 4 KiB, or of `sectors`. */
export function start(machine: Machine, sector: number, { sectors = 8 } = {}): Io {
  const dev = findCell(machine.dm, KEY)?.md.disk;
  if (!dev) throw new Error('mp has no disk yet');
  const io: Io = { sector, outcome: 'pending' };
  const bio = createBio(dev, { op: REQ_OP.READ, sector, nrSectors: sectors }, (ended: Bio) => {
    io.outcome = blkStatusToErrno(ended.status) ?? 'ok';
  });
  submitBio(bio);
  return io;
}

/** As many reads one after the other; which disks got them. */
export function read(machine: Machine, count: number): string {
  machine.sent = [];
  for (let i = 0; i < count; i++) {
    start(machine, i * 8);
    settle(machine, 200);
  }
  return machine.sent.join(' ');
}

/** Lines of the kernel's log from device-mapper, without their common prefix and what modules say when they are loaded. */
export const log = (machine: Machine): string[] =>
  machine.sim.log
    .map(({ text }) => text)
    .filter((text) => text.startsWith('device-mapper: ') && !text.endsWith(' loaded'))
    .map((text) => text.slice('device-mapper: '.length));
