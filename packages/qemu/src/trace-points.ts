// trace-points.ts — What a VM tells whoever listens to the trace: its QMP events. Codes from 60 up.
import type { Sim } from '@dmsim/sim';
import { record } from '@dmsim/sim';

/** Arguments: number of the VM's name, number of the event's text (`vmTraceName`). */
export const VM_TRACE = { vm_event: 60 } as const;

/** Records are numbers: names stand in a list of their own, per world. */
const names = new WeakMap<Sim, string[]>();

export function traceVmEvent(sim: Sim, vm: string, text: string): void {
  if (sim.trace === null) return;
  record(sim.trace, sim.now, VM_TRACE.vm_event, numberOf(sim, vm), numberOf(sim, text));
}

function numberOf(sim: Sim, name: string): number {
  const known = names.get(sim) ?? [];
  names.set(sim, known);
  const at = known.indexOf(name);
  return at >= 0 ? at : known.push(name) - 1;
}

export const vmTraceName = (sim: Sim, n: number): string => names.get(sim)?.[n] ?? '';
