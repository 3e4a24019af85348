// kernel-log.ts — The kernel's log, which dmesg shows. Mirrors kernel/printk/printk.c.
import type { Sim } from './sim.ts';
import type { Nanos } from './time.ts';

export interface LogLine {
  readonly at: Nanos;
  readonly text: string;
}

/** The name of the running process for log lines; that of a kernel worker if no process runs (current->comm). */
export const currentComm = (sim: Sim): string => sim.current?.name ?? 'kworker/0:0';

/** How many lines are kept; older ones are lost, as in the kernel's ring buffer. */
const LOG_LINES = 10_000;

export function printk(sim: Sim, text: string): void {
  sim.log.push({ at: sim.now, text });
  if (sim.log.length > LOG_LINES * 2) sim.log.splice(0, LOG_LINES);
}
