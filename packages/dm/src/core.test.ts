// The core with a target of its own, written with nothing but the public interface, as a user would.
import { BLK_STS, bioEndio } from '@dmsim/block';
import { after, run, seconds, sendSignal, SIGNALS, spawn } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import type { World } from './core-world.case.ts';
import { complete, FLUSH, KEY, live, NOFLUSH, world } from './core-world.case.ts';
import { tableClear } from './ioctl/load.ts';
import { devRemove } from './ioctl/remove.ts';
import { devResume, devSuspend } from './ioctl/suspend.ts';
import type { RequeueName } from './requeue.ts';

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
