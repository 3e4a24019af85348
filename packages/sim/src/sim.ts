// sim.ts — One simulated world: its clock, its events and processes, and the loop that runs it.
import { assert } from './assert.ts';
import type { Chooser } from './chooser.ts';
import { EventQueue } from './event-queue.ts';
import type { LogLine } from './kernel-log.ts';
import type { Limits } from './limits.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { Process } from './process.ts';
import type { SimEvent } from './sim-event.ts';
import { createEvent, isScheduled, PLACE } from './sim-event.ts';
import { gather, gatherWithSlack, returnEarly } from './slack.ts';
import { fifo } from './strategies/fifo.ts';
import type { Nanos } from './time.ts';
import type { Trace } from './trace.ts';

export interface Sim {
  now: Nanos;
  readonly queue: EventQueue;
  /** Events due at this instant, in order of scheduling; with slack, also those that may go before them. The chooser picks one. */
  readonly ready: SimEvent[];
  /** `fifo` consumes `ready` from here on instead of shifting it. */
  readyHead: number;
  /** Change these four with `setChooser`. */
  chooser: Chooser;
  /** Events that are due within this many ns of the first event may go before it; see `slack.ts`. */
  slack: Nanos;
  /** Commands and devices take a time that the chooser draws; see `vary.ts`. */
  variesCosts: boolean;
  /** The things that the current event has touched (`touchProcess`); null: nobody asks. */
  touched: Set<string> | null;
  seed: number;
  trace: Trace | null;
  /** Names that records of the trace refer to by number (`traceName`). */
  readonly traceNames: string[];
  /** The index of each name in `traceNames`. */
  readonly traceNumbers: Map<string, number>;
  /** Whether the arguments of each program are put into the trace. */
  tracesArguments: boolean;
  /** The submitter of the last bio, as the trace has it. */
  readonly submitter: { process: Process | null; line: number };
  /** The kernel's log. */
  readonly log: LogLine[];
  /** Processes that live or have not been waited for, by pid. */
  readonly processes: Map<number, Process>;
  nextPid: number;
  /** The process whose step is running; null in interrupts, timers and work items. */
  current: Process | null;
  /** In whose step an error was thrown that ends the run. */
  failed: Process | null;
  /** Where the run that is under way ends at the latest. */
  until: Nanos;
  /** The limits of a lab. */
  readonly limits: Limits;
  /** Events fired so far, and how many of them before the clock last moved. */
  events: number;
  eventsBefore: number;
}

export interface SimOptions extends ChoiceOptions {
  readonly chooser?: Chooser;
  /** Seeds every random stream of this world; a 32-bit integer. */
  readonly seed?: number;
  /** Limits that differ from `DEFAULT_LIMITS`. */
  readonly limits?: Partial<Limits>;
}

/** How much there is to choose. A real machine has both, but a run of `fifo` needs neither. */
export interface ChoiceOptions {
  /** In ns. @defaultValue 0: only what is due at one instant */
  readonly slack?: Nanos;
  /** @defaultValue false */
  readonly variesCosts?: boolean;
}

export function createSim({
  chooser = fifo,
  seed = 1,
  slack = 0,
  variesCosts = false,
  limits = {},
}: SimOptions = {}): Sim {
  return {
    now: 0,
    queue: new EventQueue(),
    ready: [],
    readyHead: 0,
    chooser,
    slack,
    variesCosts,
    touched: chooser.touched ?? null,
    seed,
    trace: null,
    traceNames: [],
    traceNumbers: new Map(),
    tracesArguments: false,
    submitter: { process: null, line: 0 },
    log: [],
    processes: new Map(),
    nextPid: 100,
    current: null,
    failed: null,
    until: 0,
    limits: { ...DEFAULT_LIMITS, ...limits },
    events: 0,
    eventsBefore: 0,
  };
}

/** Sets the chooser from now on, and how much it may choose among. */
export function setChooser(
  sim: Sim,
  chooser: Chooser,
  { slack = 0, variesCosts = false }: ChoiceOptions = {},
): void {
  sim.ready.splice(0, sim.readyHead);
  sim.readyHead = 0;
  returnEarly(sim);
  sim.chooser = chooser;
  sim.slack = slack;
  sim.variesCosts = variesCosts;
  sim.touched = chooser.touched ?? null;
}

