// rehandle.ts — Keeps failed requests and submits them again later: one mechanism, two policies.
//
// The two proposed series do the same at different layers. `retry` (v5) decides where the device model asks what to do about
// an error; `iohang` (v3) decides one layer below, before rerror and werror apply. Both keep the request, re-arm the one
// timer of the backend with each failure, and open a window at the first failure. A success closes the window; a failure
// after the window's time-out is passed on.
import type { Errno, Nanos, Sim } from '@dmsim/sim';
import { millis, seconds } from '@dmsim/sim';

import type { AioContext, AioTimer } from '../aio/aio-context.ts';
import {
  createAioTimer,
  deleteAioTimer,
  isAioTimerArmed,
  modAioTimer,
} from '../aio/aio-context.ts';

export interface RehandlePolicy {
  readonly name: 'retry' | 'iohang';
  handles(errno: Errno): boolean;
  /** True if the window has lasted longer than its time-out. All in ns. */
  expired(openedAt: Nanos, timeout: Nanos, now: Nanos): boolean;
}

export const retryPolicy: RehandlePolicy = {
  name: 'retry',
  handles: () => true,
  expired: (openedAt, timeout, now) => toMillis(now) > toMillis(openedAt) + toMillis(timeout),
};

export const ioHangPolicy: RehandlePolicy = {
  name: 'iohang',
  handles: (errno) => errno === 'EIO',
  // The series reads the clock in whole seconds, so the window may expire up to a second early.
  expired: (openedAt, timeout, now) => toSeconds(now) >= toSeconds(openedAt) + toSeconds(timeout),
};

const toMillis = (ns: Nanos): number => Math.floor(ns / 1e6);
const toSeconds = (ns: Nanos): number => Math.floor(ns / 1e9);

/** The default interval. `retry` lets an administrator set another one in ms; `iohang` always uses 5 s. */
export const DEFAULT_RETRY_INTERVAL: Nanos = millis(1000);
export const IO_HANG_INTERVAL: Nanos = seconds(5);

type Window =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly since: Nanos }
  | { readonly kind: 'expired' };

const CLOSED: Window = { kind: 'closed' };

/** The changes of a window that observers are told of. */
type WindowChange = 'opened' | 'expired' | 'closed';

export interface Rehandle {
  readonly sim: Sim;
  readonly policy: RehandlePolicy;
  readonly interval: Nanos;
  /** In ns; 0 means for ever. */
  readonly timeout: Nanos;
  readonly resubmit: () => void;
  readonly onWindow: (change: WindowChange) => void;
  window: Window;
  timer: AioTimer;
  /** While the timer is stopped with its VM: the time in ns that was left on it; -1: it was not armed. Null: it is not stopped. */
  suspended: Nanos | null;
  /** The instant at which the timer fires, if it is armed. */
  armedUntil: Nanos;
}

export interface RehandleOptions {
  readonly policy: RehandlePolicy;
  readonly interval: Nanos;
  readonly timeout: Nanos;
  readonly resubmit: () => void;
  readonly onWindow?: (change: WindowChange) => void;
}

export function createRehandle(ctx: AioContext, options: RehandleOptions): Rehandle {
  const { policy, interval, timeout, resubmit, onWindow = () => undefined } = options;
  return {
    sim: ctx.sim,
    policy,
    interval,
    timeout,
    resubmit,
    onWindow,
    window: CLOSED,
    timer: createAioTimer(ctx, `${policy.name} timer`, resubmit),
    suspended: null,
    armedUntil: 0,
  };
}

/** Decides whether to keep a failed request or to pass its error on. */
export function judgeFailure(r: Rehandle, errno: Errno): 'keep' | 'pass' {
  if (!r.policy.handles(errno)) return 'pass';
  const { now } = r.sim;
  switch (r.window.kind) {
    case 'closed':
      r.window = { kind: 'open', since: now };
      r.onWindow('opened');
      return 'keep';
    case 'open':
      if (r.timeout === 0 || !r.policy.expired(r.window.since, r.timeout, now)) return 'keep';
      r.window = { kind: 'expired' };
      r.onWindow('expired');
      return 'pass';
    case 'expired':
      return 'pass';
  }
}

/** Closes the window after a request has succeeded. */
export function closeWindow(r: Rehandle): void {
  if (r.window.kind === 'closed') return;
  r.window = CLOSED;
  r.onWindow('closed');
}

/** Arms the timer. A new failure postpones a retry that was already due. */
export function armTimer(r: Rehandle, delay: Nanos = r.interval): void {
  if (r.suspended !== null) {
    r.suspended = delay;
    return;
  }
  r.armedUntil = r.sim.now + delay;
  modAioTimer(r.timer, delay);
}

/** Deletes the timer: what was kept is not submitted any more. */
export function deleteRehandle(r: Rehandle): void {
  deleteAioTimer(r.timer);
  r.suspended = null;
}

/** Stops the timer together with the VM. */
export function suspendTimer(r: Rehandle): void {
  if (r.suspended !== null) return;
  r.suspended = isAioTimerArmed(r.timer) ? Math.max(0, r.armedUntil - r.sim.now) : -1;
  deleteAioTimer(r.timer);
}

/** Lets the timer run on with the VM, for the time that was left. */
export function resumeTimer(r: Rehandle): void {
  const left = r.suspended;
  r.suspended = null;
  if (left !== null && left >= 0) armTimer(r, left);
}

/** Moves the timer to the thread that now serves the disk. */
export function moveTimer(r: Rehandle, ctx: AioContext): void {
  if (r.timer.ctx === ctx) return;
  const armed = isAioTimerArmed(r.timer);
  deleteAioTimer(r.timer);
  r.timer = createAioTimer(ctx, `${r.policy.name} timer`, r.resubmit);
  if (armed) armTimer(r, Math.max(0, r.armedUntil - r.sim.now));
}
