import { describe, expect, it } from 'vitest';

import { setDisposition } from './disposition.ts';
import { hangReport } from './hang.ts';
import { sendSignal, spawn } from './process.ts';
import { SIGNALS } from './signal.ts';
import { after, cancel, createSim, run } from './sim.ts';
import { random } from './strategies/random.ts';
import { millis, seconds } from './time.ts';
import { createTimer, deleteTimer, modTimer } from './timer.ts';
import { createTrace, flushTrace, record, RECORD_WIDTH } from './trace.ts';
import { userWait, waitForExit } from './user-wait.ts';
import {
  createMutex,
  createWaitQueue,
  lock,
  sleepFor,
  unlock,
  waitEvent,
  wakeUp,
} from './wait-queue.ts';
import {
  createWork,
  createWorkqueue,
  flushWork,
  flushWorkqueue,
  modDelayedWork,
  queueDelayedWork,
  queueWork,
} from './workqueue.ts';

describe('a run', () => {
  it('ends by the name of the limit it reaches', () => {
    const sim = createSim();
    const again = (): void => void after(sim, 1, 'again', again);
    again();
    expect(run(sim, { maxEvents: 100 })).toEqual({ kind: 'limit', limit: 'maxEvents' });
  });

  it('ends a livelock at one instant by its own limit', () => {
    const sim = createSim();
    const again = (): void => void after(sim, 0, 'again', again);
    again();
    expect(run(sim, { maxEventsPerInstant: 50 })).toEqual({
      kind: 'limit',
      limit: 'maxEventsPerInstant',
    });
    expect(sim.now).toBe(0);
  });

  it('has hung when nothing is due and someone waits, and says who waits for what since when', () => {
    const sim = createSim();
    spawn(sim, 'dd', function* dd() {
      yield* sleepFor(seconds(2));
      yield* waitEvent(createWaitQueue('I/O on sda'), () => false);
      return 0;
    });
    expect(run(sim)).toEqual({ kind: 'hung' });
    expect(hangReport(sim)).toEqual(['dd (pid 100, D) waits for I/O on sda since 2.000000 s']);
  });

  it('has hung when only polls go on for too long', () => {
    const sim = createSim();
    const timer = createTimer(sim, {
      name: 'poll',
      owner: null,
      fire: () => modTimer(timer, millis(100)),
      background: true,
    });
    modTimer(timer, millis(100));
    spawn(sim, 'dd', () => waitEvent(createWaitQueue('a path'), () => false) as never);
    expect(run(sim, { hungAfter: seconds(60) })).toEqual({ kind: 'hung' });
    expect(sim.now).toBeGreaterThanOrEqual(seconds(60));
  });

  it('has not hung while a timer that matters is due behind many polls', () => {
    const sim = createSim();
    const timer = createTimer(sim, {
      name: 'poll',
      owner: null,
      fire: () => modTimer(timer, millis(100)),
      background: true,
    });
    modTimer(timer, millis(100));
    after(sim, seconds(3600), 'rescue', () => deleteTimer(timer));
    expect(run(sim, { hungAfter: seconds(60) })).toEqual({ kind: 'idle' });
  });

  it('stops at a given time and goes on from there', () => {
    const sim = createSim();
    const seen: number[] = [];
    after(sim, 5, 'five', () => seen.push(sim.now));
    after(sim, 15, 'fifteen', () => seen.push(sim.now));
    expect(run(sim, { until: 10 })).toEqual({ kind: 'limit', limit: 'until' });
    run(sim);
    expect(seen).toEqual([5, 15]);
  });
});

describe('timers', () => {
  it('count from the last time they were armed', () => {
    const sim = createSim();
    const fired: number[] = [];
    const timer = createTimer(sim, { name: 't', owner: null, fire: () => fired.push(sim.now) });
    modTimer(timer, 10);
    after(sim, 5, 're-arm', () => modTimer(timer, 10));
    run(sim);
    expect(fired).toEqual([15]);
  });

  it('that are deleted do not fire', () => {
    const sim = createSim();
    const timer = createTimer(sim, { name: 't', owner: null, fire: () => expect.unreachable() });
    modTimer(timer, 0);
    expect(deleteTimer(timer)).toBe(true);
    expect(deleteTimer(timer)).toBe(false);
    expect(run(sim)).toEqual({ kind: 'idle' });
  });

  it('of zero delay can be cancelled as well', () => {
    const sim = createSim();
    const event = after(sim, 0, 'x', () => expect.unreachable());
    expect(cancel(sim, event)).toBe(true);
    run(sim);
  });
});

