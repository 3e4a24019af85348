// hang.ts — Reports a run that can't go on: which process waits for what, and since when. Mirrors kernel/hung_task.c.
import type { Process } from './process.ts';
import type { Sim } from './sim.ts';
import { formatSeconds } from './time.ts';

/** One line per process that waits or is stopped, oldest wait first. */
export function hangReport(sim: Sim): string[] {
  return [...sim.processes.values()]
    .filter((p) => p.state === 'waiting' || p.stopped)
    .toSorted((a, b) => a.since - b.since || a.pid - b.pid)
    .map((p) => `${p.name} (pid ${p.pid}, ${stateOf(p)}) ${reasonOf(p)}`);
}

function stateOf({ stopped, wait }: Process): 'T' | 'S' | 'D' {
  if (stopped) return 'T';
  return wait?.interruptible === true ? 'S' : 'D';
}

function reasonOf({ stopped, wait, since }: Process): string {
  if (stopped) return 'is stopped until SIGCONT';
  return `waits for ${wait?.on ?? 'nothing'} since ${formatSeconds(since)} s`;
}
