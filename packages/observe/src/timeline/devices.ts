// devices.ts — Draws mapped devices and their paths: suspends and tables as slices, path events as instants.
import { DM_TRACE, SUSPEND_PHASES } from '@dmsim/dm';
import { MULTIPATH_TRACE, QUEUE_IF_NO_PATH_REASONS } from '@dmsim/multipath';

import { decode } from '../trace-event.ts';
import type { TraceEvent } from '../trace-event.ts';
import type { Watched } from '../watched.ts';
import type { ChromeTraceWriter } from './json-writer.ts';
import { toMicros } from './json-writer.ts';
import { deviceNames } from './names.ts';
import type { Tracks } from './tracks.ts';

export class DeviceTimeline {
  readonly #machine: Watched;
  readonly #writer: ChromeTraceWriter;
  readonly #tracks: Tracks;
  readonly #name: (dev: number) => string;
  /** Tracks with an open slice. */
  readonly #open: Map<string, { readonly dev: number; readonly track: string }> = new Map();

  constructor(machine: Watched, writer: ChromeTraceWriter, tracks: Tracks) {
    this.#machine = machine;
    this.#writer = writer;
    this.#tracks = tracks;
    this.#name = deviceNames(machine);
  }

  see(event: TraceEvent): void {
    if (event.point >= MULTIPATH_TRACE.mpath_path_failed.code) this.#seeMultipath(event);
    else this.#seeCore(event);
  }

  finish(): void {
    for (const { dev, track } of this.#open.values())
      this.#close(dev, track, this.#machine.sim.now);
  }

  #begin(dev: number, track: string, { name, at }: Titled): void {
    this.#close(dev, track, at);
    this.#open.set(`${dev} ${track}`, { dev, track });
    const to = this.#tracks.track(this.#name(dev), track);
    this.#writer.write({ ph: 'B', ...to, ts: toMicros(at), name });
  }

  #close(dev: number, track: string, at: number): void {
    if (!this.#open.delete(`${dev} ${track}`)) return;
    this.#writer.write({
      ph: 'E',
      ...this.#tracks.track(this.#name(dev), track),
      ts: toMicros(at),
    });
  }

  #instant(dev: number, { name, at }: Titled): void {
    const track = this.#tracks.track(this.#name(dev), 'state');
    this.#writer.write({ ph: 'i', ...track, ts: toMicros(at), name, s: 't' });
  }

  #seeCore(event: TraceEvent): void {
    const { dev, at, point } = event;
    switch (point) {
      case DM_TRACE.dm_suspend.code:
        return this.#suspend(event);
      case DM_TRACE.dm_resume.code:
        this.#close(dev, 'suspend', at);
        return this.#instant(dev, { name: 'resumed', at });
      case DM_TRACE.dm_load_table.code:
        return this.#instant(dev, { name: `table ${tableOf(event)} loaded`, at });
      case DM_TRACE.dm_swap_table.code:
        return this.#begin(dev, 'table', { name: `table ${tableOf(event)}`, at });
      case DM_TRACE.dm_destroy_table.code:
        return this.#instant(dev, { name: `table ${tableOf(event)} destroyed`, at });
    }
  }

  #suspend(event: TraceEvent): void {
    const { at } = event;
    const { dev, phase, noflush } = decode(event, DM_TRACE.dm_suspend);
    const how = noflush === 1 ? ' (noflush)' : '';
    switch (SUSPEND_PHASES[phase]) {
      case 'begin':
        return this.#begin(dev, 'suspend', { name: `suspending${how}`, at });
      case 'blocked':
        return this.#begin(dev, 'suspend', { name: `waiting for I/O in flight${how}`, at });
      case 'suspended':
        return this.#begin(dev, 'suspend', { name: 'suspended', at });
      case 'undone':
        this.#close(dev, 'suspend', at);
        return this.#instant(dev, { name: 'suspend given up', at });
      case undefined:
    }
  }

  #seeMultipath(event: TraceEvent): void {
    const { dev, at } = event;
    switch (event.point) {
      case MULTIPATH_TRACE.mpath_path_failed.code: {
        const { path, validPaths: left } = decode(event, MULTIPATH_TRACE.mpath_path_failed);
        return this.#pathChanged(dev, path, { name: 'failed', left, at });
      }
      case MULTIPATH_TRACE.mpath_path_reinstated.code: {
        const { path, validPaths: left } = decode(event, MULTIPATH_TRACE.mpath_path_reinstated);
        return this.#pathChanged(dev, path, { name: 'reinstated', left, at });
      }
      case MULTIPATH_TRACE.mpath_group_switched.code: {
        const { group } = decode(event, MULTIPATH_TRACE.mpath_group_switched);
        return this.#instant(dev, { name: group === 0 ? 'no group' : `group ${group}`, at });
      }
      case MULTIPATH_TRACE.mpath_pg_init_start.code: {
        const { path, group } = decode(event, MULTIPATH_TRACE.mpath_pg_init_start);
        return this.#begin(path, 'pg_init', { name: `pg_init of group ${group}`, at });
      }
      case MULTIPATH_TRACE.mpath_pg_init_done.code:
        return this.#close(decode(event, MULTIPATH_TRACE.mpath_pg_init_done).path, 'pg_init', at);
      case MULTIPATH_TRACE.mpath_queue_if_no_path.code: {
        const { on, reason } = decode(event, MULTIPATH_TRACE.mpath_queue_if_no_path);
        const why = QUEUE_IF_NO_PATH_REASONS[reason] ?? '';
        return this.#instant(dev, {
          name: `queue_if_no_path ${on === 1 ? 'on' : 'off'} (${why})`,
          at,
        });
      }
    }
  }

  #pathChanged(dev: number, path: number, { name, left, at }: Titled & { left: number }): void {
    this.#instant(path, { name: `${name} in ${this.#name(dev)}`, at });
    this.#instant(dev, { name: `path ${this.#name(path)} ${name}, ${left} left`, at });
  }
}

interface Titled {
  readonly name: string;
  readonly at: number;
}

/** All points about tables have the table's number in the same place. */
const tableOf = (event: TraceEvent): number => decode(event, DM_TRACE.dm_load_table).table;
