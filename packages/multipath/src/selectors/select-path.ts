// select-path.ts — A group's calls to its selector during an I/O; a selector that breaks its contract is caught here.
import type { MpathIo, PgPath, PriorityGroup } from '../multipath.ts';
import type { SelectorHook } from './selector-broken.ts';
import { SelectorBroken } from './selector-broken.ts';

export function selectPath(pg: PriorityGroup, nrBytes: number): PgPath | null {
  const { selector } = pg;
  let path: PgPath | null;
  try {
    path = selector.selectPath(pg.selectorState, nrBytes) as PgPath | null;
  } catch (cause) {
    throw broken(pg, 'selectPath', { cause });
  }
  if (!path) return null;
  if (path.pg !== pg)
    throw broken(pg, 'selectPath', { what: `chose a path that is not of group ${pg.pgNum}` });
  // Linux would send the I/O there, where it fails and is sent again, for ever.
  if (!path.active)
    throw broken(pg, 'selectPath', { what: `chose ${path.dev.name}, which has failed` });
  return path;
}

/** Tells the selector that an I/O is sent down the path. */
export function startIo(pgpath: PgPath, io: MpathIo): void {
  const { selector } = pgpath.pg;
  // Not every selector has these hooks; round-robin has none.
  if (selector.startIo !== undefined || selector.endIo !== undefined) reportStart(pgpath, io);
}

function reportStart(pgpath: PgPath, io: MpathIo): void {
  const { pg } = pgpath;
  io.startTime = pg.m.sim.now;
  try {
    pg.selector.startIo?.(pg.selectorState, pgpath, io.nrBytes);
  } catch (cause) {
    throw broken(pg, 'startIo', { cause });
  }
}

/** Tells the selector that the I/O came back, successful or not. */
export function endIo(pgpath: PgPath, io: MpathIo): void {
  if (pgpath.pg.selector.endIo !== undefined) reportEnd(pgpath, io);
}

function reportEnd(pgpath: PgPath, { nrBytes, startTime }: MpathIo): void {
  const { pg } = pgpath;
  try {
    pg.selector.endIo?.(pg.selectorState, pgpath, nrBytes, startTime);
  } catch (cause) {
    throw broken(pg, 'endIo', { cause });
  }
}

/** A guarded selector has said itself what is wrong. */
function broken(
  { selector }: PriorityGroup,
  hook: SelectorHook,
  { what = 'threw', cause }: { readonly what?: string; readonly cause?: unknown },
): SelectorBroken {
  if (cause instanceof SelectorBroken) return cause;
  const reason = cause instanceof Error ? `: ${cause.message}` : '';
  return new SelectorBroken(selector.name, `${hook} ${what}${reason}`, { hook, cause });
}
