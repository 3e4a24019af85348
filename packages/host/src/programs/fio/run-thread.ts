// run-thread.ts — Runs a job: sends I/Os while it may, and collects those that have ended. After fio's backend.c: thread_main, do_io, do_verify.
import type { Nanos, Process, Task } from '@dmsim/sim';
import { assert, checkSignals, interruptible, uniform, userWait } from '@dmsim/sim';

import { recordStart } from '../../run-records.ts';
import { batchStep, depthStep } from './distribution-map.ts';
import { fail, finishUnit } from './finish-unit.ts';
import type { Direction } from './job-options.ts';
import { addLatency } from './latency-buckets.ts';
import type { Place } from './offsets.ts';
import { largest, nextPlace, smallest, startPass } from './offsets.ts';
import { countDone, countSent, createPace, dueAt } from './pace.ts';
import { addSample } from './sampler.ts';
import { callFile, submitBios, syncFile } from './submit.ts';
import type { TargetFile } from './target-file.ts';
import { failureText } from './thread-stats.ts';
import type { IoUnit, Thread, Written } from './thread.ts';
import { putHeader } from './verify.ts';

/** The least time of an I/O. One that ends at the instant of its submission takes it too. */
const LEAST: Nanos = 1000;

/** The main function of the job's process. */
export function* runThread(thread: Thread, process: Process): Task<number> {
  const { options, sim, stats } = thread;
  thread.process = process;
  if (options.startDelay > 0) yield* pause(thread, sim.now + options.startDelay);
  startClock(thread);
  for (let loop = 0; loop < options.loops && mayGoOn(thread); loop++) yield* doLoop(thread);
  if (options.endFsync) for (const target of thread.targets) yield* syncFile(thread, target);
  stats.runtime = Math.max(0, sim.now - thread.epoch);
  if (stats.error === null) return 0;
  thread.messages.push(`fio: pid=${process.pid}, ${failureText(stats.error)}\n`);
  return 1;
}

function startClock(thread: Thread): void {
  const { options, sim } = thread;
  thread.epoch = sim.now + options.rampTime;
  thread.windows.start = thread.epoch;
  thread.deadline = options.runtime === null ? Infinity : thread.epoch + options.runtime;
  thread.pace = createPace(options, thread.pace.rng, sim.now);
}

function* doLoop(thread: Thread): Task<void> {
  const { verification } = thread.options;
  const verifies = verification.kind !== 'none';
  const writes = thread.directions.includes('write');
  for (const offsets of thread.offsets) startPass(offsets);
  // A job that only reads checks what another job has written.
  yield* doIo(thread, { checks: verifies && !writes });
  if (verifies && writes && verification.again && mayGoOn(thread)) yield* doVerify(thread);
}

const mayGoOn = ({ stats, terminate, sim, deadline }: Thread): boolean =>
  stats.error === null && !terminate && sim.now < deadline;

interface Phase {
  /** Checks the data that is read. */
  readonly checks: boolean;
}

/** Returns how many bytes are still to be sent; Infinity for a job that runs by the clock. */
function budgetOf({ options, targets }: Thread): number {
  if (options.timeBased) return Infinity;
  const all = targets.reduce((sum, { extent }) => sum + extent.length, 0);
  const { ioSize } = options;
  if (ioSize === null) return all;
  return ioSize.kind === 'bytes' ? ioSize.bytes : Math.floor((all * ioSize.percent) / 100);
}

/** The I/O that is left to send, and the next one, which was drawn and waits for its time. */
interface Sending {
  budget: number;
  direction: Direction | null;
  /** When the next I/O may go; Infinity when that is not for the clock to say. */
  due: Nanos;
  /** A file that needs an fsync before more I/O is sent. */
  toSync: TargetFile | null;
  readonly place: Place;
  readonly checks: boolean;
}

