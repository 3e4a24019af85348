// select-path.ts — The calls of a group to its selector on the way of an I/O: what a selector must not do is caught here.
import type { MpathIo, PgPath, PriorityGroup } from '../multipath.ts';
import { SelectorBroken } from './selector-broken.ts';

export function selectPath(pg: PriorityGroup, nrBytes: number): PgPath | null {
  const { selector } = pg;
  let path: PgPath | null;
  try {
    path = selector.selectPath(pg.selectorState, nrBytes) as PgPath | null;
  } catch (cause) {
    throw broken(pg, 'selectPath threw', cause);
  }
  if (!path) return null;
  if (path.pg !== pg) throw broken(pg, `selectPath chose a path that is not of group ${pg.pgNum}`);
  // Linux would send it down there, to fail and to be chosen again, for ever.
  if (!path.active) throw broken(pg, `selectPath chose ${path.dev.name}, which has failed`);
  return path;
}

/** An I/O goes down the path. */
export function startIo(pgpath: PgPath, io: MpathIo): void {
  const { selector } = pgpath.pg;
  // Round-robin, for one, doesn't want to know.
  if (selector.startIo !== undefined || selector.endIo !== undefined) reportStart(pgpath, io);
}

function reportStart(pgpath: PgPath, io: MpathIo): void {
  const { pg } = pgpath;
  io.startTime = pg.m.sim.now;
  try {
    pg.selector.startIo?.(pg.selectorState, pgpath, io.nrBytes);
  } catch (cause) {
    throw broken(pg, 'startIo threw', cause);
  }
}

/** It is back, whatever became of it. */
export function endIo(pgpath: PgPath, io: MpathIo): void {
  if (pgpath.pg.selector.endIo !== undefined) reportEnd(pgpath, io);
}

function reportEnd(pgpath: PgPath, { nrBytes, startTime }: MpathIo): void {
  const { pg } = pgpath;
  try {
    pg.selector.endIo?.(pg.selectorState, pgpath, nrBytes, startTime);
  } catch (cause) {
    throw broken(pg, 'endIo threw', cause);
  }
}

function broken({ selector }: PriorityGroup, what: string, cause?: unknown): SelectorBroken {
  const reason = cause instanceof Error ? `: ${cause.message}` : '';
  return new SelectorBroken(selector.name, what + reason, { cause });
}
