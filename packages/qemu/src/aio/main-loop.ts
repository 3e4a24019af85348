// main-loop.ts — QEMU's main thread: its block half, the other things it polls (monitors, qtest), and the check at the end of each turn.
//
// Some code in the main thread waits for I/O: a drain, a device reset. It runs a nested loop meanwhile, in which only the
// block half goes on: no command is dispatched and no VM stop is carried out. Such code is a generator here (`Blocking`)
// that yields the condition to wait for.
import type { Sim } from '@dmsim/sim';
import { after, assert } from '@dmsim/sim';

import type { AioContext, Callback } from './aio-context.ts';
import { beginIteration, createAioContext, hasWork, nextWork, notify } from './aio-context.ts';

/** Code of the main thread that may wait. It yields a condition and goes on once that holds. */
export type Blocking<T> = Generator<() => boolean, T, void>;

interface Frame {
  readonly code: Blocking<void>;
  readonly until: () => boolean;
}

export interface MainLoop {
  /** The block half, which nested loops run too. */
  readonly aio: AioContext;
  /** Everything else, which only the outer loop runs. */
  readonly outer: AioContext;
  readonly frames: Frame[];
  /** True while a turn has begun and the check at its end has not been made. */
  inTurn: boolean;
  /** True if a turn must run although nothing is due: a request was raised, or a nested loop must check its condition. */
  kicked: boolean;
  /** main_loop_should_exit: carries out requests that were raised during the turn. */
  readonly atTurnEnd: Callback;
  readonly stopped: { value: boolean };
}

export function createMainLoop(sim: Sim, atTurnEnd: Callback): MainLoop {
  const step = (): void => stepMain(main);
  const aio = createAioContext(sim, 'main loop', step, () => describeMain(main));
  const outer: AioContext = { ...createAioContext(sim, 'main loop (outer)'), step: aio.step };
  const main: MainLoop = {
    aio,
    outer,
    frames: [],
    inTurn: false,
    kicked: false,
    atTurnEnd,
    stopped: { value: false },
  };
  return main;
}

/** qemu_notify_event, aio_wait_kick: runs another turn, even if nothing is due. */
export function kickMain(main: MainLoop): void {
  main.kicked = true;
  notify(main.aio);
}

/** Runs code that may wait, then calls `done` with its result. Only for the main thread. */
export function runBlocking<T>(main: MainLoop, code: Blocking<T>, done: (value: T) => void): void {
  proceed(main, thenCall(code, done));
}

function* thenCall<T>(code: Blocking<T>, done: (value: T) => void): Blocking<void> {
  done(yield* code);
}

/** Runs the code until it waits or ends. Returns true if it has ended. */
function proceed(main: MainLoop, code: Blocking<void>): boolean {
  for (;;) {
    const result = code.next();
    if (result.done === true) return true;
    if (result.value()) continue;
    main.frames.push({ code, until: result.value });
    return false;
  }
}

/** Waits in a nested loop until the condition holds. */
export function* pollUntil(condition: () => boolean): Blocking<void> {
  if (!condition()) yield condition;
}

/** Lets other threads run what is due at this instant, as when the main thread is busy for long. */
export function* letOthersRun(main: MainLoop): Blocking<void> {
  let passed = false;
  after(main.aio.sim, 0, 'other threads run', () => {
    passed = true;
    kickMain(main);
  });
  yield* pollUntil(() => passed);
}

/** `main loop: monitor runs stop`. */
function describeMain({ aio, outer, frames, inTurn }: MainLoop): string {
  const lists = frames.length === 0 ? [aio, outer] : [aio];
  const now = lists.find(({ run }) => run.length > 0)?.run[0];
  if (now === undefined && inTurn) return 'main loop: end of a turn';
  const next = now ?? lists.map(nextWork).find((work) => work !== undefined);
  return `main loop: ${next?.what ?? 'another turn'}`;
}

function stepMain(main: MainLoop): void {
  if (main.stopped.value) return;
  if (!runNext(main)) endTurn(main);
  if (wantsStep(main)) notify(main.aio);
}

function runNext(main: MainLoop): boolean {
  const lists = main.frames.length === 0 ? [main.aio, main.outer] : [main.aio];
  for (const list of lists) {
    const callback = list.run.shift();
    if (callback === undefined) continue;
    callback.run();
    return true;
  }
  return false;
}

function endTurn(main: MainLoop): void {
  if (main.inTurn) {
    main.inTurn = false;
    const frame = main.frames.at(-1);
    if (frame === undefined) {
      main.atTurnEnd();
    } else if (frame.until()) {
      main.frames.pop();
      proceed(main, frame.code);
      // The loop is back in the turn in which the nested loop began, or in the next outer nested loop.
      main.inTurn = true;
      main.kicked = true;
      return;
    }
  }
  if (!main.kicked && !hasWork(main.aio) && (main.frames.length > 0 || !hasWork(main.outer)))
    return;
  assert(main.aio.run.length === 0, 'a turn begins when the last one has ended');
  main.kicked = false;
  main.inTurn = true;
  beginIteration(main.aio);
  if (main.frames.length === 0) beginIteration(main.outer);
}

function wantsStep(main: MainLoop): boolean {
  if (main.stopped.value) return false;
  const { aio, outer, frames } = main;
  if (main.inTurn || main.kicked || aio.run.length > 0 || hasWork(aio)) return true;
  return frames.length === 0 && (outer.run.length > 0 || hasWork(outer));
}