/** Generators cost more than an I/O's figures: on the straight path, of bios that come back one by one, there is one a wait. */
function* doIo(thread: Thread, { checks }: Phase): Task<void> {
  const sending: Sending = {
    budget: budgetOf(thread),
    direction: null,
    due: Infinity,
    toSync: null,
    place: { offset: 0, length: 0 },
    checks,
  };
  for (;;) {
    let unit = nextUnit(thread, sending);
    while (unit !== null) {
      const waits = send(thread, unit);
      if (waits !== null) yield* waits;
      if (unit.direction === 'write' && isSyncDue(thread)) sending.toSync = unit.target;
      unit = sending.toSync === null ? nextUnit(thread, sending) : null;
    }
    if (thread.inFlight === 0 && (sending.budget <= 0 || !mayGoOn(thread))) return;
    yield* collect(thread, sending.due);
    if (sending.toSync !== null) yield* timedSync(thread, sending.toSync);
    sending.toSync = null;
  }
}

/** The I/O that may start now; null if none may, and `due` then says when to look again. */
function nextUnit(thread: Thread, sending: Sending): IoUnit | null {
  sending.due = Infinity;
  if (thread.free.length === 0 || sending.budget <= 0 || !mayGoOn(thread)) return null;
  sending.direction ??= drawDirection(thread);
  const due = dueAt(thread.pace, sending.direction);
  if (due > thread.sim.now) {
    sending.due = due;
    return null;
  }
  const unit = prepare(thread, sending.direction, sending.place);
  sending.direction = null;
  if (unit === null) {
    sending.budget = 0;
    return null;
  }
  unit.checks = sending.checks;
  unit.number = undefined;
  sending.budget -= unit.length;
  return unit;
}

function drawDirection({ directions, rng, options }: Thread): Direction {
  const [only = 'read', other] = directions;
  if (other === undefined) return only;
  return uniform(rng) * 100 < options.rwmixread ? only : other;
}

/** Draws the next I/O of the next file; null if all files are done. */
function prepare(thread: Thread, direction: Direction, place: Place): IoUnit | null {
  const { targets, offsets, rng } = thread;
  for (let tries = 0; tries < 2 * targets.length; tries++) {
    const i = thread.turn++ % targets.length;
    const target = targets[i] as TargetFile;
    const o = offsets[i];
    if (o === undefined) return null;
    if (!nextPlace(o, rng, direction, place)) {
      // The pass is over. Another one begins if the job wants more I/O than the file has room for.
      startPass(o);
      if (!nextPlace(o, rng, direction, place)) continue;
    }
    const unit = thread.free.pop() as IoUnit;
    unit.direction = direction;
    unit.target = target;
    unit.offset = place.offset;
    unit.length = place.length;
    return unit;
  }
  return null;
}

/** Null when the I/O is on its way; else what waits for it. */
function send(thread: Thread, unit: IoUnit): Task<void> | null {
  const { sim, stats, options } = thread;
  const target = unit.target as TargetFile;
  unit.error = undefined;
  unit.missing = 0;
  unit.startedAt = sim.now;
  thread.inFlight++;
  const { kind } = options.verification;
  if (unit.direction === 'write' && kind !== 'none') {
    unit.number = thread.writes++;
    putHeader(unit, kind);
    const { offset, length, number } = unit;
    thread.written.push({ target, offset, length, number });
  }
  countSent(thread.pace, unit.direction, unit.length);
  recordStart(thread.record, sim.now);
  if (sim.now >= thread.epoch) {
    stats[unit.direction].issued++;
    bump(stats.depths, depthStep(thread.inFlight));
    bump(stats.submits, batchStep(1));
    stats.totalSubmit++;
  }
  if (!target.direct || target.dev === null) return callFile(unit, target, processOf(thread));
  submitBios(unit, target, target.dev);
  return null;
}

function bump(counts: Float64Array, i: number): void {
  counts[i] = (counts[i] as number) + 1;
}

/** Waits until something is back, `due` has come or someone ends the job, and takes what is back. */
function* collect(thread: Thread, due: Nanos): Task<void> {
  const { completed, stats } = thread;
  if (completed.length === 0) {
    stats.waits++;
    const until = thread.inFlight > 0 ? due : Math.min(due, thread.deadline);
    const timeout = Math.max(0, until - thread.sim.now);
    if (timeout > 0) {
      yield interruptible(thread.done.name, thread.done, timeout);
      checkSignals(processOf(thread));
    }
  }
  const instant = atThisInstant(thread);
  if (instant > 0) yield* passTime(thread, LEAST * instant);
  takeBack(thread);
}

