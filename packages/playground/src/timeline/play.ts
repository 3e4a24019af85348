// play.ts — Plays the run: moves the cursor by itself, at a chosen speed.
import type { Recording } from '@dmsim/observe';
import { timeOf } from '@dmsim/observe';
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';

import { cursor, last, moveTo, run } from '../model/session.ts';
import { nthAtTime } from './fold.ts';

export type Speed =
  | { readonly kind: 'events'; readonly perSecond: number }
  /** Virtual seconds per real second. Play skips the rest of a gap after `MAX_IDLE`. */
  | { readonly kind: 'time'; readonly factor: number }
  | { readonly kind: 'max' };

export const SPEEDS: readonly { readonly label: string; readonly speed: Speed }[] = [
  { label: '1 event a second', speed: { kind: 'events', perSecond: 1 } },
  { label: '4 events a second', speed: { kind: 'events', perSecond: 4 } },
  { label: '15 events a second', speed: { kind: 'events', perSecond: 15 } },
  { label: '60 events a second', speed: { kind: 'events', perSecond: 60 } },
  { label: '1/1000 of real time', speed: { kind: 'time', factor: 0.001 } },
  { label: '1/100 of real time', speed: { kind: 'time', factor: 0.01 } },
  { label: '1/10 of real time', speed: { kind: 'time', factor: 0.1 } },
  { label: 'real time', speed: { kind: 'time', factor: 1 } },
  { label: 'as fast as it goes', speed: { kind: 'max' } },
];

/** Real seconds. */
const MAX_IDLE = 0.5;

export const playing: Signal<boolean> = signal(false);
export const speed: Signal<number> = signal(1);
/** The frame rate while the run plays, if it is lower than it should be; else null. */
export const framesASecond: Signal<number | null> = signal(null);

/** Returns the instant at which play must stop on its way from one instant to another; null if it may go on. */
let stopAt: (from: number, to: number) => number | null = () => null;

export function stopPlayingAt(check: typeof stopAt): void {
  stopAt = check;
}

let frame = 0;

/** The time of a frame in ms, smoothed so that one long frame does not count as many. */
let frameTime = 0;
const SLOW = 25;

function countFrame(ms: number): void {
  frameTime = frameTime === 0 ? ms : 0.9 * frameTime + 0.1 * ms;
  framesASecond.value = frameTime > SLOW ? Math.round(1000 / frameTime) : null;
}

export function pause(): void {
  playing.value = false;
  framesASecond.value = null;
  frameTime = 0;
  cancelAnimationFrame(frame);
}

export function play(): void {
  if (run.value === null || playing.value) return;
  if (cursor.value >= last()) moveTo(0);
  playing.value = true;
  let before = performance.now();
  const pace: Pace = {
    events: 0,
    time: timeOf(run.value.result.recording, cursor.value),
    idle: 0,
  };
  const step = (now: number): void => {
    if (!playing.value || run.value === null) return;
    // The time that the page was hidden does not count.
    const passed = Math.min(0.25, (now - before) / 1000);
    countFrame(now - before);
    before = now;
    const { recording } = run.value.result;
    const from = cursor.value;
    const to = advance(pace, { recording, from, passed });
    const stop = to > from ? stopAt(from, Math.min(to, recording.count)) : null;
    moveTo(stop ?? Math.max(from, to));
    if (stop !== null || cursor.value >= recording.count) pause();
    else frame = requestAnimationFrame(step);
  };
  frame = requestAnimationFrame(step);
}

/** How far play has come between two events. */
interface Pace {
  /** The part of an event that is due. */
  events: number;
  /** Virtual ns. */
  time: number;
  /** Real seconds since an event was shown. */
  idle: number;
}

interface Step {
  readonly recording: Recording;
  readonly from: number;
  /** Real seconds since the last step. */
  readonly passed: number;
}

/** Returns the event that play has come to, at the chosen speed. */
function advance(pace: Pace, { recording, from, passed }: Step): number {
  const { speed: how } = SPEEDS[speed.value] ?? SPEEDS[1]!;
  switch (how.kind) {
    case 'max':
      return from + Math.max(1, Math.ceil(recording.count / 240));
    case 'events': {
      const due = pace.events + passed * how.perSecond;
      pace.events = due % 1;
      return from + Math.floor(due);
    }
    case 'time': {
      pace.time += passed * how.factor * 1e9;
      pace.idle += passed;
      let to = nthAtTime(recording, pace.time);
      if (to <= from && pace.idle > MAX_IDLE) {
        to = from + 1;
        pace.time = timeOf(recording, to);
      }
      if (to > from) pace.idle = 0;
      return to;
    }
  }
}

export const togglePlay = (): void => (playing.value ? pause() : play());
