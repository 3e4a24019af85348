// hung-task.ts — Reports tasks that have been in the D state for long. Mirrors kernel/hung_task.c: watchdog, check_hung_task.
import type { Nanos, Process, Sim } from '@dmsim/sim';
import { createEvent, printk, schedule, seconds } from '@dmsim/sim';

/** hung_task_timeout_secs, and how often it looks: a task is found between one and two of it after it went to sleep. */
const TIMEOUT: Nanos = seconds(120);
/** hung_task_warnings */
const WARNINGS = 10;

interface Watched {
  readonly since: Nanos;
  readonly seen: Nanos;
}

export function startHungTaskWatch(sim: Sim): void {
  const watched = new Map<Process, Watched>();
  let warnings = WARNINGS;
  const event = createEvent(
    'khungtaskd',
    undefined,
    () => {
      for (const process of sim.processes.values()) {
        const blocked = sim.now - look(watched, process, sim.now);
        if (blocked < TIMEOUT || warnings === 0) continue;
        warnings--;
        report(sim, process, Math.floor(blocked / 1e9));
      }
      schedule(sim, event, TIMEOUT);
    },
    { background: true },
  );
  schedule(sim, event, TIMEOUT);
}

/** When it was first seen in its present wait. */
function look(watched: Map<Process, Watched>, process: Process, now: Nanos): Nanos {
  if (process.state !== 'waiting' || process.wait?.interruptible === true) {
    watched.delete(process);
    return now;
  }
  const known = watched.get(process);
  if (known?.since === process.since) return known.seen;
  watched.set(process, { since: process.since, seen: now });
  return now;
}

function report(sim: Sim, { name, pid, ppid }: Process, blocked: number): void {
  const comm = name.slice(0, 15);
  printk(sim, `INFO: task ${comm}:${pid} blocked for more than ${blocked} seconds.`);
  printk(sim, '      Not tainted 6.12.117+deb12-amd64 #1');
  printk(sim, '"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.');
  printk(
    sim,
    `task:${comm.padEnd(15)} state:D stack:0     pid:${pid}   tgid:${pid}   ppid:${ppid}      flags:0x00004000`,
  );
}
