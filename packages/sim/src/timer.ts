// timer.ts — A timer that can be re-armed and cancelled. Mirrors kernel/time/timer.c: mod_timer, timer_delete.
import { TOUCHES_DEVICES } from './footprint.ts';
import type { SimEvent } from './sim-event.ts';
import { createEvent, isScheduled } from './sim-event.ts';
import type { Sim } from './sim.ts';
import { cancel, reschedule } from './sim.ts';
import type { Nanos } from './time.ts';

export interface Timer {
  readonly sim: Sim;
  readonly event: SimEvent;
}

/** `background`: a poll that changes nothing by itself (see `SimEvent`). */
export function createTimer<T>(
  sim: Sim,
  {
    name,
    owner,
    fire,
    background = false,
  }: {
    readonly name: string;
    readonly owner: T;
    readonly fire: (owner: T) => void;
    readonly background?: boolean;
  },
): Timer {
  return {
    sim,
    event: createEvent(name, owner, fire, { background, touches: () => TOUCHES_DEVICES }),
  };
}

/** Arms the timer for `delay` ns from now, whether or not it was armed. */
export function modTimer(timer: Timer, delay: Nanos): void {
  reschedule(timer.sim, timer.event, delay);
}

/** Disarms the timer. True if it was armed. */
export function deleteTimer(timer: Timer): boolean {
  return cancel(timer.sim, timer.event);
}

export const isArmed = (timer: Timer): boolean => isScheduled(timer.event);
