// causes.ts — Picks the events that led to a failure from those of the whole run. It leaves out, and counts, the events of
// other bios, devices and processes.
//
// The search begins with the bio, device or process that failed. A bio leads to the devices that it was on and to the process
// that sent it; a device leads to the events that changed its state (tables, suspends, paths), and to the processes behind them.
// It never goes from a device to the other bios on it, nor from a process to the one that started it: then everything would
// have to do with everything.
import type { RunEvent, TracedChoice, TracedRun } from './traced-run.ts';

export interface Causes {
  /** Events and choices, in order. */
  readonly shown: readonly (RunEvent | TracedChoice)[];
  /** How many events were left out, by why; without those that are 0. */
  readonly leftOut: Readonly<Record<string, number>>;
}

interface Related {
  readonly bios: Set<number>;
  readonly devs: Set<number>;
  readonly pids: Set<number>;
}

/** Null for a run that did not fail: it has no causes. */
export function causesOf(traced: TracedRun): Causes | null {
  const events = upToFailure(traced);
  const related = rootsOf(traced, events);
  if (related === null) return null;
  const all = related.bios.size + related.devs.size + related.pids.size === 0;
  if (!all) spread(related, events);
  const isShown = (event: RunEvent): boolean => all || isRelated(event, related);
  const leftOut: Record<string, number> = {};
  for (const event of events) {
    if (isShown(event)) continue;
    const why = subjectOf(event);
    leftOut[why] = (leftOut[why] ?? 0) + 1;
  }
  return { shown: withChoices(traced, events, isShown), leftOut };
}

/** Events after the invariant was broken did not lead to it. */
function upToFailure({ events, run }: TracedRun): readonly RunEvent[] {
  const [violation] = run.violations;
  return violation === undefined ? events : events.filter(({ at }) => at <= violation.at);
}

/** All empty: it failed, and nothing says what that is about. */
function rootsOf({ run, waiting }: TracedRun, events: readonly RunEvent[]): Related | null {
  const { ending } = run.outcome;
  const [violation] = run.violations;
  const related: Related = { bios: new Set(), devs: new Set(), pids: new Set() };
  if (violation !== undefined) {
    const { bioId, dev } = violation;
    if (bioId !== undefined) related.bios.add(bioId);
    if (dev !== undefined) related.devs.add(dev);
    return related;
  }
  switch (ending.kind) {
    case 'hung':
    case 'limit':
    case 'crashed':
      for (const pid of waiting) related.pids.add(pid);
      for (const bio of unended(events)) related.bios.add(bio);
      return related;
    case 'exited':
      if (ending.status === 0) return null;
      addFailed(related, events);
      return related;
    case 'refused':
      return null;
  }
}

function unended(events: readonly RunEvent[]): Set<number> {
  const bios = new Set<number>();
  for (const { bio, point } of events) {
    if (bio === null) continue;
    if (point === 'block_bio_complete') bios.delete(bio);
    else bios.add(bio);
  }
  return bios;
}

/** I/O and programs that failed; the shell itself ends with the status of one of them. */
function addFailed({ bios, pids }: Related, events: readonly RunEvent[]): void {
  const shell = events.find(({ pids: [pid] }) => pid !== undefined)?.pids[0];
  for (const { status, point, bio, pids: ended } of events) {
    if (status === 0) continue;
    if (point === 'block_bio_complete' && bio !== null) bios.add(bio);
    if (point !== 'sched_process_exit') continue;
    for (const pid of ended) if (pid !== shell) pids.add(pid);
  }
}

function isRelated({ bio, devs, pids }: RunEvent, related: Related): boolean {
  if (bio !== null) return related.bios.has(bio);
  if (devs.length > 0) return devs.some((dev) => related.devs.has(dev));
  // For a fork, the process that is started counts.
  return pids[0] !== undefined && related.pids.has(pids[0]);
}

/** Until nothing is added any more. */
function spread(related: Related, events: readonly RunEvent[]): void {
  const size = (): number => related.bios.size + related.devs.size + related.pids.size;
  for (let before = -1; before < size();) {
    before = size();
    for (const event of events) {
      if (!isRelated(event, related)) continue;
      for (const dev of event.devs) related.devs.add(dev);
      const { actor, bio, point } = event;
      // A bio is sent by one process; others only happen to run while it goes on.
      if (actor !== null && (bio === null || point === 'block_bio_queue')) related.pids.add(actor);
    }
  }
}

function subjectOf({ bio, devs, pids }: RunEvent): string {
  if (bio !== null) return 'of other bios';
  if (devs.length > 0) return 'of other devices';
  return pids.length > 0 ? 'of other processes' : 'of virtual machines';
}

function withChoices(
  { choices, dropped }: TracedRun,
  events: readonly RunEvent[],
  isShown: (event: RunEvent) => boolean,
): (RunEvent | TracedChoice)[] {
  const shown: (RunEvent | TracedChoice)[] = [];
  let next = 0;
  for (const [i, event] of events.entries()) {
    for (; (choices[next]?.after ?? Infinity) <= dropped + i; next++) {
      shown.push(choices[next] as TracedChoice);
    }
    if (isShown(event)) shown.push(event);
  }
  return shown;
}
