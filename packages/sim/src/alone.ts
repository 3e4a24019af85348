// alone.ts — Lets time pass for a process while nothing else can happen, without an event: nobody could tell the difference.
import type { Sim } from './sim.ts';
import { fifo } from './strategies/fifo.ts';
import type { Nanos } from './time.ts';
import { traceExit, traceFork } from './trace-points.ts';

/** True if nothing else is due until `delay` ns from now, nobody chooses, and the run does not end before that. */
function isAlone({ chooser, ready, queue, now, until }: Sim, delay: Nanos): boolean {
  const end = now + delay;
  return chooser === fifo && ready.length === 0 && end <= until && queue.nextAt() > end;
}

/** Moves the clock on by `delay` ns if nothing else can happen meanwhile. False: the caller has to sleep. */
export function passAlone(sim: Sim, delay: Nanos): boolean {
  if (!isAlone(sim, delay)) return false;
  sim.now += delay;
  sim.eventsBefore = sim.events;
  return true;
}

/**
 * Stands for a thread that does nothing but take `delay` ns while its starter waits for it: it has a number and its place in the
 * trace, but is never made. False: others might see it, so the caller has to start it.
 */
export function liveAlone(sim: Sim, name: string, delay: Nanos): boolean {
  if (!isAlone(sim, delay)) return false;
  const pid = sim.nextPid++;
  if (sim.trace !== null) traceFork({ sim, pid, ppid: 1 });
  if (delay > 0) passAlone(sim, delay);
  if (sim.trace !== null) traceExit({ sim, pid, status: 0, killedBy: null, name });
  return true;
}