/** Makes `event` due `delay` ns from now (≥ 0). It must not be scheduled already. */
export function schedule(sim: Sim, event: SimEvent, delay: Nanos): void {
  // Checked before the event changes, since its place in the queue depends on its time.
  assert(!isScheduled(event), 'an event is scheduled once at a time');
  if (delay > 0) {
    event.at = sim.now + delay;
    sim.queue.push(event);
  } else {
    makeReady(sim, event, delay);
  }
}

function makeReady(sim: Sim, event: SimEvent, delay: Nanos): void {
  assert(delay === 0, 'nothing can be due in the past');
  event.at = sim.now;
  event.place = PLACE.READY;
  sim.ready.push(event);
}

/** Schedules the event at another time, whether or not it was scheduled (mod_timer). */
export function reschedule(sim: Sim, event: SimEvent, delay: Nanos): void {
  cancel(sim, event);
  schedule(sim, event, delay);
}

/** Cancels the event. False if it was not scheduled (del_timer). */
export function cancel(sim: Sim, event: SimEvent): boolean {
  if (!isScheduled(event)) return false;
  if (event.place === PLACE.READY) {
    const i = sim.ready.indexOf(event, sim.readyHead);
    assert(i >= 0, 'a ready event is in the ready list');
    removeAt(sim.ready, i);
    event.place = PLACE.IDLE;
    return true;
  }
  sim.queue.cancel(event);
  return true;
}

/** Calls `fn` once, `delay` ns from now, and returns the event, which can be cancelled. It allocates, so it is not for hot paths. */
export function after(sim: Sim, delay: Nanos, name: string, fn: () => void): SimEvent {
  const event = createEvent(name, fn, callFunction);
  schedule(sim, event, delay);
  return event;
}

function callFunction(fn: () => void): void {
  fn();
}

/** Why a run ended. */
export type RunOutcome =
  | { readonly kind: 'idle' }
  | { readonly kind: 'stopped' }
  /** Only polls were left for `hungAfter` ns while processes waited, or nothing was left at all. */
  | { readonly kind: 'hung' }
  | { readonly kind: 'limit'; readonly limit: 'maxEvents' | 'maxEventsPerInstant' | 'until' };

export interface RunOptions {
  /** Called after each event; true ends the run as `stopped`. */
  readonly stop?: () => boolean;
  /** Virtual time at which the run ends (`limit: 'until'`), in ns. @defaultValue the end of time */
  readonly until?: Nanos;
  /** @defaultValue 100 million */
  readonly maxEvents?: number;
  /** Events at one instant: a livelock ends here. @defaultValue 1 million */
  readonly maxEventsPerInstant?: number;
  /** How long polls alone may go on before the run has hung, in ns. @defaultValue 600 s */
  readonly hungAfter?: Nanos;
}

const RUN_DEFAULTS = {
  // An event at Infinity is never due.
  until: Number.MAX_VALUE,
  maxEvents: 1e8,
  maxEventsPerInstant: 1e6,
  hungAfter: 600e9,
};

/** A run under way: what it may still use. */
export interface Run {
  readonly sim: Sim;
  readonly stop: (() => boolean) | null;
  readonly until: Nanos;
  readonly hungAfter: Nanos;
  readonly maxEventsPerInstant: number;
  /** The value of `sim.events` at which it has had all its events. */
  readonly lastEvent: number;
  readonly polls: Polls;
}

/** Nothing happens until `continueRun`. */
export function startRun(sim: Sim, options: RunOptions = {}): Run {
  sim.eventsBefore = sim.events;
  return {
    sim,
    stop: options.stop ?? null,
    until: options.until ?? RUN_DEFAULTS.until,
    hungAfter: options.hungAfter ?? RUN_DEFAULTS.hungAfter,
    maxEventsPerInstant: options.maxEventsPerInstant ?? RUN_DEFAULTS.maxEventsPerInstant,
    lastEvent: sim.events + (options.maxEvents ?? RUN_DEFAULTS.maxEvents),
    polls: { since: sim.now, next: sim.events },
  };
}

/** Runs until nothing is due, `stop` says so, or a limit is reached. */
export function run(sim: Sim, options: RunOptions = {}): RunOutcome {
  return continueRun(startRun(sim, options), Infinity) as RunOutcome;
}

