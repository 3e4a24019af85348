// trace-points.ts — What the scheduler tells whoever listens. Codes from 50 up; the block layer has those below.
import type { Process } from './process.ts';
import { record } from './trace.ts';

/**
 * Arguments of each record:
 * - sched_process_fork: pid, parent's pid
 * - sched_process_exit: pid, status as `$?` shows it, signal that ended it or 0, and its name in three numbers (`unpackName`)
 */
export const SIM_TRACE = { sched_process_fork: 50, sched_process_exit: 51 } as const;

/** A name in a record is 15 bytes at most, as the kernel's comm: five to a number. */
const BYTES_PER_NUMBER = 5;

export function traceFork({ sim, pid, ppid }: Process): void {
  if (sim.trace !== null) record(sim.trace, sim.now, SIM_TRACE.sched_process_fork, pid, ppid);
}

export function traceExit({ sim, pid, status, killedBy, name }: Process): void {
  if (sim.trace === null) return;
  const point = SIM_TRACE.sched_process_exit;
  const [a, b, c] = [packBytes(name, 0), packBytes(name, 1), packBytes(name, 2)];
  record(sim.trace, sim.now, point, pid, status, killedBy ?? 0, a, b, c);
}

function packBytes(name: string, part: number): number {
  let packed = 0;
  for (let i = 0; i < BYTES_PER_NUMBER; i++) {
    const code = name.charCodeAt(part * BYTES_PER_NUMBER + i);
    // Past its end there is nothing, and what is no ASCII is shown as a question mark.
    packed = packed * 256 + (Number.isNaN(code) ? 0 : code < 128 ? code : 63);
  }
  return packed;
}

export function unpackName(a: number, b: number, c: number): string {
  let name = '';
  for (const packed of [a, b, c]) {
    for (let i = BYTES_PER_NUMBER - 1; i >= 0; i--) {
      const code = Math.floor(packed / 256 ** i) % 256;
      if (code !== 0) name += String.fromCharCode(code);
    }
  }
  return name;
}
