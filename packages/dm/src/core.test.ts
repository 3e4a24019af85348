// The core with a target of its own, written with nothing but the public interface, as a user would.
import type { Bio, BlkStatus } from '@dmsim/block';
import { BLK_STS, bioEndio, createBio, createBlockLayer, REQ_OP, submitBio } from '@dmsim/block';
import { after, createSim, run, seconds, sendSignal, SIGNALS, spawn } from '@dmsim/sim';
import type { Sim } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import {
  createDeviceMapper,
  devCreate,
  devRemove,
  devResume,
  devSuspend,
  findCell,
  registerTarget,
  tableClear,
  tableLoad,
} from './index.ts';
import type {
  DeviceMapper,
  EndIoVerdict,
  MapVerdict,
  MappedDevice,
  RequeueName,
  TargetType,
} from './index.ts';

/** What the test says of each bio, and what the core did, in order. */
interface Script {
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

interface World {
  readonly sim: Sim;
  readonly dm: DeviceMapper;
  readonly script: Script;
  readonly results: string[];
  md(): MappedDevice;
  load(...targets: [start: number, len: number, params: string][]): string | undefined;
  call(
    task: () => Generator<never, string | undefined> | ReturnType<typeof devSuspend>,
  ): string | undefined;
  write(sector: number, nrSectors: number): void;
}

function world(requeue: RequeueName = 'deferred-head'): World {
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
      thaw: () => undefined,
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
      tableLoad(
        dm,
        { name: 'a' },
        {
          specs: targets.map(([start, len, params]) => ({
            start: BigInt(start),
            length: BigInt(len),
            type: 'tst',
            params,
          })),
        },
      ),
    call(task) {
      let result: string | undefined = 'pending';
      spawn(sim, 'dmsetup', function* dmsetup() {
        result = yield* task() as ReturnType<typeof devSuspend>;
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

function complete(bio: Bio): MapVerdict {
  bioEndio(bio);
  return 'submitted';
}

const KEY = { name: 'a' };
const NOFLUSH = { noflush: true, lockFs: true };
const FLUSH = { noflush: false, lockFs: true };

function live(requeue?: RequeueName): World {
  const w = world(requeue);
  w.load([0, 1000, 'A']);
  w.call(() => devResume(w.dm, KEY, FLUSH));
  w.script.log.length = 0;
  return w;
}

describe('hooks', () => {
  it('come in the order of the kernel: create, suspend, load and resume of a running device, remove', () => {
    const w = world();
    w.load([0, 16, 'A'], [16, 16, 'B']);
    w.call(() => devResume(w.dm, KEY, FLUSH));
    w.load([0, 16, 'A2'], [16, 16, 'B2']);
    w.call(() => devResume(w.dm, KEY, FLUSH));
    w.load([0, 16, 'A3']);
    tableClear(w.dm, KEY);
    w.load([0, 16, 'A4'], [16, 16, 'bad']);
    w.call(() => devRemove(w.dm, KEY));
    expect(w.script.log.join(', ')).toBe(
      [
        'ctr A, ctr B, preresume A, preresume B, resume A, resume B',
        'ctr A2, ctr B2, presuspend A, presuspend B, postsuspend A, postsuspend B',
        'preresume A2, preresume B2, resume A2, resume B2, dtr A, dtr B',
        'ctr A3, dtr A3, ctr A4, ctr bad, dtr A4',
        'presuspend A2, presuspend B2, postsuspend A2, postsuspend B2, dtr A2, dtr B2',
      ].join(', '),
    );
  });

  it('leave the device suspended when preresume fails, without undoing those before it', () => {
    const w = world();
    w.load([0, 16, 'A'], [16, 16, 'B'], [32, 16, 'C']);
    w.call(() => devResume(w.dm, KEY, FLUSH));
    w.call(() => devSuspend(w.dm, KEY, FLUSH));
    w.script.log.length = 0;
    w.script.preresume = (name) => (name === 'B' ? 'EIO' : undefined);
    expect(w.call(() => devResume(w.dm, KEY, FLUSH))).toBe('EIO');
    expect([w.script.log, w.md().suspended]).toEqual([['preresume A', 'preresume B'], true]);
    expect(w.sim.log.at(-1)?.text).toBe(
      'device-mapper: table: 254:0: tst: preresume failed, error = -5',
    );
    w.script.preresume = () => undefined;
    expect(w.call(() => devResume(w.dm, KEY, FLUSH))).toBeUndefined();
  });
});

describe('a bio', () => {
  it('fails without a table, suspended or not', () => {
    const w = world();
    w.load([0, 16, 'A']);
    w.call(() => devSuspend(w.dm, KEY, FLUSH));
    w.md().disk!.capacity = 16;
    w.write(0, 8);
    expect(w.results).toEqual(['0+8 IOERR']);
  });

  it('is split at the ends of targets and at multiples of max_io_len within them', () => {
    const w = world();
    w.load([0, 16, 'A'], [16, 16, 'B'], [32, 16, 'C 8']);
    w.call(() => devResume(w.dm, KEY, FLUSH));
    w.script.log.length = 0;
    w.write(8, 40);
    expect(w.script.log).toEqual(['map A 8+8', 'map B 16+16', 'map C 32+8', 'map C 40+8']);
    expect(w.results).toEqual(['8+40 OK']);
  });

  it('goes on behind a fragment that was killed, and fails when all have ended', () => {
    const w = world();
    w.load([0, 16, 'A'], [16, 16, 'B']);
    w.call(() => devResume(w.dm, KEY, FLUSH));
    w.script.log.length = 0;
    w.script.map = (bio) => (bio.sector < 16 ? 'kill' : complete(bio));
    w.write(8, 16);
    expect([w.script.log, w.results]).toEqual([['map A 8+8', 'map B 16+8'], ['8+16 IOERR']]);
  });

  it.each(['deferred-head', 'pushback', 'none'] as const)(
    'fails when it is given back outside a noflush suspend (%s)',
    (requeue) => {
      const w = live(requeue);
      w.script.map = () => 'requeue';
      w.write(0, 8);
      run(w.sim);
      expect(w.results).toEqual(['0+8 IOERR']);
    },
  );

  it('waits while the device is suspended, and is mapped in order after resume', () => {
    const w = live();
    w.call(() => devSuspend(w.dm, KEY, FLUSH));
    w.script.log.length = 0;
    w.write(0, 8);
    w.write(8, 8);
    expect(w.script.log).toEqual([]);
    w.call(() => devResume(w.dm, KEY, FLUSH));
    expect(w.script.log.filter((line) => line.startsWith('map'))).toEqual([
      'map A 0+8',
      'map A 8+8',
    ]);
    expect(w.results).toEqual(['0+8 OK', '8+8 OK']);
  });
});

/** Three writes held by the target are given back during a noflush suspend, a fourth comes while suspended. */
function giveBack(requeue: RequeueName): World {
  const w = live(requeue);
  w.script.map = (bio) => {
    w.script.held.push(bio);
    return 'submitted';
  };
  for (const sector of [100, 200, 300]) w.write(sector, 8);
  after(w.sim, 10, 'give back', () => {
    for (const bio of w.script.held.splice(0)) {
      bio.status = BLK_STS.DM_REQUEUE;
      bioEndio(bio);
    }
  });
  w.call(() => devSuspend(w.dm, KEY, NOFLUSH));
  w.write(400, 8);
  w.script.map = complete;
  w.script.log.length = 0;
  w.call(() => devResume(w.dm, KEY, NOFLUSH));
  return w;
}

const mapped = (w: World): string[] =>
  w.script.log.filter((line) => line.startsWith('map')).map((line) => line.slice(6));

describe('what a target gives back during a noflush suspend', () => {
  it('is mapped again in order before what was deferred (pushback)', () => {
    const w = giveBack('pushback');
    expect(mapped(w)).toEqual(['100+8', '200+8', '300+8', '400+8']);
    expect(w.results.every((line) => line.endsWith('OK'))).toBe(true);
  });

  it('is mapped again newest first before what was deferred (deferred-head)', () => {
    expect(mapped(giveBack('deferred-head'))).toEqual(['300+8', '200+8', '100+8', '400+8']);
  });

  it('is an error (none)', () => {
    const w = giveBack('none');
    expect(w.results.toSorted()).toEqual(['100+8 IOERR', '200+8 IOERR', '300+8 IOERR', '400+8 OK']);
  });

  it('is done again whole with pushback, and only where it was given back with deferred-head', () => {
    const again = (requeue: RequeueName): string[] => {
      const w = world(requeue);
      w.load([0, 16, 'A'], [16, 16, 'B']);
      w.call(() => devResume(w.dm, KEY, FLUSH));
      w.script.map = (bio) => {
        if (bio.sector < 16) return complete(bio);
        w.script.held.push(bio);
        return 'submitted';
      };
      w.write(8, 16);
      after(w.sim, 10, 'give back', () => {
        for (const bio of w.script.held.splice(0)) {
          bio.status = BLK_STS.DM_REQUEUE;
          bioEndio(bio);
        }
      });
      w.call(() => devSuspend(w.dm, KEY, NOFLUSH));
      w.script.map = complete;
      w.script.log.length = 0;
      w.call(() => devResume(w.dm, KEY, NOFLUSH));
      expect(w.results).toEqual(['8+16 OK']);
      return mapped(w);
    };
    expect(again('pushback')).toEqual(['8+8', '16+8']);
    expect(again('deferred-head')).toEqual(['16+8']);
  });
});

describe('a suspend', () => {
  it('waits for what is in flight, and goes on when a signal ends the wait', () => {
    const w = live();
    w.script.map = (bio) => {
      w.script.held.push(bio);
      return 'submitted';
    };
    w.write(0, 8);
    let result: string | undefined = 'pending';
    const process = spawn(w.sim, 'dmsetup', function* dmsetup() {
      result = yield* devSuspend(w.dm, KEY, NOFLUSH);
      return 0;
    });
    after(w.sim, seconds(1), 'kill', () => sendSignal(process, SIGNALS.TERM));
    run(w.sim, { until: seconds(0.5) });
    w.write(8, 8);
    expect(w.script.held).toHaveLength(1);
    run(w.sim, { until: seconds(2) });
    expect([result, w.md().suspended]).toEqual(['EINTR', false]);
    expect(w.script.log.slice(-2)).toEqual(['presuspend_undo A', 'map A 8+8']);
    for (const bio of w.script.held.splice(0)) bioEndio(bio);
    expect(w.results).toEqual(['0+8 OK', '8+8 OK']);
  });

  it('of a suspended device succeeds, and so does a resume of a running one', () => {
    const w = live();
    expect(w.call(() => devSuspend(w.dm, KEY, FLUSH))).toBeUndefined();
    expect(w.call(() => devSuspend(w.dm, KEY, FLUSH))).toBeUndefined();
    expect(w.call(() => devResume(w.dm, KEY, FLUSH))).toBeUndefined();
    expect(w.call(() => devResume(w.dm, KEY, FLUSH))).toBeUndefined();
  });

  it('without a table succeeds, and the resume after it does not', () => {
    const w = world();
    expect(w.call(() => devSuspend(w.dm, KEY, FLUSH))).toBeUndefined();
    expect(w.call(() => devResume(w.dm, KEY, FLUSH))).toBe('EINVAL');
    expect(w.md().suspended).toBe(true);
  });
});
