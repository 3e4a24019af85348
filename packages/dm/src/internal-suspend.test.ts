// Suspends that targets ask for: counted, within and around those of the administrator.
import { after, run, seconds, sendSignal, SIGNALS, spawn } from '@dmsim/sim';
import type { Process } from '@dmsim/sim';
import { describe, expect, it } from 'vitest';

import type { World } from './core-world.case.ts';
import { complete, FLUSH, KEY, live } from './core-world.case.ts';
import {
  internalResume,
  internalResumeFast,
  internalSuspendFast,
  internalSuspendNoflush,
} from './internal-suspend.ts';
import { devResume, devSuspend } from './ioctl/suspend.ts';

const suspendInside = (w: World): void =>
  void w.call(function* internal() {
    yield* internalSuspendNoflush(w.md());
    return undefined;
  });

const resumeInside = (w: World): void =>
  void w.call(function* internal() {
    yield* internalResume(w.md());
    return undefined;
  });

/** As `dmsetup suspend` or `resume`, in a process of its own; what it answered stands in `results`. */
function dmsetup(w: World, verb: 'suspend' | 'resume'): Process {
  return spawn(w.sim, 'dmsetup', function* run_() {
    const ioctl = verb === 'suspend' ? devSuspend : devResume;
    w.results.push(`${verb}: ${(yield* ioctl(w.dm, KEY, FLUSH)) ?? 'ok'}`);
    return 0;
  });
}

const settle = (w: World): unknown => run(w.sim, { until: w.sim.now + seconds(1) });

describe('an internal suspend', () => {
  it('calls the hooks of a noflush suspend, holds I/O, and lets it go when it is over', () => {
    const w = live();
    suspendInside(w);
    w.write(0, 8);
    expect(w.results).toEqual([]);
    expect([w.md().suspended, w.md().suspendedInternally]).toEqual([false, true]);
    resumeInside(w);
    expect(w.script.log).toEqual([
      'presuspend A',
      'postsuspend A',
      'preresume A',
      'resume A',
      'map A 0+8',
    ]);
    expect([w.results, w.md().suspendedInternally]).toEqual([['0+8 OK'], false]);
  });

  it('is only counted within another', () => {
    const w = live();
    suspendInside(w);
    suspendInside(w);
    resumeInside(w);
    w.write(0, 8);
    expect([w.script.log, w.results]).toEqual([['presuspend A', 'postsuspend A'], []]);
    resumeInside(w);
    expect(w.results).toEqual(['0+8 OK']);
  });

  it("calls no hook within the administrator's, and leaves that as it was", () => {
    const w = live();
    w.call(() => devSuspend(w.dm, KEY, FLUSH));
    w.script.log.length = 0;
    suspendInside(w);
    resumeInside(w);
    expect([w.script.log, w.md().suspended]).toEqual([[], true]);
  });

  it("makes the administrator's suspend wait until it is over", () => {
    const w = live();
    suspendInside(w);
    w.script.log.length = 0;
    dmsetup(w, 'suspend');
    settle(w);
    expect([w.results, w.script.log]).toEqual([[], []]);
    resumeInside(w);
    settle(w);
    expect([w.results, w.md().suspended]).toEqual([['suspend: ok'], true]);
    expect(w.script.log).toEqual(['preresume A', 'resume A', 'presuspend A', 'postsuspend A']);
  });

  it("makes the administrator's resume wait too, or be interrupted", () => {
    const w = live();
    w.call(() => devSuspend(w.dm, KEY, FLUSH));
    suspendInside(w);
    const interrupted = dmsetup(w, 'resume');
    settle(w);
    sendSignal(interrupted, SIGNALS.TERM);
    settle(w);
    dmsetup(w, 'resume');
    settle(w);
    expect([w.results, w.md().suspended]).toEqual([['resume: EINTR'], true]);
    resumeInside(w);
    settle(w);
    expect([w.results, w.md().suspended]).toEqual([['resume: EINTR', 'resume: ok'], false]);
  });

  it('waits for what is in flight, whatever signal comes', () => {
    const w = live();
    w.script.map = (bio) => {
      w.script.held.push(bio);
      return 'submitted';
    };
    w.write(0, 8);
    const target = spawn(w.sim, 'target', function* internal() {
      yield* internalSuspendNoflush(w.md());
      return 0;
    });
    after(w.sim, seconds(1), 'kill', () => sendSignal(target, SIGNALS.TERM));
    run(w.sim, { until: seconds(2) });
    expect(w.md().suspendedInternally).toBe(false);
    for (const bio of w.script.held.splice(0)) complete(bio);
    settle(w);
    expect(w.md().suspendedInternally).toBe(true);
  });

  it('that cannot be resumed leaves the device suspended for the administrator', () => {
    const w = live();
    suspendInside(w);
    w.script.preresume = () => 'EIO';
    resumeInside(w);
    expect([w.md().suspended, w.md().suspendedInternally]).toEqual([true, false]);
    expect(w.sim.log.slice(-2).map(({ text }) => text)).toEqual([
      'device-mapper: table: 254:0: tst: preresume failed, error = -5',
      'device-mapper: core: Preresume method failed: -5',
    ]);
    w.script.preresume = () => undefined;
    expect(w.call(() => devResume(w.dm, KEY, FLUSH))).toBeUndefined();
    expect(w.md().suspended).toBe(false);
  });
});

describe('a fast internal suspend', () => {
  it('only stops I/O, and nothing else may come between', () => {
    const w = live();
    w.call(function* internal() {
      yield* internalSuspendFast(w.md());
      return undefined;
    });
    w.write(0, 8);
    dmsetup(w, 'suspend');
    settle(w);
    expect([w.results, w.script.log]).toEqual([[], []]);
    internalResumeFast(w.md());
    settle(w);
    expect(w.results.toSorted()).toEqual(['0+8 OK', 'suspend: ok']);
  });
});
