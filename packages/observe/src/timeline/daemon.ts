// daemon.ts — Draws multipathd: a track for each thread, with what it waits for the lock for and does under it, and one for the lock.
import { LOCK_PHASES, MULTIPATHD_TRACE } from '@dmsim/multipathd';

import { decode } from '../trace-event.ts';
import type { TraceEvent } from '../trace-event.ts';
import type { Watched } from '../watched.ts';
import { MULTIPATHD_SENTENCES } from '../words/multipathd-words.ts';
import type { ChromeTraceWriter } from './json-writer.ts';
import { toMicros } from './json-writer.ts';
import { deviceNames } from './names.ts';
import type { Track, Tracks } from './tracks.ts';

export interface DaemonTimeline {
  /** True if the record is one of multipathd's. */
  see(event: TraceEvent): boolean;
  finish(): void;
}

const GROUP = 'multipathd';
const CODES = Object.values(MULTIPATHD_TRACE).map(({ code }) => code);
const [FIRST, LAST] = [Math.min(...CODES), Math.max(...CODES)];
/** `multipathd: checker` is the track `checker`; the first thread has no word of its own. */
const trackName = (thread: string): string => thread.replace(/^multipathd: /, '');

export function createDaemonTimeline(
  machine: Watched,
  writer: ChromeTraceWriter,
  tracks: Tracks,
): DaemonTimeline {
  const { sim } = machine;
  const names = new Map<number, string>();
  /** Slices that are open, by track. */
  const open = new Map<Track, number>();
  const device = deviceNames(machine);
  const text = (n: number): string => sim.traceNames[n] ?? '';

  const track = (pid: number): Track => tracks.track(GROUP, names.get(pid) ?? `thread ${pid}`);
  const begin = (on: Track, at: number, name: string): void => {
    open.set(on, (open.get(on) ?? 0) + 1);
    writer.write({ ph: 'B', ...on, ts: toMicros(at), name });
  };
  const end = (on: Track, at: number): void => {
    const depth = open.get(on) ?? 0;
    if (depth === 0) return;
    open.set(on, depth - 1);
    writer.write({ ph: 'E', ...on, ts: toMicros(at) });
  };
  const lock = (event: TraceEvent): void => {
    const { pid, phase, text: what } = decode(event, MULTIPATHD_TRACE.mpathd_lock);
    const [own, shared] = [track(pid), tracks.track(GROUP, 'the lock is held by')];
    switch (LOCK_PHASES[phase]) {
      case 'waits':
        return begin(own, event.at, `waits for the lock (${text(what)})`);
      case 'holds':
        // Its wait is over.
        end(own, event.at);
        begin(own, event.at, text(what));
        return begin(shared, event.at, `${names.get(pid) ?? pid}: ${text(what)}`);
      case 'gives up':
        return end(own, event.at);
      case 'frees':
        end(own, event.at);
        return end(shared, event.at);
      case undefined:
    }
  };
  return {
    see(event) {
      const { point, at } = event;
      if (point < FIRST || point > LAST) return false;
      if (point === MULTIPATHD_TRACE.mpathd_thread.code) {
        const { pid, name } = decode(event, MULTIPATHD_TRACE.mpathd_thread);
        names.set(pid, trackName(text(name)));
      } else if (point === MULTIPATHD_TRACE.mpathd_lock.code) lock(event);
      else {
        const say = MULTIPATHD_SENTENCES.find(({ code }) => code === point)?.say;
        const name = say?.(event, { device, text }) ?? '';
        const events = tracks.track(GROUP, 'paths and maps');
        writer.write({ ph: 'i', ...events, ts: toMicros(at), name, s: 't' });
      }
      return true;
    },
    finish() {
      for (const [on, depth] of open) for (let i = 0; i < depth; i++) end(on, sim.now);
    },
  };
}
