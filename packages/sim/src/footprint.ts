// footprint.ts — The things that an event reads or changes, by name. Events whose footprints share nothing may go in either order, and
// `exhaustive` runs one of the two.
//
// A footprint is what the event declares where it is made (`EventOptions.touches`) and what it was seen to touch as it ran:
// whose wait it ended, to whom it sent a signal, whether it looked at a device.
//
// There are two worlds. Interrupts, timers and work items touch devices: disks, maps, whatever their drivers keep. Programs touch both.
// The steps of a shell touch the world of programs only, unless a path or an open file leads them to a device
// (`touchDevices`): forking, waiting for children and redirecting to a file commute with all that goes on in the kernel.
import type { Process } from './process.ts';
import type { Sim } from './sim.ts';

/** Names of what is touched; null: anything. */
export type Footprint = readonly string[] | null;

/** Disks and maps, whatever their drivers keep, and the log of the kernel. */
const DEVICES = 'devices';
/** Files in memory, pipes, terminals, which process has which number. */
const PROGRAMS = 'programs';

export const TOUCHES_DEVICES: Footprint = [DEVICES];

/** Whether a process waits, for what, until when, and its signals. */
const processName = (pid: number): string => `process ${pid}`;

export const waiting = ({ pid }: Process): Footprint => [processName(pid)];
export const shellStep = ({ pid }: Process): Footprint => [PROGRAMS, processName(pid)];
export const programStep = ({ pid }: Process): Footprint => [DEVICES, PROGRAMS, processName(pid)];

/** Called where one process looks at when another goes on, or changes that. Without effect unless the chooser asks for it. */
export function touchProcess({ sim, pid }: Process): void {
  if (sim.touched !== null) sim.touched.add(processName(pid));
}

/** Called where a path or an open file leads to a device, to what /sys and /proc show of one, or to the log of the kernel. */
export function touchDevices({ touched }: Sim): void {
  if (touched !== null) touched.add(DEVICES);
}

/** Called where a process is started. */
export function touchPrograms({ touched }: Sim): void {
  if (touched !== null) touched.add(PROGRAMS);
}

/** The order of the two may matter. */
export function conflict(a: Footprint, b: Footprint): boolean {
  if (a === null || b === null) return true;
  return a.some((name) => b.includes(name));
}
