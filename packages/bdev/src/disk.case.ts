// disk.case.ts — A disk that tells which bios it got, fails sectors and holds reads on demand: for the tests of the page cache.
import type { Bio, BlockDevice } from '@dmsim/block';
import {
  addDisk,
  BLK_STS,
  bioEndio,
  createBlockDevice,
  createBlockLayer,
  createStore,
  REQ_OP,
  transfer,
} from '@dmsim/block';
import type { Process, Sim, Task } from '@dmsim/sim';
import { createSim, run, spawn } from '@dmsim/sim';

export interface TestDisk {
  readonly sim: Sim;
  readonly dev: BlockDevice;
  /** `R0+8` or `W8+8`: operation, sector, number of sectors. Reading it empties it. */
  bios(): string[];
  /** Sectors that fail. */
  readonly bad: Set<number>;
  /** While it is true, reads wait for `release`. */
  hold: boolean;
  /** The same for writes. */
  holdWrites: boolean;
  release(): void;
  /** Runs a task in a process of its own, until nothing is due. */
  run<T>(task: (process: Process) => Task<T>): T;
  /** Starts a task, and returns when nothing is due. */
  start(task: () => Task<unknown>): void;
}

const LETTERS = new Map<number, string>([
  [REQ_OP.READ, 'R'],
  [REQ_OP.WRITE, 'W'],
  [REQ_OP.FLUSH, 'F'],
]);

/** 4 MiB, with blocks of 4096 bytes. */
export function testDisk(): TestDisk {
  const sim = createSim();
  const layer = createBlockLayer(sim);
  const store = createStore();
  const log: string[] = [];
  const held: Bio[] = [];
  const bad = new Set<number>();
  const carryOut = (bio: Bio): void => {
    for (let i = 0; i < bio.nrSectors; i++) {
      if (bad.has(bio.sector + i)) bio.status = BLK_STS.IOERR;
    }
    if (bio.status === BLK_STS.OK) transfer(bio, store);
    bioEndio(bio);
  };
  const dev = createBlockDevice(layer, {
    major: 250,
    minor: 0,
    name: 'test',
    capacity: 8192,
    limits: {},
    submit(bio) {
      log.push(`${LETTERS.get(bio.op) ?? '?'}${bio.sector}+${bio.nrSectors}`);
      const isHeld = bio.op === REQ_OP.READ ? disk.hold : disk.holdWrites;
      if (isHeld) held.push(bio);
      else carryOut(bio);
    },
  });
  addDisk(dev);
  const disk: TestDisk = {
    sim,
    dev,
    bad,
    hold: false,
    holdWrites: false,
    bios: () => log.splice(0),
    release() {
      for (const bio of held.splice(0)) carryOut(bio);
      run(sim);
    },
    run<T>(task: (process: Process) => Task<T>): T {
      const results: { readonly value: T }[] = [];
      spawn(sim, 'test', function* main(process) {
        results.push({ value: yield* task(process) });
        return 0;
      });
      run(sim);
      const result = results.at(0);
      if (result === undefined) throw new Error('the task waits for what never comes');
      return result.value;
    },
    start(task) {
      spawn(sim, 'test', function* main() {
        yield* task();
        return 0;
      });
      run(sim);
    },
  };
  return disk;
}
