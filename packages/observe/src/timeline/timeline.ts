// timeline.ts — Makes a timeline of the trace: slices, instants, counters and arrows, a batch at a time.
import { VM_TRACE } from '@dmsim/qemu';
import { RECORD_WIDTH, SIM_TRACE } from '@dmsim/sim';

import type { TraceBatch } from '../events.ts';
import type { Violation } from '../invariants/violation.ts';
import { createTraceEvent, readRecord } from '../trace-event.ts';
import type { Watched } from '../watched.ts';
import { BioTimeline } from './bios.ts';
import { createDaemonTimeline } from './daemon.ts';
import { DeviceTimeline } from './devices.ts';
import type { ChromeTraceWriter } from './json-writer.ts';
import { markViolation } from './mark-violation.ts';
import { createProcessTimeline } from './processes.ts';
import { createTracks } from './tracks.ts';
import { createVmTimeline } from './vms.ts';

export interface Timeline {
  next(batch: TraceBatch): void;
  /** A broken invariant, as an instant of its device and of a track of its own. */
  mark(violation: Violation): void;
  /** Closes what is open at the machine's present instant, and the file. */
  finish(): void;
}

export function createTimeline(machine: Watched, writer: ChromeTraceWriter): Timeline {
  const tracks = createTracks(writer);
  const processes = createProcessTimeline(machine, writer, tracks);
  const bios = new BioTimeline(machine, writer, tracks);
  const devices = new DeviceTimeline(machine, writer, tracks);
  const vms = createVmTimeline(machine, writer, tracks);
  const daemon = createDaemonTimeline(machine, writer, tracks);
  const event = createTraceEvent();
  return {
    next({ records, count }) {
      for (let i = 0; i < count * RECORD_WIDTH; i += RECORD_WIDTH) {
        readRecord(event, records, i);
        event.nth++;
        if (event.point === SIM_TRACE.sched_process_fork.code) processes.started(event);
        else if (event.point === SIM_TRACE.sched_process_exit.code) processes.exited(event);
        else if (event.point === SIM_TRACE.sched_process_exec.code) processes.executes(event);
        else if (event.point === VM_TRACE.vm_event.code) vms.see(event);
        else if (!bios.see(event) && !daemon.see(event)) devices.see(event);
      }
    },
    mark(violation) {
      markViolation(machine, writer, tracks, violation);
    },
    finish() {
      processes.finish();
      vms.finish();
      daemon.finish();
      bios.finish();
      devices.finish();
      writer.finish();
    },
  };
}
