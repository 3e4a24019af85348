// trace-points.ts — The trace point of a VM: its QMP events. Codes 60–69.
import type { Sim } from '@dmsim/sim';
import { record, traceName } from '@dmsim/sim';

/** `vm` and `text` index `sim.traceNames`: the VM's name, and the event's name with the important part of its data. */
export const VM_TRACE = {
  vm_event: { code: 60, fields: ['vm', 'text'] },
} as const;

export function traceVmEvent(sim: Sim, vm: string, text: string): void {
  if (sim.trace === null) return;
  const point = VM_TRACE.vm_event.code;
  record(sim.trace, sim.now, point, traceName(sim, vm), traceName(sim, text));
}
