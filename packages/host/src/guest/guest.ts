// guest.ts — The Linux in a VM: it runs scripts, and ends with the VM, with a reset or with a panic.
import type { Vm } from '@dmsim/qemu';
import { isRunning } from '@dmsim/qemu';
import type { Sim } from '@dmsim/sim';
import { printk } from '@dmsim/sim';

import type { OnOutput } from '../start-script.ts';
import { startScript } from '../start-script.ts';
import type { Userland } from '../userland.ts';
import type { GuestClock } from './clock.ts';
import { createGuestClock, enterGuest, Halt, killClock, startClock, stopClock } from './clock.ts';
import { addGuestDisk } from './guest-disk.ts';
import { createGuestMachine } from './guest-machine.ts';

export interface Guest {
  readonly vm: Vm;
  readonly clock: GuestClock;
  readonly machine: Userland;
  panic: boolean;
  /** Scripts that have not ended. */
  readonly jobs: Set<GuestJob>;
}

export interface GuestJob {
  /** Null while it runs. */
  status: number | null;
  readonly onEnd: () => void;
}

/** False once the guest has been halted, by a reset, a panic or the end of its machine. */
export const isUp = (guest: Guest): boolean => !guest.clock.dead;

/** Makes a guest that has booted; the I/O of a boot is not simulated. */
export function bootGuest(host: Sim, vm: Vm): Guest {
  const clock = createGuestClock(host);
  const guest: Guest = {
    vm,
    clock,
    machine: createGuestMachine(clock.sim, (why) => panic(guest, why)),
    panic: false,
    jobs: new Set(),
  };
  enterGuest(clock, () => {
    const counts = new Map<string, number>();
    for (const disk of vm.disks) {
      const index = counts.get(disk.model.name) ?? 0;
      counts.set(disk.model.name, index + 1);
      addGuestDisk(clock, guest.machine.layer, { disk, index });
    }
  });
  vm.processorListeners.push((running) => (running ? startClock : stopClock)(clock));
  vm.disksAreFixed = true;
  vm.resetListeners.push(() => haltGuest(guest));
  if (!isRunning(vm) || vm.processorsPaused) stopClock(clock);
  return guest;
}

/** Ends the guest and drops its processes. */
export function haltGuest(guest: Guest): void {
  if (guest.clock.dead) return;
  killClock(guest.clock);
  for (const job of guest.jobs) job.onEnd();
  guest.jobs.clear();
}

function panic(guest: Guest, why: string): never {
  printk(guest.clock.sim, `Kernel panic - not syncing: ${why}`);
  guest.panic = true;
  haltGuest(guest);
  throw new Halt(why);
}

export interface GuestScript {
  readonly onOutput: OnOutput;
  /** Called when the script has ended, or when it can't end any more. */
  readonly onEnd: () => void;
}

export function runInGuest(guest: Guest, text: string, { onOutput, onEnd }: GuestScript): GuestJob {
  const { clock, machine, jobs } = guest;
  const job: GuestJob = { status: null, onEnd };
  jobs.add(job);
  enterGuest(clock, () => {
    const process = startScript(machine, { name: 'guest', text, argv: ['bash'], onOutput });
    process.atExit.push(() => {
      job.status = process.status;
      jobs.delete(job);
      onEnd();
    });
  });
  return job;
}