function takeBack(thread: Thread): void {
  const { completed, sim, stats } = thread;
  const count = completed.length;
  if (count === 0) return;
  for (let unit = completed.shift(); unit !== undefined; unit = completed.shift()) {
    thread.inFlight--;
    finishUnit(thread, unit);
  }
  countDone(thread.pace, count, sim.now);
  if (sim.now < thread.epoch) return;
  bump(stats.completes, batchStep(count));
  stats.totalComplete++;
}

/** How many came back at the instant at which they were sent, which is this one. */
function atThisInstant({ completed, sim }: Thread): number {
  let count = 0;
  for (const unit of completed) if (unit.startedAt === sim.now) count++;
  return count;
}

/** Charges processor time for I/O that took no time. Without it a job on a ram disk would never end. */
function* passTime({ completed, sim, process }: Thread, time: Nanos): Task<void> {
  if (process === null) return;
  const { now } = sim;
  yield* userWait(process, { on: 'the processor', queue: null, timeout: time });
  for (const unit of completed) {
    if (unit.startedAt === now && unit.endedAt === now) unit.endedAt = sim.now;
  }
}

/** Until the time has come, or someone ends the job. */
function* pause(thread: Thread, until: Nanos): Task<void> {
  const { sim, done } = thread;
  const timeout = Math.max(0, until - sim.now);
  if (timeout > 0) yield* userWait(processOf(thread), { on: done.name, queue: done, timeout });
}

function processOf({ process }: Thread): Process {
  assert(process !== null, 'a job that does I/O runs');
  return process;
}

/** Notes that a write was sent. After every so many of them comes an fsync. */
function isSyncDue(thread: Thread): boolean {
  const { fsync } = thread.options;
  if (fsync === 0 || ++thread.writesSinceSync < fsync) return false;
  thread.writesSinceSync = 0;
  return true;
}

function* timedSync(thread: Thread, target: TargetFile): Task<void> {
  const { sim, stats } = thread;
  const start = sim.now;
  const error = yield* syncFile(thread, target);
  if (error !== undefined && error !== 'EINVAL') {
    fail(thread, error, { where: 'file:io_u.c:1876', func: 'io_u error' });
    return;
  }
  stats.sync.total++;
  addSample(stats.sync.lat, sim.now - start);
  addLatency(stats.sync.buckets, sim.now - start);
}

/** Reads the written data back, in the same order. */
function* doVerify(thread: Thread): Task<void> {
  const written = toBeRead(thread);
  let next = 0;
  while ((next < written.length && mayGoOn(thread)) || thread.inFlight > 0) {
    while (thread.free.length > 0 && next < written.length && mayGoOn(thread)) {
      const { target, offset, length, number } = written[next++] as Written;
      const unit = thread.free.pop() as IoUnit;
      Object.assign(unit, { direction: 'read', target, offset, length, number, checks: true });
      const waits = send(thread, unit);
      if (waits !== null) yield* waits;
    }
    yield* collect(thread, Infinity);
  }
  thread.written.length = 0;
}

/** Where all blocks have one size: the last write of each. Otherwise all writes, of which none is certain to be the last of its block. */
function toBeRead({ written, options, directions }: Thread): readonly Written[] {
  const { write } = options.blockSizes;
  const hasOneSize = smallest(write) === largest(write);
  if (!hasOneSize || directions.length > 1)
    return written.map((block) => ({ ...block, number: undefined }));
  const seen = new Map(written.map(({ target }) => [target, new Set<number>()]));
  const last = written.toReversed().filter(({ target, offset }) => {
    const offsets = seen.get(target);
    if (offsets?.has(offset) === true) return false;
    offsets?.add(offset);
    return true;
  });
  return last.toReversed();
}
