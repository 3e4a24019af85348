// clock.ts — A guest's clock: a world of its own inside the host's, which stops while the VM is stopped.
import type { Nanos, Sim, SimEvent } from '@dmsim/sim';
import { cancel, createEvent, createSim, run, schedule } from '@dmsim/sim';

/** The host's event that stands for the next event of the guest. */
export interface GuestClock {
  readonly host: Sim;
  readonly sim: Sim;
  /** Host time minus guest time. */
  offset: Nanos;
  /** The host's time when the VM stopped; null while it runs. */
  stoppedAt: Nanos | null;
  /** Interrupts that came while the VM was stopped; the processor takes them once it runs. */
  readonly pending: (() => void)[];
  /** True once the guest has ended for good. */
  dead: boolean;
  readonly step: SimEvent;
  /** True if only polls are left in the guest, so the run may have hung. */
  readonly poll: SimEvent;
}

export function createGuestClock(host: Sim): GuestClock {
  const fire = (): void => stepGuest(clock);
  const clock: GuestClock = {
    host,
    sim: createSim({
      seed: host.seed,
      chooser: host.chooser,
      variesCosts: host.variesCosts,
    }),
    offset: host.now,
    stoppedAt: null,
    pending: [],
    dead: false,
    step: createEvent('guest', undefined, fire),
    poll: createEvent('guest', undefined, fire, { background: true }),
  };
  return clock;
}

/** Thrown where a guest's kernel stops for good. */
export class Halt extends Error {
  override readonly name = 'Halt';
}

function untilHalt(fn: () => void): void {
  try {
    fn();
  } catch (error) {
    if (!(error instanceof Halt)) throw error;
  }
}

const guestNow = ({ host, offset, stoppedAt }: GuestClock): Nanos =>
  (stoppedAt ?? host.now) - offset;

/** Everything from outside enters the guest here: its clock is set before, and its next step is planned afterwards. */
export function enterGuest(clock: GuestClock, fn: () => void): void {
  if (clock.dead) return;
  if (clock.stoppedAt !== null) {
    clock.pending.push(fn);
    return;
  }
  clock.sim.now = guestNow(clock);
  untilHalt(fn);
  plan(clock);
}

function stepGuest(clock: GuestClock): void {
  if (clock.dead || clock.stoppedAt !== null) return;
  const { sim } = clock;
  sim.now = guestNow(clock);
  untilHalt(() => run(sim, { maxEvents: 1, until: sim.now }));
  plan(clock);
}

function plan(clock: GuestClock): void {
  const { host, sim, step, poll, dead, stoppedAt } = clock;
  cancel(host, step);
  cancel(host, poll);
  if (dead || stoppedAt !== null) return;
  if (sim.readyHead < sim.ready.length) {
    schedule(host, step, 0);
    return;
  }
  const at = sim.queue.nextAt();
  if (at === Infinity) return;
  schedule(host, sim.queue.foreground > 0 ? step : poll, Math.max(0, at - guestNow(clock)));
}

/** Whether no vCPU runs. */
export function stopClock(clock: GuestClock): void {
  clock.stoppedAt ??= clock.host.now;
  plan(clock);
}

/** The guest does not know that time has passed. */
export function startClock(clock: GuestClock): void {
  if (clock.stoppedAt === null) return;
  clock.offset += clock.host.now - clock.stoppedAt;
  clock.stoppedAt = null;
  for (const fn of clock.pending.splice(0)) enterGuest(clock, fn);
  plan(clock);
}

export function killClock(clock: GuestClock): void {
  clock.dead = true;
  clock.pending.length = 0;
  plan(clock);
}
