// processes.ts — A slice per process, on a lane of its own, with how it ended.
import { signalName, unpackName } from '@dmsim/sim';
import type { Signal } from '@dmsim/sim';

import type { TraceEvent } from '../invariants/trace-event.ts';
import type { Watched } from '../watched.ts';
import type { ChromeTraceWriter } from './json-writer.ts';
import { toMicros } from './json-writer.ts';
import type { Track, Tracks } from './tracks.ts';

export interface ProcessTimeline {
  started(event: TraceEvent): void;
  exited(event: TraceEvent): void;
  finish(): void;
}

const GROUP = 'processes';
const LANE = 'process';

export function createProcessTimeline(
  machine: Watched,
  writer: ChromeTraceWriter,
  tracks: Tracks,
): ProcessTimeline {
  const alive = new Map<number, { readonly since: number; readonly lane: Track }>();

  const slice = (pid: number, name: string, until: number): void => {
    const process = alive.get(pid);
    if (process === undefined) return;
    alive.delete(pid);
    const { since, lane } = process;
    const ts = toMicros(since);
    const dur = toMicros(until - since);
    writer.write({ ph: 'X', ...lane, ts, dur, name, cat: 'process', args: { pid } });
    tracks.giveBack(GROUP, LANE, lane);
  };
  return {
    // pid
    started({ dev: pid, at }) {
      alive.set(pid, { since: at, lane: tracks.lane(GROUP, LANE) });
    },
    // pid, status, signal, name in three numbers
    exited({ dev: pid, id: status, op: signal, sector, nrSectors, extra, at }) {
      const lane = alive.get(pid)?.lane;
      const name = unpackName(sector, nrSectors, extra);
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
