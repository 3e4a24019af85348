// hang.ts — Reports a run that can't go on: which process waits for what, and since when. Mirrors kernel/hung_task.c.
import type { Sim } from './sim.ts';
import { formatSeconds } from './time.ts';

/** One line per waiting process, oldest wait first. */
export function hangReport(sim: Sim): string[] {
  return [...sim.processes.values()]
    .filter((p) => p.state === 'waiting')
    .toSorted((a, b) => a.since - b.since || a.pid - b.pid)
    .map((p) => {
      const how = p.wait?.interruptible === true ? 'S' : 'D';
      return `${p.name} (pid ${p.pid}, ${how}) waits for ${p.wait?.on ?? 'nothing'} since ${formatSeconds(p.since)} s`;
    });
}