describe('workqueues', () => {
  it('are flushed of what is due at once and cancelled meanwhile, whatever comes first, but not of delays', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const sim = createSim({ chooser: random(seed) });
      const queue = createWorkqueue(sim, 'kblockd');
      const log: string[] = [];
      const says = (what: string) => createWork(what, () => void log.push(what));
      const cancelled = says('cancelled');
      queueDelayedWork(queue, says('now'), 0);
      queueDelayedWork(queue, cancelled, 0);
      modDelayedWork(queue, cancelled, 1000);
      queueDelayedWork(queue, says('later'), 10);
      spawn(sim, 'flusher', function* flusher() {
        yield* flushWorkqueue(queue);
        log.push(`flushed at ${sim.now}`);
        return 0;
      });
      run(sim, { until: 100 });
      expect(log).toEqual(['now', 'flushed at 0', 'later']);
    }
  });

  it('run an item once that was queued twice before it ran', () => {
    const sim = createSim();
    const queue = createWorkqueue(sim, 'q');
    let runs = 0;
    const work = createWork('w', () => runs++);
    expect(queueWork(queue, work)).toBe(true);
    expect(queueWork(queue, work)).toBe(false);
    run(sim);
    expect(runs).toBe(1);
  });

  it('that are ordered keep their order under any chooser', () => {
    for (let seed = 0; seed < 20; seed++) {
      const sim = createSim({ chooser: random(seed) });
      const queue = createWorkqueue(sim, 'q', { ordered: true });
      let text = '';
      for (const name of 'abcde')
        queueWork(
          queue,
          createWork(name, () => (text += name)),
        );
      run(sim);
      expect(text).toBe('abcde');
    }
  });

  it('keep the first delay, unless it is modified', () => {
    const sim = createSim();
    const queue = createWorkqueue(sim, 'q');
    const at: number[] = [];
    const work = createWork('w', () => at.push(sim.now));
    queueDelayedWork(queue, work, 100);
    queueDelayedWork(queue, work, 10);
    run(sim);
    queueDelayedWork(queue, work, 100);
    modDelayedWork(queue, work, 10);
    run(sim);
    expect(at).toEqual([100, 110]);
  });

  it('make flush wait for the item, and for one that queues itself again', () => {
    const sim = createSim();
    const queue = createWorkqueue(sim, 'q');
    let runs = 0;
    const work = createWork('w', () => {
      if (++runs < 3) queueWork(queue, work);
    });
    queueWork(queue, work);
    const waiter = spawn(sim, 'flusher', function* flush() {
      yield* flushWork(work);
      return runs;
    });
    run(sim);
    expect(waiter.status).toBe(3);
  });
});

describe('processes', () => {
  it('wait no longer than their time-out, however often they are woken in vain', () => {
    const sim = createSim();
    const queue = createWaitQueue('udev');
    const process = spawn(sim, 'settle', function* settle() {
      return (yield* waitEvent(queue, () => false, { timeout: 100 })) === 'timeout' ? 1 : 0;
    });
    for (const at of [30, 60, 90, 120, 150]) after(sim, at, 'event', () => wakeUp(queue));
    after(sim, 110, 'check', () => expect(process.status).toBe(1));
    run(sim);
    expect(process.status).toBe(1);
  });

  it('are killed by a signal only where they wait interruptibly', () => {
    const sim = createSim();
    const queue = createWaitQueue('I/O');
    let io = false;
    const process = spawn(sim, 'dd', function* dd(self) {
      yield* waitEvent(queue, () => io);
      yield* userWait(self, { on: 'a pipe', queue, timeout: Infinity });
      return 0;
    });
    after(sim, 10, 'kill', () => sendSignal(process, SIGNALS.TERM));
    after(sim, 20, 'io', () => {
      expect(process.state).toBe('waiting');
      io = true;
      wakeUp(queue);
    });
    run(sim);
    expect([process.status, process.killedBy, sim.now]).toEqual([143, 15, 20]);
  });

  it('are not ended by a signal they ignore', () => {
    const sim = createSim();
    const process = spawn(sim, 'sleep', function* sleep(self) {
      setDisposition(self, SIGNALS.INT, 'ignore');
      yield* userWait(self, { on: 'a timer', queue: null, timeout: 100 });
      return 0;
    });
    after(sim, 10, 'kill', () => sendSignal(process, SIGNALS.INT));
    run(sim);
    expect([process.status, sim.now]).toEqual([0, 100]);
  });

  it('wait for children and get their status', () => {
    const sim = createSim();
    const parent = spawn(sim, 'parent', function* main(self) {
      const child = spawn(
        sim,
        'child',
        function* main2() {
          yield* sleepFor(50);
          return 7;
        },
        { parent: self },
      );
      return (yield* waitForExit(self, child)) as number;
    });
    run(sim);
    expect(parent.status).toBe(7);
  });

  it('take a lock in order of asking', () => {
    const sim = createSim();
    const mutex = createMutex('m');
    let text = '';
    for (const name of 'abc') {
      spawn(sim, name, function* holder() {
        yield* lock(mutex);
        yield* sleepFor(10);
        text += name;
        unlock(mutex);
        return 0;
      });
    }
    run(sim);
    expect([text, sim.now]).toEqual(['abc', 30]);
  });
});

describe('the trace', () => {
  it('hands over full batches as they fill, and the rest when it is flushed', () => {
    const counts: number[] = [];
    const trace = createTrace(4, (records, count) => {
      counts.push(count);
      expect(records[RECORD_WIDTH * (count - 1) + 1]).toBe(9);
    });
    const sim = createSim();
    sim.trace = trace;
    for (let i = 0; i < 10; i++) record(sim, 9);
    flushTrace(trace);
    flushTrace(trace);
    expect(counts).toEqual([4, 4, 2]);
  });
});
