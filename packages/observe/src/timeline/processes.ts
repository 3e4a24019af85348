// processes.ts — A slice per process, on a lane of its own, with how it ended.
import { SIM_TRACE, signalName, unpackName } from '@dmsim/sim';
import type { Signal } from '@dmsim/sim';

import { decode } from '../trace-event.ts';
import type { TraceEvent } from '../trace-event.ts';
import type { Watched } from '../watched.ts';
import type { ChromeTraceWriter } from './json-writer.ts';
import { toMicros } from './json-writer.ts';
import type { Track, Tracks } from './tracks.ts';

export interface ProcessTimeline {
  started(event: TraceEvent): void;
  executes(event: TraceEvent): void;
  exited(event: TraceEvent): void;
  finish(): void;
}

interface Alive {
  readonly since: number;
  readonly lane: Track;
  /** The arguments of its program; empty if it runs none. */
  argv: string;
}

const GROUP = 'processes';
const LANE = 'process';

export function createProcessTimeline(
  machine: Watched,
  writer: ChromeTraceWriter,
  tracks: Tracks,
): ProcessTimeline {
  const alive = new Map<number, Alive>();

  const slice = (pid: number, name: string, until: number): void => {
    const process = alive.get(pid);
    if (process === undefined) return;
    alive.delete(pid);
    const { since, lane, argv } = process;
    const ts = toMicros(since);
    const dur = toMicros(until - since);
    writer.write({ ph: 'X', ...lane, ts, dur, name, cat: 'process', args: { pid, argv } });
    tracks.giveBack(GROUP, LANE, lane);
  };
  return {
    started(event) {
      const { pid } = decode(event, SIM_TRACE.sched_process_fork);
      alive.set(pid, { since: event.at, lane: tracks.lane(GROUP, LANE), argv: '' });
    },
    executes(event) {
      const { pid, argv } = decode(event, SIM_TRACE.sched_process_exec);
      const process = alive.get(pid);
      if (process !== undefined) process.argv = machine.sim.traceNames[argv] ?? '';
    },
    exited(event) {
      const { at } = event;
      const exit = decode(event, SIM_TRACE.sched_process_exit);
      const { pid, status, signal } = exit;
      const lane = alive.get(pid)?.lane;
      const name = unpackName(exit.comm0, exit.comm1, exit.comm2);
      if (lane === undefined) return;
      slice(pid, name, at);
      const how = signal === 0 ? `exit ${status}` : `killed by SIG${signalName(signal as Signal)}`;
      writer.write({ ph: 'i', ...lane, ts: toMicros(at), name: `${name}: ${how}`, s: 't' });
    },
    finish() {
      for (const pid of alive.keys()) {
        slice(pid, machine.sim.processes.get(pid)?.name ?? String(pid), machine.sim.now);
      }
    },
  };
}