/** Null when it has run `events` events and could go on: in how many pieces a run is done changes nothing in it. */
export function continueRun(run: Run, events: number): RunOutcome | null {
  const outcome = loop(run, events);
  if (outcome !== null && run.sim.slack > 0) returnEarly(run.sim);
  return outcome;
}

function loop(run: Run, events: number): RunOutcome | null {
  const { sim, stop, until, hungAfter, maxEventsPerInstant, lastEvent, polls } = run;
  const pauseAt = Math.min(sim.events + events, lastEvent);
  sim.until = until;
  for (;;) {
    if (stop !== null && stop()) return { kind: 'stopped' };
    const event = takeNext(sim, until);
    if (event === null) return outOfEvents(sim);
    if (event.background && sim.queue.foreground === 0 && pollsFor(sim, polls) > hungAfter) {
      return { kind: 'hung' };
    }
    (event.fire as (owner: unknown) => void)(event.owner);
    sim.events++;
    if (sim.events - sim.eventsBefore >= maxEventsPerInstant) {
      return { kind: 'limit', limit: 'maxEventsPerInstant' };
    }
    if (sim.events >= pauseAt) {
      return sim.events >= lastEvent ? { kind: 'limit', limit: 'maxEvents' } : null;
    }
  }
}

/** True if only polls are due, which change nothing by themselves. */
export const onlyPollsAreDue = (sim: Sim): boolean =>
  sim.queue.foreground === 0 && sim.readyHead === sim.ready.length;

/** A series of polls with nothing in between: since when, and the number of the event after them. */
interface Polls {
  since: Nanos;
  next: number;
}

/** For how long only polls have fired, including the one that is about to fire. */
function pollsFor(sim: Sim, polls: Polls): Nanos {
  if (sim.events !== polls.next) polls.since = sim.now;
  polls.next = sim.events + 1;
  return sim.now - polls.since;
}

function outOfEvents(sim: Sim): RunOutcome {
  if (sim.queue.length > 0) return { kind: 'limit', limit: 'until' };
  return { kind: sim.processes.size > 0 ? 'hung' : 'idle' };
}

/** Takes the next event, and moves the clock to it if none is due now; null if there is none until `until`. */
function takeNext(sim: Sim, until: Nanos): SimEvent | null {
  if (sim.readyHead < sim.ready.length) return takeReady(sim, until);
  const { queue } = sim;
  const event = queue.find();
  if (event === null || event.at > until) return null;
  sim.now = event.at;
  sim.eventsBefore = sim.events;
  if (sim.chooser !== fifo) return takeChosen(sim, until);
  queue.take(event);
  return event;
}

function takeReady(sim: Sim, until: Nanos): SimEvent {
  if (sim.chooser !== fifo) return takeChosen(sim, until);
  // Events in the queue for this instant were scheduled before the instant began, so they precede all that are ready.
  const due = sim.queue.find();
  if (due !== null && due.at === sim.now) {
    sim.queue.take(due);
    return due;
  }
  const event = sim.ready[sim.readyHead++] as SimEvent;
  if (sim.readyHead === sim.ready.length) {
    // To set the length of an array is a call into V8's C++.
    while (sim.ready.length > 0) sim.ready.pop();
    sim.readyHead = 0;
  }
  event.place = PLACE.IDLE;
  return event;
}

/** `splice` makes an array of what it takes. */
function removeAt(events: SimEvent[], i: number): void {
  for (let next = i + 1; next < events.length; next++) {
    events[next - 1] = events[next] as SimEvent;
  }
  events.pop();
}

/** Takes one of the events that are due by the end of the slack. The clock moves to it, but never back. */
function takeChosen(sim: Sim, until: Nanos): SimEvent {
  const { ready, chooser, slack } = sim;
  if (slack === 0) gather(sim);
  const n = slack === 0 ? ready.length : gatherWithSlack(sim, until);
  const candidates = n === ready.length ? ready : ready.slice(0, n);
  const i = n > 1 || chooser.seesAll ? chooser.pick(candidates, sim.now) : 0;
  const event = ready[i];
  assert(event !== undefined, 'the chooser picks one of the ready events');
  removeAt(ready, i);
  event.place = PLACE.IDLE;
  if (event.at > sim.now) {
    sim.now = event.at;
    sim.eventsBefore = sim.events;
  }
  return event;
}
