// target-type.case.ts — The contract of every target, whoever wrote it: ram disks below, a map of 64 KiB on top.
import type { Bio, BlkStatus } from '@dmsim/block';
import {
  BLK_STS,
  createBio,
  createBlockLayer,
  createRamDisks,
  findDevice,
  REQ_OP,
  submitBio,
} from '@dmsim/block';
import type { TargetType } from '@dmsim/dm';
import {
  createDeviceMapper,
  devCreate,
  devRemove,
  devResume,
  devSuspend,
  registerTarget,
  tableLoad,
  tableStatus,
  targetMessage,
} from '@dmsim/dm';
import type { Errno, Sim, Task } from '@dmsim/sim';
import { createSim, run, seconds, spawn } from '@dmsim/sim';
import { describe, expect } from 'vitest';

import type { Rule, Skip } from './rules.case.ts';
import { testRules } from './rules.case.ts';

export interface TargetContract {
  /** Parameters of a table line over the ram disks 1:0 and 1:1 that lets I/O through, or fails it. */
  readonly params: string;
  /** Targets registered with it. @defaultValue itself alone */
  readonly create?: (sim: Sim) => TargetType;
  readonly skip?: readonly Skip[];
}

const LENGTH = 128;
const KEY = { name: 'x' };
/** More than any rule needs: a target that never ends an I/O is a failure, not a hang. */
const MAX_EVENTS = 100_000;

interface Subject {
  readonly params: string;
  readonly load: (params: string) => Errno | undefined;
  readonly resume: () => void;
  readonly suspend: (noflush: boolean) => void;
  readonly remove: () => Errno | undefined;
  readonly line: (kind: 'info' | 'table') => string;
  readonly message: (text: string) => unknown;
  /** Submits an I/O of 4 KiB at a sector; how it ended is in the list that `ends` gives. */
  readonly submit: (op: Bio['op'], sector: number) => void;
  readonly submitted: () => number;
  readonly ends: () => readonly BlkStatus[];
  readonly settle: () => void;
  /** Openers of both ram disks. */
  readonly openers: () => number;
  readonly log: () => readonly string[];
}

function createSubject(type: TargetType, { params, create }: TargetContract): Subject {
  const sim = createSim();
  const layer = createBlockLayer(sim);
  createRamDisks(layer, { count: 2, sizeKb: 1024 });
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
  registerTarget(dm, create?.(sim) ?? type);
  devCreate(dm, KEY);
  const settle = (): void => {
    run(sim, { maxEvents: MAX_EVENTS, until: sim.now + seconds(30) });
  };
  const perform = (task: Task<Errno | undefined>): Errno | undefined => {
    let result: Errno | undefined;
    spawn(sim, 'dmsetup', function* dmsetup() {
      result = yield* task;
      return 0;
    });
    settle();
    return result;
  };
  const ends: BlkStatus[] = [];
  let submitted = 0;
  return {
    params,
    load: (line) =>
      tableLoad(dm, KEY, {
        specs: [{ start: 0n, length: BigInt(LENGTH), type: type.name, params: line }],
      }),
    resume: () => perform(devResume(dm, KEY, { noflush: false, lockFs: true })),
    suspend: (noflush) => perform(devSuspend(dm, KEY, { noflush, lockFs: false })),
    remove: () => perform(devRemove(dm, KEY)),
    line(kind) {
      const lines = tableStatus(dm, KEY, { kind });
      return typeof lines === 'string' ? lines : (lines[0]?.params ?? '');
    },
    message: (text) => targetMessage(dm, KEY, { sector: 0n, message: text }),
    submit(op, sector) {
      const dev = findDevice(layer, dm.major, 0);
      if (dev === undefined) throw new Error('the map is not there');
      const data = op === REQ_OP.READ || op === REQ_OP.WRITE ? new Uint8Array(4096) : null;
      const nrSectors = op === REQ_OP.FLUSH ? 0 : 8;
      submitted++;
      submitBio(createBio(dev, { op, sector, nrSectors, data }, (bio) => ends.push(bio.status)));
    },
    submitted: () => submitted,
    ends: () => ends,
    settle,
    openers: () =>
      [0, 1].reduce((sum, minor) => sum + (findDevice(layer, 1, minor)?.openers ?? 0), 0),
    log: () => sim.log.map(({ text }) => text),
  };
}

const live = (subject: Subject): Subject => {
  expect(subject.load(subject.params)).toBeUndefined();
  subject.resume();
  return subject;
};

const OPS = [REQ_OP.READ, REQ_OP.WRITE, REQ_OP.FLUSH, REQ_OP.DISCARD] as const;

const RULES: readonly Rule<Subject>[] = [
  [
    'prints a table line that it accepts',
    (s) => {
      live(s);
      const line = s.line('table');
      expect(s.load(line)).toBeUndefined();
      s.resume();
      expect(s.line('table')).toBe(line);
    },
  ],
  [
    'prints the same status twice when nothing happens in between',
    (s) => {
      live(s);
      expect(s.line('info')).toBe(s.line('info'));
    },
  ],
  [
    'refuses a table line with a word too many, says why in the log, and holds no device for it',
    (s) => {
      const before = s.openers();
      expect(s.load(`${s.params} surplus`)).toBe('EINVAL');
      expect(s.log().join('\n')).toMatch(/device-mapper: table: .*: .+: .+ \(-EINVAL\)/);
      expect(s.openers()).toBe(before);
    },
  ],
  [
    'gives its devices back when the map is removed',
    (s) => {
      const before = s.openers();
      live(s);
      expect(s.remove()).toBeUndefined();
      expect(s.openers()).toBe(before);
    },
  ],
  [
    'ends every I/O exactly once, wherever it lies',
    (s) => {
      live(s);
      for (const op of OPS) for (const sector of [0, 4, 60, LENGTH - 8]) s.submit(op, sector);
      s.settle();
      expect(s.ends().length).toBe(s.submitted());
    },
  ],
  [
    'fails I/O past its end',
    (s) => {
      live(s);
      s.submit(REQ_OP.READ, LENGTH);
      s.settle();
      expect(s.ends()).toEqual([BLK_STS.IOERR]);
    },
  ],
  [
    'has nothing in flight once a suspend has returned, and takes I/O again after the resume',
    (s) => {
      live(s);
      for (const op of OPS) s.submit(op, 0);
      s.suspend(false);
      expect(s.ends().length).toBe(OPS.length);
      s.submit(REQ_OP.WRITE, 8);
      s.settle();
      expect(s.ends().length).toBe(OPS.length);
      s.resume();
      s.settle();
      expect(s.ends().length).toBe(OPS.length + 1);
    },
  ],
  [
    'loses no I/O when its table is swapped under a noflush suspend',
    (s) => {
      live(s);
      for (const op of OPS) s.submit(op, 16);
      s.suspend(true);
      expect(s.load(s.params)).toBeUndefined();
      s.resume();
      s.settle();
      expect(s.ends().length).toBe(s.submitted());
    },
  ],
  [
    'refuses a message that it does not know',
    (s) => {
      live(s);
      expect(s.message('no-such-message')).toBe('EINVAL');
    },
  ],
];

export function targetContract<S, P>(type: TargetType<S, P>, contract: TargetContract): void {
  const subject = type as unknown as TargetType;
  describe(`the target ${type.name}`, () => {
    testRules(RULES, contract.skip ?? [], () => createSubject(subject, contract));
  });
}
