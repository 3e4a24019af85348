// target-world.case.ts — Two ram disks and device-mapper, for the tests of targets.
import type { Bio, BlkStatus, BlockLayer } from '@dmsim/block';
import {
  createBio,
  createBlockLayer,
  createRamDisks,
  findDevice,
  REQ_OP,
  submitBio,
} from '@dmsim/block';
import type { Errno, Sim, Task } from '@dmsim/sim';
import { after, createSim, run, spawn } from '@dmsim/sim';

import type { DeviceMapper } from '../device-mapper.ts';
import { createDeviceMapper } from '../device-mapper.ts';
import { devCreate } from '../ioctl/create.ts';
import { findCell } from '../ioctl/find-device.ts';
import { tableLoad } from '../ioctl/load.ts';
import { targetMessage } from '../ioctl/message.ts';
import { tableStatus } from '../ioctl/status.ts';
import { devResume, devSuspend } from '../ioctl/suspend.ts';
import { registerTarget } from '../target-registry.ts';
import type { MessageResult, TargetType } from '../target-type.ts';

/** Sectors of each of 1:0 and 1:1. */
const CAPACITY = 2048;

export interface Io {
  /** Undefined while it is under way. */
  status: BlkStatus | undefined;
  at: number;
  readonly data: Uint8Array;
}

export interface TargetWorld {
  readonly sim: Sim;
  readonly dm: DeviceMapper;
  /** Loads and resumes `0 1000 TYPE PARAMS`; the reason in the log when that fails. */
  load(params: string): string | undefined;
  line(kind: 'info' | 'table'): string;
  read(sector: number, nrSectors?: number): Io;
  write(sector: number, byte: number, nrSectors?: number): Io;
  flush(): Io;
  /** First byte of a sector of ram disk `minor`. */
  stored(minor: number, sector: number): number | undefined;
  suspend(noflush?: boolean): void;
  resume(): void;
  message(text: string): MessageResult;
  runFor(ms: number): void;
  log(): string[];
}

const KEY = { name: 'x' };

function createWorld(): {
  readonly sim: Sim;
  readonly layer: BlockLayer;
  readonly dm: DeviceMapper;
} {
  const sim = createSim();
  const layer = createBlockLayer(sim);
  createRamDisks(layer, { count: 2, sizeKb: CAPACITY / 2 });
  const dm = createDeviceMapper(sim, layer, {
    lookupPath: () => 'ENOENT',
    requestModule: () => undefined,
    uevent: () => undefined,
    *freeze() {
      return undefined;
    },
    *thaw() {},
    *sync() {
      return undefined;
    },
  });
  return { sim, layer, dm };
}

export function targetWorld(type: TargetType<never, never>, length = 1000): TargetWorld {
  const { sim, layer, dm } = createWorld();
  registerTarget(dm, type);
  devCreate(dm, KEY);
  // The clock stands still where nothing is due.
  const runFor = (ms: number): void => {
    after(sim, ms * 1e6, 'the test goes on', () => undefined);
    run(sim, { until: sim.now + ms * 1e6 });
  };
  const perform = (task: Task<Errno | undefined>): void => {
    spawn(sim, 'dmsetup', function* dmsetup() {
      yield* task;
      return 0;
    });
    run(sim, { until: sim.now });
  };
  const submit = (minor: number | null, op: Bio['op'], at: number, data: Uint8Array): Io => {
    const [major, nr] = minor === null ? [dm.major, 0] : [1, minor];
    const dev = findDevice(layer, major, nr);
    if (dev === undefined) throw new Error('no such disk');
    const io: Io = { status: undefined, at: 0, data };
    const bio = createBio(dev, { op, sector: at, nrSectors: data.length / 512, data }, (done) => {
      io.status = done.status;
      io.at = sim.now;
    });
    submitBio(bio);
    run(sim, { until: sim.now });
    return io;
  };
  return {
    sim,
    dm,
    runFor,
    load(params) {
      const specs = [{ start: 0n, length: BigInt(length), type: type.name, params }];
      if (tableLoad(dm, KEY, { specs }) !== undefined) {
        return sim.log.at(-2)?.text.replace(/^device-mapper: table: 254:0: /, '');
      }
      perform(devResume(dm, KEY, { noflush: false, lockFs: true }));
      return undefined;
    },
    line(kind) {
      const lines = tableStatus(dm, KEY, { kind });
      return typeof lines === 'string' ? lines : (lines[0]?.params ?? '');
    },
    read: (sector, nrSectors = 8) =>
      submit(null, REQ_OP.READ, sector, new Uint8Array(nrSectors * 512)),
    write: (sector, byte, nrSectors = 8) =>
      submit(null, REQ_OP.WRITE, sector, new Uint8Array(nrSectors * 512).fill(byte)),
    flush() {
      // Without a volatile cache below the block layer has nothing to flush.
      const disk = findDevice(layer, dm.major, 0);
      if (disk !== undefined) disk.limits = { ...disk.limits, writeCache: true };
      return submit(null, REQ_OP.FLUSH, 0, new Uint8Array(0));
    },
    stored(minor, sector) {
      const io = submit(minor, REQ_OP.READ, sector, new Uint8Array(512));
      runFor(1);
      return io.data[0];
    },
    suspend: (noflush = false) => perform(devSuspend(dm, KEY, { noflush, lockFs: !noflush })),
    resume: () => perform(devResume(dm, KEY, { noflush: false, lockFs: true })),
    message: (message) => targetMessage(dm, KEY, { sector: 0n, message }),
    log: () => sim.log.map(({ text }) => text),
  };
}

export const isSuspended = ({ dm }: TargetWorld): boolean =>
  findCell(dm, KEY)?.md.suspended === true;
