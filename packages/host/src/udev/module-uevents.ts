// module-uevents.ts — Sends the uevents of modules, and of the bus that scsi_debug brings along. Mirrors kernel/module/main.c: do_init_module, and drivers/scsi/scsi_debug.c: scsi_debug_init, scsi_debug_exit.
import type { Machine } from '../machine.ts';
import { broadcast, passesUnheard } from '../uevent-bus.ts';

export const moduleUevent = (machine: Machine, name: string, action: 'add' | 'remove'): void =>
  send(machine, { action, devpath: `/module/${name}`, subsystem: 'module' });

const BUS = { devpath: '/bus/pseudo', subsystem: 'bus' };
const DRIVER = { devpath: '/bus/pseudo/drivers/scsi_debug', subsystem: 'drivers' };

export function pseudoBusUevents(machine: Machine, action: 'add' | 'remove'): void {
  for (const each of action === 'add' ? [BUS, DRIVER] : [DRIVER, BUS])
    send(machine, { action, ...each });
}

function send(
  { uevents, sim }: Machine,
  {
    action,
    devpath,
    subsystem,
  }: Readonly<Record<'devpath' | 'subsystem', string>> & {
    readonly action: 'add' | 'remove';
  },
): void {
  if (passesUnheard(uevents)) return;
  broadcast(uevents, { action, devpath, variables: [['SUBSYSTEM', subsystem]] }, sim.now);
}
