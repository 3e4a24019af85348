// devices.ts — What happens to mapped devices and their paths: suspends and tables as slices, path events as instants.
import { DM_TRACE, SUSPEND_PHASES } from '@dmsim/dm';
import { MULTIPATH_TRACE, QUEUE_IF_NO_PATH_REASONS } from '@dmsim/multipath';

import type { TraceEvent } from '../invariants/trace-event.ts';
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
  /** Tracks with a slice that has no end yet. */
  readonly #open: Map<string, { readonly dev: number; readonly track: string }> = new Map();

  constructor(machine: Watched, writer: ChromeTraceWriter, tracks: Tracks) {
    this.#machine = machine;
    this.#writer = writer;
    this.#tracks = tracks;
    this.#name = deviceNames(machine);
  }

  see(event: TraceEvent): void {
    if (event.point >= MULTIPATH_TRACE.mpath_path_failed) this.#seeMultipath(event);
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
    const { dev, id, at, point } = event;
    switch (point) {
      case DM_TRACE.dm_suspend:
        return this.#suspend(event);
      case DM_TRACE.dm_resume:
        this.#close(dev, 'suspend', at);
        return this.#instant(dev, { name: 'resumed', at });
      case DM_TRACE.dm_load_table:
        return this.#instant(dev, { name: `table ${id} loaded`, at });
      case DM_TRACE.dm_swap_table:
        return this.#begin(dev, 'table', { name: `table ${id}`, at });
      case DM_TRACE.dm_destroy_table:
        return this.#instant(dev, { name: `table ${id} destroyed`, at });
    }
  }

  /** dev, phase, noflush */
  #suspend({ dev, id, op, at }: TraceEvent): void {
    const how = op === 1 ? ' (noflush)' : '';
    switch (SUSPEND_PHASES[id]) {
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

  /** dev, then path and group, or what the point says */
  #seeMultipath({ dev, id, op, sector, at, point }: TraceEvent): void {
    switch (point) {
      case MULTIPATH_TRACE.mpath_path_failed:
        return this.#pathChanged(dev, id, { name: 'failed', left: sector, at });
      case MULTIPATH_TRACE.mpath_path_reinstated:
        return this.#pathChanged(dev, id, { name: 'reinstated', left: sector, at });
      case MULTIPATH_TRACE.mpath_group_switched:
        return this.#instant(dev, { name: op === 0 ? 'no group' : `group ${op}`, at });
      case MULTIPATH_TRACE.mpath_pg_init_start:
        return this.#begin(id, 'pg_init', { name: `pg_init of group ${op}`, at });
      case MULTIPATH_TRACE.mpath_pg_init_done:
        return this.#close(id, 'pg_init', at);
      case MULTIPATH_TRACE.mpath_queue_if_no_path: {
        const why = QUEUE_IF_NO_PATH_REASONS[sector] ?? '';
        const name = `queue_if_no_path ${op === 1 ? 'on' : 'off'} (${why})`;
        return this.#instant(dev, { name, at });
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
