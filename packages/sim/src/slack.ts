// slack.ts — Real time is not exact: with slack, what is due soon may go before what is due now.
//
// With a slack of D ns a chooser picks among everything that is due within D of the earliest event. An event that others
// overtake fires late, at the time the clock has then; the clock never goes back. The guarantees of Linux hold under
// every chooser and any slack:
//
// 1. Nothing comes early: a timer, a sleep, a time-out or a command of a device ends at its time or later.
// 2. Nothing comes later than D after its time, however often it is overtaken.
// 3. A process makes its own steps in order, and goes on only once what it waits for has happened.
// 4. An ordered workqueue runs one item at a time, in order of queueing; work queued twice before it runs, runs once.
// 5. An event that is cancelled before it fires does not fire, and a timer that is re-armed counts from then.
// 6. A cause comes before its effect: what an event schedules is chosen after that event has run.
//
// Between two timers, two processes or two disks there is no order but these.
import type { SimEvent } from './sim-event.ts';
import { PLACE } from './sim-event.ts';
import type { Sim } from './sim.ts';
import type { Nanos } from './time.ts';

/** Moves everything that is due at this instant from the queue to `ready`, behind what is there. */
export function gather({ queue, ready, now }: Sim): void {
  for (let due = queue.find(); due !== null && due.at === now; due = queue.find()) {
    queue.take(due);
    due.place = PLACE.READY;
    ready.push(due);
  }
}

/**
 * The same of everything that may go first; returns how many of `ready` that are, for some may have been gathered before
 * something earlier was scheduled. Leaves them in the order of `fifo`: a choice of 0 is what `fifo` does.
 */
export function gatherWithSlack({ queue, ready, slack }: Sim, until: Nanos): number {
  let earliest = queue.nextAt();
  for (const { at } of ready) earliest = Math.min(earliest, at);
  const limit = Math.min(earliest + slack, until);
  for (let due = queue.find(); due !== null && due.at <= limit; due = queue.find()) {
    // `take` would tell the queue that the clock is there already.
    queue.cancel(due);
    due.place = PLACE.READY;
    ready.push(due);
  }
  sortByTime(ready);
  let n = ready.length;
  while (n > 1 && (ready[n - 1] as SimEvent).at > limit) n--;
  return n;
}

/** Insertion sort, stable: nearly all is in order already. */
function sortByTime(events: SimEvent[]): void {
  for (let i = 1; i < events.length; i++) {
    const event = events[i] as SimEvent;
    let j = i;
    for (; j > 0 && (events[j - 1] as SimEvent).at > event.at; j--) {
      events[j] = events[j - 1] as SimEvent;
    }
    events[j] = event;
  }
}

/** Puts back into the queue what was gathered ahead of its time. */
export function returnEarly({ ready, queue, now }: Sim): void {
  sortByTime(ready);
  const first = ready.findIndex(({ at }) => at > now);
  if (first < 0) return;
  for (const event of ready.splice(first)) {
    event.place = PLACE.IDLE;
    queue.push(event);
  }
}
