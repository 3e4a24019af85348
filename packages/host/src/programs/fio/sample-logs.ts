// sample-logs.ts — write_lat_log, write_bw_log, write_iops_log: a line for each I/O, or for each window of log_avg_msec. After fio's iolog.c: flush_samples.
import type { Nanos } from '@dmsim/sim';

import type { Direction, Logs } from './job-options.ts';
import { DIRECTIONS } from './job-options.ts';

/** The most lines that a log may hold. */
const MAX_LINES = 4_000_000;

interface Window {
  start: Nanos;
  readonly sum: Record<Direction, number>;
  readonly count: Record<Direction, number>;
}

interface Log {
  readonly name: string;
  readonly lines: string[];
  readonly window: Window;
}

export interface SampleLogs {
  readonly logs: Logs;
  readonly kinds: ReadonlyMap<LogKind, Log>;
}

type LogKind = 'lat' | 'clat' | 'slat' | 'bw' | 'iops';

export function createSampleLogs(logs: Logs): SampleLogs | null {
  const kinds = new Map<LogKind, Log>();
  const add = (kind: LogKind, name: string | null): void => {
    if (name === null) return;
    const window = {
      start: 0,
      sum: { read: 0, write: 0, trim: 0 },
      count: { read: 0, write: 0, trim: 0 },
    };
    kinds.set(kind, { name, lines: [], window });
  };
  for (const kind of ['lat', 'clat', 'slat'] as const) add(kind, logs.lat);
  add('bw', logs.bw);
  add('iops', logs.iops);
  return kinds.size === 0 ? null : { logs, kinds };
}

export interface LoggedIo {
  readonly direction: Direction;
  readonly length: number;
  readonly latency: Nanos;
}

/** Notes an I/O that ended `at` ns after the job's start. */
export function logIo(logs: SampleLogs, at: Nanos, io: LoggedIo): void {
  const kilobytes = io.latency === 0 ? 0 : Math.floor((io.length * 1e6) / io.latency);
  add(logs, 'lat', at, { io, value: io.latency });
  add(logs, 'clat', at, { io, value: io.latency });
  add(logs, 'slat', at, { io, value: 0 });
  add(logs, 'bw', at, { io, value: kilobytes });
  add(logs, 'iops', at, { io, value: 1 });
}

interface Sample {
  readonly io: LoggedIo;
  readonly value: number;
}

const CODE: Readonly<Record<Direction, number>> = { read: 0, write: 1, trim: 2 };

function add({ logs, kinds }: SampleLogs, kind: LogKind, at: Nanos, { io, value }: Sample): void {
  const log = kinds.get(kind);
  if (log === undefined || log.lines.length >= MAX_LINES) return;
  if (logs.averageMs === 0) {
    log.lines.push(`${ms(at)}, ${value}, ${CODE[io.direction]}, ${io.length}, 0\n`);
    return;
  }
  const { window } = log;
  const width = logs.averageMs * 1e6;
  if (at - window.start >= width) closeWindow(log, kind, width, at);
  // Throughput counts the bytes of the window. A latency is the mean of the I/Os that ended in it.
  window.sum[io.direction] += kind === 'bw' ? io.length : value;
  window.count[io.direction]++;
}

function closeWindow(log: Log, kind: LogKind, width: Nanos, now: Nanos): void {
  const { window, lines } = log;
  const end = window.start + width;
  for (const way of DIRECTIONS) {
    const count = window.count[way];
    if (count === 0) continue;
    const sum = window.sum[way];
    const value =
      kind === 'bw'
        ? (sum * 1e9) / width / 1024
        : kind === 'iops'
          ? (sum * 1e9) / width
          : sum / count;
    lines.push(`${ms(end)}, ${Math.floor(value)}, ${CODE[way]}, 0, 0\n`);
    window.sum[way] = 0;
    window.count[way] = 0;
  }
  window.start += Math.floor((now - window.start) / width) * width;
}

const ms = (ns: Nanos): number => Math.floor(ns / 1e6);

/** Returns the names and contents of the files, once the job has ended. */
export function logFiles(
  { kinds }: SampleLogs,
  job: string,
  number: number,
): { readonly name: string; readonly text: string }[] {
  return [...kinds].map(([kind, log]) => ({
    name: `${log.name === '' ? job : log.name}_${kind}.${number}.log`,
    text: log.lines.join(''),
  }));
}
