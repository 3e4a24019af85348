// footprint.ts — What an event reads or changes, by name. Events whose footprints share nothing may go in either order, and
// `exhaustive` runs one of the two.
//
// A footprint is what the event declares where it is made (`EventOptions.touches`) and what it was seen to touch as it ran:
// whose wait it ended, to whom it sent a signal.
import type { Process } from './process.ts';

/** Names of what is touched; null: anything. */
export type Footprint = readonly string[] | null;

/** The machine, but not when each process goes on: a process's step can do anything to it, and so can a work item. */
export const WORLD = 'world';
export const TOUCHES_WORLD: Footprint = [WORLD];

const PROCESS = 'process ';

/** Whether a process waits, for what, until when, and its signals. */
export const processName = (pid: number): string => `${PROCESS}${pid}`;

/** Called where one process looks at when another goes on, or changes that. Without effect unless the chooser asks for it. */
export function touchProcess({ sim, pid }: Process): void {
  if (sim.touched !== null) sim.touched.add(processName(pid));
}

/** The order of the two may matter. */
export function conflict(a: Footprint, b: Footprint): boolean {
  if (a === null || b === null) return true;
  return a.some((name) => b.includes(name)) || spans(a, b) || spans(b, a);
}

/** The world is every disk and map, too. */
const spans = (a: readonly string[], b: readonly string[]): boolean =>
  a.includes(WORLD) && b.some((name) => !name.startsWith(PROCESS));
