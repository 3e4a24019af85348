// A request on its way through request-based dm: each answer of the target, and what becomes of the original.
import type { BlkStatus, BlockDevice, Request } from '@dmsim/block';
import {
  addDisk,
  allocRequest,
  BLK_STS,
  blkStatusName,
  createBio,
  createBlockDevice,
  createBlockLayer,
  createRequestQueue,
  endRequest,
  freeRequest,
  REQ_OP,
  submitBio,
} from '@dmsim/block';
import type { Sim } from '@dmsim/sim';
import { after, createSim, millis, run, spawn } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import { createDeviceMapper } from '../device-mapper.ts';
import { devCreate } from '../ioctl/create.ts';
import { tableLoad } from '../ioctl/load.ts';
import { devResume, devSuspend } from '../ioctl/suspend.ts';
import { getDevice, putDevice } from '../table/dm-device.ts';
import type { DmDev } from '../table/table.ts';
import { registerTarget } from '../target-registry.ts';
import type { EndIoVerdict, MapVerdict, TargetType } from '../target-type.ts';

interface World {
  readonly sim: Sim;
  readonly log: string[];
  /** The target's answers to requests, in turn; the last is for all that follow. */
  map: MapVerdict[];
  end: EndIoVerdict[];
  /** How the disk below ends a request. */
  status: BlkStatus;
  read(): void;
  suspend(): void;
  resume(): void;
  settle(ms?: number): void;
}

const KEY = { name: 'x' };
const take = <T>(list: T[]): T => (list.length > 1 ? list.shift() : list[0]) as T;

function below(world: () => World, layer: ReturnType<typeof createBlockLayer>): BlockDevice {
  const queue = createRequestQueue(layer, {
    name: 'sda',
    depth: 4,
    ops: {
      queueRq(rq) {
        world().log.push('sent');
        after(layer.sim, millis(1), 'the disk', () => endRequest(rq, world().status));
        return 'ok';
      },
      complete: () => undefined,
    },
  });
  const dev = createBlockDevice(layer, { major: 8, minor: 0, name: 'sda', capacity: 1000, queue });
  queue.dev = dev;
  addDisk(dev);
  return dev;
}

function target(world: () => World): TargetType<DmDev> {
  return {
    name: 'rqt',
    version: [1, 0, 0],
    features: { singleton: true, immutable: true },
    ctr(ti) {
      const dev = getDevice(ti, '8:0');
      return typeof dev === 'string' ? { error: 'no device', errno: dev } : { state: dev };
    },
    dtr: (ti) => putDevice(ti, ti.state),
    cloneAndMapRq(ti, context) {
      const verdict = take(world().map);
      world().log.push(`map ${verdict}`);
      if (verdict !== 'remapped') return verdict;
      const { bio } = context.original;
      const { bdev } = ti.state;
      const clone = { ...bio, dev: bdev, next: null };
      context.clone = allocRequest(bdev.queue as NonNullable<typeof bdev.queue>, clone);
      return verdict;
    },
    releaseCloneRq(_ti, { clone }) {
      freeRequest(clone as Request);
    },
    rqEndIo() {
      const verdict = take(world().end);
      world().log.push(`end ${verdict}`);
      return verdict;
    },
    iterateDevices: (ti, fn) => fn(ti.state, 0, ti.len),
  };
}

function createWorld(): World {
  const sim = createSim();
  const layer = createBlockLayer(sim);
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
  const settle = (ms = 20): void => {
    // The clock stands still where nothing is due.
    after(sim, millis(ms), 'the test goes on', () => undefined);
    run(sim, { until: sim.now + millis(ms), maxEvents: 10_000 });
  };
  const call = (task: ReturnType<typeof devResume>): void => {
    spawn(sim, 'dmsetup', function* dmsetup() {
      yield* task;
      return 0;
    });
    settle();
  };
  const world: World = {
    sim,
    log: [],
    map: ['remapped'],
    end: ['done'],
    status: BLK_STS.OK,
    settle,
    read() {
      const dev = [...layer.devices.values()].find(({ major }) => major === dm.major);
      if (dev === undefined) throw new Error('the map is there');
      const spec = { op: REQ_OP.READ, sector: 0, nrSectors: 8, data: new Uint8Array(4096) };
      submitBio(
        createBio(dev, spec, (bio) => {
          world.log.push(bio.status === BLK_STS.OK ? 'read' : blkStatusName(bio.status));
        }),
      );
    },
    suspend: () => call(devSuspend(dm, KEY, { noflush: true, lockFs: false })),
    resume: () => call(devResume(dm, KEY, { noflush: false, lockFs: true })),
  };
  below(() => world, layer);
  registerTarget(
    dm,
    target(() => world),
  );
  devCreate(dm, KEY);
  const specs = [{ start: 0n, length: 1000n, type: 'rqt', params: '' }];
  expect(tableLoad(dm, KEY, { specs })).toBeUndefined();
  world.resume();
  return world;
}

describe('a request', () => {
  it('is cloned, sent, and done when the clone is', () => {
    const w = createWorld();
    w.read();
    w.settle();
    expect(w.log).toEqual(['map remapped', 'sent', 'end done', 'read']);
  });

  it('is tried again soon when the target has no path at the moment', () => {
    const w = createWorld();
    w.map = ['requeue', 'remapped'];
    w.read();
    w.settle();
    expect(w.log).toEqual(['map requeue', 'map remapped', 'sent', 'end done', 'read']);
  });

  it('is left alone for 100 ms when the target asks for a delay', () => {
    const w = createWorld();
    w.map = ['delay-requeue', 'remapped'];
    w.read();
    w.settle(99);
    expect(w.log).toEqual(['map delay-requeue']);
    w.settle(20);
    expect(w.log).toEqual(['map delay-requeue', 'map remapped', 'sent', 'end done', 'read']);
  });

  it('fails when the target kills it, without the target hearing of it again', () => {
    const w = createWorld();
    w.map = ['kill'];
    w.read();
    w.settle();
    expect(w.log).toEqual(['map kill', 'I/O']);
  });

  it('is mapped again when its clone comes back and the target asks for that', () => {
    const w = createWorld();
    w.end = ['requeue', 'done'];
    w.read();
    w.settle();
    expect(w.log).toEqual([
      'map remapped',
      'sent',
      'end requeue',
      'map remapped',
      'sent',
      'end done',
      'read',
    ]);
  });

  it('ends with what its clone ended with', () => {
    const w = createWorld();
    w.status = BLK_STS.MEDIUM;
    w.read();
    w.settle();
    expect(w.log.at(-1)).toBe('critical medium');
  });

  it('waits in its queue while the device is suspended, and goes on at the resume', () => {
    const w = createWorld();
    w.suspend();
    w.read();
    w.settle(500);
    expect(w.log).toEqual([]);
    w.resume();
    expect(w.log).toEqual(['map remapped', 'sent', 'end done', 'read']);
  });
});
