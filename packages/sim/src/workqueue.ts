// workqueue.ts — Deferred work. Mirrors kernel/workqueue.c: queue_work, mod_delayed_work, flush_work, alloc_ordered_workqueue.
import { TOUCHES_DEVICES } from './footprint.ts';
import type { EventOptions, SimEvent } from './sim-event.ts';
import { createEvent, isScheduled } from './sim-event.ts';
import type { Sim } from './sim.ts';
import { cancel, schedule } from './sim.ts';
import type { Nanos } from './time.ts';
import type { Task, WaitQueue } from './wait-queue.ts';
import { createWaitQueue, waitEvent, wakeUp } from './wait-queue.ts';

/** An ordered queue runs one item at a time, in order of queueing. In any other, each item is an event of its own. */
export interface Workqueue {
  readonly sim: Sim;
  readonly name: string;
  readonly ordered: boolean;
  readonly items: Work[];
  /** The event of an ordered queue, made for its first item. */
  worker: SimEvent | null;
  readonly idle: WaitQueue;
  active: number;
}

/** An item that is queued twice before it runs, runs once. */
export interface Work {
  readonly name: string;
  readonly run: () => void;
  pending: boolean;
  queue: Workqueue | null;
  readonly background: boolean;
  /** Made when it is first queued, and for its first delay: a machine has many items that never are. */
  event: SimEvent | null;
  delay: SimEvent | null;
}

const ON_DEVICES = { touches: () => TOUCHES_DEVICES };
const POLL_ON_DEVICES = { background: true, touches: () => TOUCHES_DEVICES };

export function createWorkqueue(
  sim: Sim,
  name: string,
  { ordered = false }: { readonly ordered?: boolean } = {},
): Workqueue {
  const idle = createWaitQueue(`workqueue ${name}`);
  return { sim, name, ordered, items: [], worker: null, idle, active: 0 };
}

const workerOf = (queue: Workqueue): SimEvent =>
  (queue.worker ??= createEvent(queue.idle.name, queue, runNext, ON_DEVICES));

export interface WorkOptions {
  /** The delay before it is a poll that changes nothing by itself (see `SimEvent`). */
  readonly background?: boolean;
}

export function createWork(
  name: string,
  run: () => void,
  { background = false }: WorkOptions = {},
): Work {
  return { name, run, pending: false, queue: null, background, event: null, delay: null };
}

const optionsOf = ({ background }: Work): EventOptions<Work> =>
  background ? POLL_ON_DEVICES : ON_DEVICES;

const eventOf = (work: Work): SimEvent =>
  (work.event ??= createEvent(work.name, work, runWork, optionsOf(work)));

/** Queues the item. False if it was pending already. */
export function queueWork(queue: Workqueue, work: Work): boolean {
  if (work.pending) return false;
  start(queue, work);
  enqueue(work);
  return true;
}

/** Queues the item after a delay. False if it was pending already; its earlier delay then stands. */
export function queueDelayedWork(queue: Workqueue, work: Work, delay: Nanos): boolean {
  if (work.pending) return false;
  start(queue, work);
  if (delay === 0) enqueue(work);
  else schedule(queue.sim, delayOf(work), delay);
  return true;
}

/** Queues the item after a delay, which replaces any earlier one. */
export function modDelayedWork(queue: Workqueue, work: Work, delay: Nanos): void {
  cancelWork(work);
  queueDelayedWork(queue, work, delay);
}

/** Cancels the item if it has not begun. True if it was pending. */
export function cancelWork(work: Work): boolean {
  const { queue } = work;
  if (!work.pending || queue === null) return false;
  if (work.delay === null || !cancel(queue.sim, work.delay)) {
    queue.active--;
    if (work.event === null || !cancel(queue.sim, work.event))
      queue.items.splice(queue.items.indexOf(work), 1);
  }
  finish(work);
  return true;
}

/** Waits until the item is not pending. A delay is not cut short (flush_work, not flush_delayed_work). */
export function* flushWork(work: Work): Task<void> {
  const { queue } = work;
  if (queue !== null) yield* waitEvent(queue.idle, () => !work.pending);
}

/** Waits until all that is queued, delays excepted, has run. */
export function* flushWorkqueue(queue: Workqueue): Task<void> {
  yield* waitEvent(queue.idle, () => queue.active === 0);
}

const delayOf = (work: Work): SimEvent =>
  (work.delay ??= createEvent(`${work.name} (delayed)`, work, enqueue, optionsOf(work)));

function start(queue: Workqueue, work: Work): void {
  work.pending = true;
  work.queue = queue;
}

function enqueue(work: Work): void {
  const queue = work.queue as Workqueue;
  queue.active++;
  if (!queue.ordered) {
    schedule(queue.sim, eventOf(work), 0);
    return;
  }
  queue.items.push(work);
  const worker = workerOf(queue);
  if (!isScheduled(worker)) schedule(queue.sim, worker, 0);
}

function runNext(queue: Workqueue): void {
  const work = queue.items.shift();
  if (work === undefined) return;
  if (queue.items.length > 0) schedule(queue.sim, workerOf(queue), 0);
  runWork(work);
}

function runWork(work: Work): void {
  // Cleared before it runs: an item may queue itself again.
  const queue = work.queue as Workqueue;
  work.pending = false;
  queue.active--;
  work.run();
  wakeUp(queue.idle);
}

function finish(work: Work): void {
  const queue = work.queue as Workqueue;
  work.pending = false;
  wakeUp(queue.idle);
}
