// hold-back.ts — Stops a machine for good, so that it can be asked about this very instant.
import type { Sim } from '@dmsim/sim';

/** Drops all that is due now; what is asked next is alone until the clock moves. */
export function holdBack(sim: Sim): void {
  sim.ready.length = 0;
  sim.readyHead = 0;
  for (let due = sim.queue.find(); due !== null && due.at === sim.now; due = sim.queue.find()) {
    sim.queue.take(due);
  }
}
