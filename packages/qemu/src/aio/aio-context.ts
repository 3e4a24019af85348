// aio-context.ts — A thread that runs callbacks: the main loop's block half, or an iothread. Mirrors util/async.c, util/aio-posix.c.
//
// One iteration runs the bottom halves that were scheduled before it began (newest first, as QEMU's list does), then the
// file descriptors that are ready, then the timers that are due. Each callback is an event of its own, so that other
// threads can come in between; within one thread the order is the thread's.
import type { Nanos, Sim, SimEvent, Timer } from '@dmsim/sim';
import {
  createEvent,
  createTimer,
  deleteTimer,
  isArmed,
  isScheduled,
  modTimer,
  schedule,
} from '@dmsim/sim';

export type Callback = () => void;

/** A piece of work for a thread. `what` names it in lists of choices: `kick of drive0`. */
export interface Work {
  readonly what: string;
  readonly run: Callback;
}

export interface AioContext {
  readonly sim: Sim;
  readonly name: string;
  /** Bottom halves for the next iteration, oldest first. */
  readonly bhs: Work[];
  /** Coroutines to enter: one bottom half enters them all, in order. */
  readonly coroutines: Callback[];
  readonly ready: Work[];
  readonly due: Work[];
  /** The callbacks left in the current iteration. */
  readonly run: Work[];
  readonly step: SimEvent;
}

export function createAioContext(
  sim: Sim,
  name: string,
  step: (ctx: AioContext) => void = stepAlone,
  describe: (ctx: AioContext) => string = describeStep,
): AioContext {
  const ctx: AioContext = {
    sim,
    name,
    bhs: [],
    coroutines: [],
    ready: [],
    due: [],
    run: [],
    step: createEvent(`step of ${name}`, undefined, () => step(ctx), {
      describe: () => describe(ctx),
    }),
  };
  return ctx;
}

/** The thread's next step: one of the rest of its iteration, else the first of the next one. */
export const nextWork = ({ run, bhs, ready, due }: AioContext): Work | undefined =>
  run[0] ?? bhs.at(-1) ?? ready[0] ?? due[0];

/** `iothread io: kick of drive0`. */
const describeStep = (ctx: AioContext): string =>
  `${ctx.name}: ${nextWork(ctx)?.what ?? 'nothing to do'}`;

/** Wakes the thread, so that it checks for work. */
export function notify(ctx: AioContext): void {
  if (!isScheduled(ctx.step)) schedule(ctx.sim, ctx.step, 0);
}

/** Runs the work in the thread's next iteration. */
export function scheduleBh(ctx: AioContext, what: string, run: Callback): void {
  ctx.bhs.push({ what, run });
  notify(ctx);
}

/** Enters a coroutine in that thread. Coroutines run first come, first served, unlike bottom halves. */
export function scheduleCoroutine(ctx: AioContext, what: string, enter: Callback): void {
  if (ctx.coroutines.length === 0) ctx.bhs.push({ what, run: () => enterAll(ctx) });
  ctx.coroutines.push(enter);
  notify(ctx);
}

function enterAll(ctx: AioContext): void {
  for (const enter of ctx.coroutines.splice(0)) enter();
}

/** Reports that a file descriptor polled by the thread has become readable. */
export function handlerReady(ctx: AioContext, what: string, run: Callback): void {
  ctx.ready.push({ what, run });
  notify(ctx);
}

export const hasWork = (ctx: AioContext): boolean =>
  ctx.bhs.length > 0 || ctx.ready.length > 0 || ctx.due.length > 0;

export function beginIteration(ctx: AioContext): void {
  const { run, bhs, ready, due } = ctx;
  for (let i = bhs.length - 1; i >= 0; i--) run.push(bhs[i] as Work);
  for (const callback of ready) run.push(callback);
  for (const callback of due) run.push(callback);
  bhs.length = 0;
  ready.length = 0;
  due.length = 0;
}

export function stepAlone(ctx: AioContext): void {
  if (ctx.run.length === 0) beginIteration(ctx);
  ctx.run.shift()?.run();
  if (ctx.run.length > 0 || hasWork(ctx)) notify(ctx);
}

/** A timer whose callback runs in the thread's loop. */
export interface AioTimer {
  readonly ctx: AioContext;
  readonly timer: Timer;
  readonly work: Work;
}

export function createAioTimer(ctx: AioContext, name: string, fire: Callback): AioTimer {
  const work: Work = { what: `${name} ends`, run: fire };
  const timer = createTimer(ctx.sim, {
    name,
    owner: undefined,
    fire: () => {
      ctx.due.push(work);
      notify(ctx);
    },
  });
  return { ctx, timer, work };
}

export function modAioTimer(t: AioTimer, delay: Nanos): void {
  forgetDue(t);
  modTimer(t.timer, delay);
}

export function deleteAioTimer(t: AioTimer): void {
  deleteTimer(t.timer);
  forgetDue(t);
}

export const isAioTimerArmed = (t: AioTimer): boolean =>
  isArmed(t.timer) || t.ctx.due.includes(t.work) || t.ctx.run.includes(t.work);

function forgetDue(t: AioTimer): void {
  for (const list of [t.ctx.due, t.ctx.run]) {
    const i = list.indexOf(t.work);
    if (i >= 0) list.splice(i, 1);
  }
}
