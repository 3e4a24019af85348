// core-world.case.ts — A device of a target whose hooks tests script, written with nothing but the public interface, as a user would.
import type { Bio, BlkStatus } from '@dmsim/block';
import { BLK_STS, bioEndio, createBio, createBlockLayer, REQ_OP, submitBio } from '@dmsim/block';
import { createSim, run, seconds, spawn } from '@dmsim/sim';
import type { Sim, Task } from '@dmsim/sim';

import { createDeviceMapper } from './device-mapper.ts';
import type { DeviceMapper } from './device-mapper.ts';
import { devCreate } from './ioctl/create.ts';
import { findCell } from './ioctl/find-device.ts';
import { tableLoad } from './ioctl/load.ts';
import { devResume } from './ioctl/suspend.ts';
import type { MappedDevice } from './mapped-device.ts';
import type { RequeueName } from './requeue.ts';
import { registerTarget } from './target-registry.ts';
import type { EndIoVerdict, MapVerdict, TargetType } from './target-type.ts';

/** The test's answer for each bio, and a log of all that the core did. */
export interface Script {
  readonly log: string[];
  map: (bio: Bio) => MapVerdict;
  endIo: (bio: Bio) => EndIoVerdict;
  preresume: (name: string) => 'EIO' | undefined;
  readonly held: Bio[];
}

function scripted(script: Script): TargetType<{ name: string }> {
  const hook = (what: string) => (ti: { state: { name: string } }) =>
    void script.log.push(`${what} ${ti.state.name}`);
  return {
    name: 'tst',
    version: [1, 0, 0],
    ctr(ti, [name = '', maxIoLen = '0']) {
      script.log.push(`ctr ${name}`);
      if (name === 'bad') return { error: 'bad', errno: 'EINVAL' };
      ti.numFlushBios = 1;
      ti.maxIoLen = Number(maxIoLen);
      return { state: { name } };
    },
    dtr: hook('dtr'),
    map(ti, bio) {
      script.log.push(`map ${ti.state.name} ${bio.sector}+${bio.nrSectors}`);
      return script.map(bio);
    },
    endIo: (_ti, bio) => script.endIo(bio),
    presuspend: hook('presuspend'),
    presuspendUndo: hook('presuspend_undo'),
    *postsuspend(ti) {
      hook('postsuspend')(ti);
    },
    preresume(ti) {
      script.log.push(`preresume ${ti.state.name}`);
      return script.preresume(ti.state.name);
    },
    resume: hook('resume'),
  };
}

export interface World {
  readonly sim: Sim;
  readonly dm: DeviceMapper;
  readonly script: Script;
  readonly results: string[];
  md(): MappedDevice;
  load(...targets: [start: number, len: number, params: string][]): string | undefined;
  call(task: () => Task<string | undefined>): string | undefined;
  write(sector: number, nrSectors: number): void;
}

export function world(requeue: RequeueName = 'deferred-head'): World {
  const sim = createSim();
  const dm = createDeviceMapper(
    sim,
    createBlockLayer(sim),
    {
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
    },
    { requeue },
  );
  const script: Script = {
    log: [],
    held: [],
    map: complete,
    endIo: () => 'done',
    preresume: () => undefined,
  };
  registerTarget(dm, scripted(script));
  devCreate(dm, { name: 'a' });
  const results: string[] = [];
  const md = (): MappedDevice => {
    const cell = findCell(dm, { name: 'a' });
    if (cell === undefined) throw new Error('no device');
    return cell.md;
  };
  return {
    sim,
    dm,
    script,
    results,
    md,
    load: (...targets) =>
      tableLoad(dm, KEY, {
        specs: targets.map(([start, len, params]) => ({
          start: BigInt(start),
          length: BigInt(len),
          type: 'tst',
          params,
        })),
      }),
    call(task) {
      let result: string | undefined = 'pending';
      spawn(sim, 'dmsetup', function* dmsetup() {
        result = yield* task();
        return 0;
      });
      run(sim, { until: sim.now + seconds(1) });
      return result;
    },
    write(sector, nrSectors) {
      const { disk } = md();
      if (disk === null) throw new Error('no disk');
      submitBio(
        createBio(disk, { op: REQ_OP.WRITE, sector, nrSectors }, (bio) => {
          results.push(`${sector}+${nrSectors} ${statusName(bio.status)}`);
        }),
      );
      run(sim, { until: sim.now });
    },
  };
}

const statusName = (status: BlkStatus): string =>
  Object.entries(BLK_STS).find(([, code]) => code === status)?.[0] ?? '?';

export function complete(bio: Bio): MapVerdict {
  bioEndio(bio);
  return 'submitted';
}

export const KEY = { name: 'a' };
export const NOFLUSH = { noflush: true, lockFs: true };
export const FLUSH = { noflush: false, lockFs: true };

export function live(requeue?: RequeueName): World {
  const w = world(requeue);
  w.load([0, 1000, 'A']);
  w.call(() => devResume(w.dm, KEY, FLUSH));
  w.script.log.length = 0;
  return w;
}
