// select-path.ts — The calls of a group to its selector on the way of an I/O: what a selector must not do is caught here.
import type { Nanos } from '@dmsim/sim';

import type { PgPath } from '../pgpath.ts';
import type { PriorityGroup } from '../priority-group.ts';
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

export function startIo(pgpath: PgPath, nrBytes: number): void {
  // Round-robin, for one, doesn't want to know.
  if (pgpath.pg.selector.startIo !== undefined) reportStart(pgpath, nrBytes);
}

function reportStart(pgpath: PgPath, nrBytes: number): void {
  const { pg } = pgpath;
  try {
    pg.selector.startIo?.(pg.selectorState, pgpath, nrBytes);
  } catch (cause) {
    throw broken(pg, 'startIo threw', cause);
  }
}

export function endIo(pgpath: PgPath, nrBytes: number, startTime: Nanos): void {
  if (pgpath.pg.selector.endIo !== undefined) reportEnd(pgpath, nrBytes, startTime);
}

function reportEnd(pgpath: PgPath, nrBytes: number, startTime: Nanos): void {
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
