// vms.ts — Draws a group per virtual machine: its QMP events as instants, and slices while it is stopped.
import { VM_TRACE } from '@dmsim/qemu';

import { decode } from '../trace-event.ts';
import type { TraceEvent } from '../trace-event.ts';
import type { Watched } from '../watched.ts';
import type { ChromeTraceWriter } from './json-writer.ts';
import { toMicros } from './json-writer.ts';
import type { Track, Tracks } from './tracks.ts';

export interface VmTimeline {
  see(event: TraceEvent): void;
  finish(): void;
}

export function createVmTimeline(
  { sim }: Watched,
  writer: ChromeTraceWriter,
  tracks: Tracks,
): VmTimeline {
  const stopped = new Map<string, Track>();
  const go = (vm: string, at: number): void => {
    const track = stopped.get(vm);
    if (track === undefined) return;
    stopped.delete(vm);
    writer.write({ ph: 'E', ...track, ts: toMicros(at) });
  };
  return {
    see(event) {
      const { at } = event;
      const numbers = decode(event, VM_TRACE.vm_event);
      const vm = `VM ${sim.traceNames[numbers.vm] ?? ''}`;
      const name = sim.traceNames[numbers.text] ?? '';
      const ts = toMicros(at);
      writer.write({ ph: 'i', ...tracks.track(vm, 'events'), ts, name, s: 't' });
      if (name === 'RESUME') go(vm, at);
      if (name !== 'STOP' || stopped.has(vm)) return;
      const track = tracks.track(vm, 'run state');
      stopped.set(vm, track);
      writer.write({ ph: 'B', ...track, ts, name: 'stopped' });
    },
    finish() {
      for (const vm of stopped.keys()) go(vm, sim.now);
    },
  };
}
