// hung-task.ts — Reports tasks that have been in the D state for long. Mirrors kernel/hung_task.c: watchdog, check_hung_task.
import type { Process, Sim, SimEvent } from '@dmsim/sim';
import { cancel, createEvent, printk, reschedule, seconds } from '@dmsim/sim';

import { commOf } from './tree/proc-status.ts';

/** The wait in which a process was found, and when it was first found in it. */
interface Seen {
  readonly since: number;
  readonly at: number;
}

/** The kernel thread khungtaskd, with its two knobs of /proc/sys/kernel. */
export interface HungTaskWatch {
  /** hung_task_timeout_secs, which is also the interval of the checks: a task is found after one to two intervals. 0 turns the checks off. */
  timeoutSecs: number;
  /** hung_task_warnings: how many more reports there will be; -1 means no limit. */
  warnings: number;
  /** Must be called when the time-out has changed. */
  readonly restart: () => void;
}

export function startHungTaskWatch(sim: Sim): HungTaskWatch {
  const seen = new Map<Process, Seen>();
  let checkedAt = sim.now;
  const event: SimEvent = createEvent(
    'khungtaskd',
    undefined,
    () => {
      check(sim, watch, seen);
      checkedAt = sim.now;
      watch.restart();
    },
    { background: true },
  );
  const watch: HungTaskWatch = {
    timeoutSecs: 120,
    warnings: 10,
    restart() {
      const next = checkedAt + seconds(watch.timeoutSecs);
      if (watch.timeoutSecs > 0) reschedule(sim, event, Math.max(next - sim.now, 0));
      else cancel(sim, event);
    },
  };
  watch.restart();
  return watch;
}

function check(sim: Sim, watch: HungTaskWatch, seen: Map<Process, Seen>): void {
  for (const process of seen.keys()) if (!isBlocked(process)) seen.delete(process);
  for (const process of sim.processes.values()) {
    if (!isBlocked(process)) continue;
    const known = seen.get(process);
    if (known?.since !== process.since) {
      seen.set(process, { since: process.since, at: sim.now });
      continue;
    }
    const blocked = Math.floor((sim.now - known.at) / 1e9);
    if (blocked < watch.timeoutSecs || watch.warnings === 0) continue;
    if (watch.warnings > 0) watch.warnings--;
    report(sim, process, blocked);
  }
}

/** Whether a process is in the D state, in a wait that neither time nor a fatal signal ends. */
const isBlocked = ({ state, wait }: Process): boolean =>
  state === 'waiting' && wait !== null && !wait.interruptible && wait.patient !== true;

function report(sim: Sim, process: Process, blocked: number): void {
  const { pid, ppid } = process;
  const comm = commOf(process);
  const tgid = process.threads?.leader.pid ?? pid;
  printk(sim, `INFO: task ${comm}:${pid} blocked for more than ${blocked} seconds.`);
  printk(sim, '      Not tainted 6.12.117+deb12-amd64 #1 Debian 6.12.117-1~deb12u1');
  printk(sim, '"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.');
  printk(
    sim,
    `task:${comm.padEnd(15)} state:D stack:0     pid:${pid}   tgid:${tgid}   ppid:${ppid}      flags:0x00004000`,
  );
}
