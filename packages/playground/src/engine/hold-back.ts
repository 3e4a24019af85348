// hold-back.ts — Stops a machine for good, so that commands can ask about this very instant.
import type { Sim } from '@dmsim/sim';

/** Drops all events that are due now, so that the next question runs alone until the clock moves. */
export function holdBack(sim: Sim): void {
  sim.ready.length = 0;
  sim.readyHead = 0;
  for (let due = sim.queue.find(); due !== null && due.at === sim.now; due = sim.queue.find()) {
    sim.queue.take(due);
  }
}
