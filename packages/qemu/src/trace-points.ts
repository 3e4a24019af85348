// trace-points.ts — The trace point of a VM: its QMP events. Codes 60–69.
import type { Sim } from '@dmsim/sim';
import { record, traceName } from '@dmsim/sim';

import type { JsonObject } from './qmp/json.ts';

/** `vm` and `text` index `sim.traceNames`: the VM's name, and the event in short, as in `BLOCK_IO_ERROR stop`. */
export const VM_TRACE = {
  vm_event: { code: 60, fields: ['vm', 'text'] },
} as const;

/** Records an event of the virtual machine with the name `vm`, if someone listens. */
export function traceVmEvent(
  sim: Sim,
  vm: string,
  { event, data }: { readonly event: string; readonly data: JsonObject | undefined },
): void {
  if (sim.trace === null) return;
  const point = VM_TRACE.vm_event.code;
  record(sim, point, traceName(sim, vm), traceName(sim, shortText(event, data)));
}

/** The event's name with the important part of its data. */
function shortText(event: string, data: JsonObject | undefined): string {
  const action = data?.['action'] ?? data?.['status'];
  return typeof action === 'string' ? `${event} ${action}` : event;
}
