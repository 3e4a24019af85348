// In which order the core calls a target, and with what: a target that logs its hooks, as one would write it.
import type { Bio } from '@dmsim/block';
import { BLK_STS, bioEndio } from '@dmsim/block';
import { after, run, seconds, sendSignal, SIGNALS, spawn } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import type { World } from './core-world.case.ts';
import { complete, FLUSH, KEY, NOFLUSH, world } from './core-world.case.ts';
import { tableLoad } from './ioctl/load.ts';
import { devResume, devSuspend } from './ioctl/suspend.ts';
import { registerTarget } from './target-registry.ts';
import type { TargetType } from './target-type.ts';

interface Logged {
  readonly name: string;
}

/** Says each call of a hook with what matters to it; `keep` are the sectors it does not end by itself. */
function loggingTarget(log: string[], keep: (bio: Bio) => boolean): TargetType<Logged> {
  const noflush = (ti: { table: { md: { noflushSuspending: boolean } } }): string =>
    `noflush=${ti.table.md.noflushSuspending ? 1 : 0}`;
  return {
    name: 'logging',
    version: [1, 0, 0],
    ctr(ti, [name = '?', maxIoLen = '0']) {
      ti.maxIoLen = Number(maxIoLen);
      return { state: { name } };
    },
    map(ti, bio) {
      log.push(`map ${ti.state.name} ${bio.sector}+${bio.nrSectors}`);
      if (!keep(bio)) bioEndio(bio);
      return 'submitted';
    },
    endIo(ti, bio) {
      log.push(`end ${ti.state.name} ${bio.sector}+${bio.nrSectors} ${bio.status}`);
      return 'done';
    },
    presuspend: (ti) => void log.push(`presuspend ${ti.state.name} ${noflush(ti)}`),
    presuspendUndo: (ti) => void log.push(`presuspend_undo ${ti.state.name} ${noflush(ti)}`),
  };
}

interface Logging {
  readonly w: World;
  readonly log: string[];
  readonly held: Bio[];
  hold: boolean;
}

/** A [0,16), B [16,32), C [32,48) in pieces of 8; B keeps what it gets while `hold` is true. */
function loggingWorld(): Logging {
  const w = world();
  const all: Logging = { w, log: [], held: [], hold: false };
  const keep = (bio: Bio): boolean => {
    if (!all.hold || bio.sector < 16 || bio.sector >= 32) return false;
    all.held.push(bio);
    return true;
  };
  registerTarget(w.dm, loggingTarget(all.log, keep));
  const line = (start: number, params: string) => ({
    start: BigInt(start),
    length: 16n,
    type: 'logging',
    params,
  });
  tableLoad(w.dm, KEY, { specs: [line(0, 'A'), line(16, 'B'), line(32, 'C 8')] });
  w.call(() => devResume(w.dm, KEY, FLUSH));
  return all;
}

/** Ends the I/O that B holds with DM_REQUEUE, a millisecond from now. */
function giveBack({ w, held }: Logging): void {
  after(w.sim, 1e6, 'give back', () => {
    for (const bio of held.splice(0)) {
      bio.status = BLK_STS.DM_REQUEUE;
      bioEndio(bio);
    }
  });
}

describe('a target that logs its hooks', () => {
  it('sees a write over three targets in four pieces, each mapped and ended', () => {
    const { w, log } = loggingWorld();
    w.write(8, 40);
    const pieces = ['A 8+8', 'B 16+16', 'C 32+8', 'C 40+8'];
    expect(log).toEqual(pieces.flatMap((piece) => [`map ${piece}`, `end ${piece} 0`]));
    expect(w.results).toEqual(['8+40 OK']);
  });

  it('gives back a fragment and a whole bio, and is given just these again after resume', () => {
    const all = loggingWorld();
    const { w, log } = all;
    all.hold = true;
    w.write(8, 40);
    w.write(16, 8);
    giveBack(all);
    expect(w.call(() => devSuspend(w.dm, KEY, NOFLUSH))).toBeUndefined();
    expect(w.results).toEqual([]);
    all.hold = false;
    log.length = 0;
    w.call(() => devResume(w.dm, KEY, NOFLUSH));
    expect(log.filter((entry) => entry.startsWith('map'))).toEqual(['map B 16+16', 'map B 16+8']);
    expect(w.results.toSorted()).toEqual(['16+8 OK', '8+40 OK']);
  });

  it('sees an interrupted noflush suspend undone; deferred I/O goes on, what it gives back later fails', () => {
    const all = loggingWorld();
    const { w, log } = all;
    all.hold = true;
    w.write(16, 8);
    log.length = 0;
    let answer: string | undefined;
    const dmsetup = spawn(w.sim, 'dmsetup', function* suspend() {
      answer = yield* devSuspend(w.dm, KEY, NOFLUSH);
      return 0;
    });
    run(w.sim, { until: seconds(1) });
    w.write(0, 8);
    sendSignal(dmsetup, SIGNALS.TERM);
    run(w.sim, { until: seconds(2) });
    expect([answer, w.md().suspended]).toEqual(['EINTR', false]);
    expect(log).toEqual([
      ...['A', 'B', 'C'].map((name) => `presuspend ${name} noflush=1`),
      ...['A', 'B', 'C'].map((name) => `presuspend_undo ${name} noflush=0`),
      'map A 0+8',
      'end A 0+8 0',
    ]);
    giveBack(all);
    run(w.sim, { until: seconds(3) });
    expect(w.results).toEqual(['0+8 OK', '16+8 IOERR']);
  });
});

describe('a resume whose preresume failed', () => {
  it('can be tried again, and starts over with the first target', () => {
    const w = world();
    w.load([0, 16, 'A'], [16, 16, 'B']);
    w.script.map = complete;
    w.script.preresume = (name) => (name === 'B' ? 'EIO' : undefined);
    w.call(() => devSuspend(w.dm, KEY, FLUSH));
    expect(w.call(() => devResume(w.dm, KEY, FLUSH))).toBe('EIO');
    w.script.preresume = () => undefined;
    w.script.log.length = 0;
    expect(w.call(() => devResume(w.dm, KEY, FLUSH))).toBeUndefined();
    expect(w.script.log).toEqual(['preresume A', 'preresume B', 'resume A', 'resume B']);
  });
});
