// trace-points.ts — The trace points of multipath and its daemon. Codes 300–319.
import { devNumber } from '@dmsim/block';
import { findCell } from '@dmsim/dm';
import type { Process, Sim } from '@dmsim/sim';
import { record, traceName } from '@dmsim/sim';

import { mangledName } from './dm/mangled-name.ts';
import type { Multipath } from './multipath.ts';
import type { Path } from './path.ts';
import type { Session } from './session.ts';

/** `pid` is the thread's, `dev` the map's and `path` the path's device, 0 for none; texts index `sim.traceNames`. */
export const MULTIPATHD_TRACE = {
  mpathd_thread: { code: 300, fields: ['pid', 'name'] },
  /** `phase`: index in `LOCK_PHASES`; `text`: what the lock is wanted for. */
  mpathd_lock: { code: 301, fields: ['pid', 'phase', 'text'] },
  /**
   * After each check of a path. `idea`: index in `PATH_IDEAS`; `interval`: the path's own between two checks, in seconds; `next`: seconds
   * until the next one, which comes sooner when the checker has not answered or the path has just failed.
   */
  mpathd_path: { code: 302, fields: ['path', 'dev', 'idea', 'interval', 'next'] },
  /** `verb`: index in `MAP_VERBS`; `asked`: an administrator wants just that. */
  mpathd_map: { code: 303, fields: ['dev', 'verb', 'pid', 'asked'] },
  /** A map has no path: queueing will end in `seconds`; 0: a path is back. */
  mpathd_recovery: { code: 304, fields: ['dev', 'seconds'] },
} as const;

export const LOCK_PHASES = ['waits', 'holds', 'frees', 'gives up'] as const;
/** `kept out`: it answers, but is not to be used for now. */
export const PATH_IDEAS = ['unusable', 'usable', 'kept out'] as const;
export const MAP_VERBS = ['suspend', 'resume', 'remove'] as const;

const here = ({ current }: Sim): number => current?.pid ?? 0;

export function traceThread({ sim, pid, name }: Process): void {
  if (sim.trace === null) return;
  record(sim, MULTIPATHD_TRACE.mpathd_thread.code, pid, traceName(sim, name));
}

export interface LockUse {
  readonly pid: number;
  readonly text: string;
}

export function traceLock(
  sim: Sim,
  phase: (typeof LOCK_PHASES)[number],
  { pid, text }: LockUse,
): void {
  if (sim.trace === null) return;
  const point = MULTIPATHD_TRACE.mpathd_lock.code;
  record(sim, point, pid, LOCK_PHASES.indexOf(phase), traceName(sim, text));
}

const devOfMap = ({ host }: Session, { info }: Multipath): number =>
  info === null ? 0 : devNumber(host.dm.major, info.minor);

export function tracePath(session: Session, path: Path, idea: (typeof PATH_IDEAS)[number]): void {
  const { sim } = session.host;
  if (sim.trace === null) return;
  const colon = path.devT.indexOf(':');
  const dev = devNumber(Number(path.devT.slice(0, colon)), Number(path.devT.slice(colon + 1)));
  const map = path.map === null ? 0 : devOfMap(session, path.map);
  const point = MULTIPATHD_TRACE.mpathd_path.code;
  const code = PATH_IDEAS.indexOf(idea);
  record(sim, point, dev, map, code, path.interval, path.tick);
}

export interface MapChange {
  readonly verb: (typeof MAP_VERBS)[number];
  readonly asked?: boolean;
}

export function traceMap(
  { host }: Session,
  name: string,
  { verb, asked = false }: MapChange,
): void {
  const { sim, dm } = host;
  const minor = findCell(dm, { name: mangledName(name) })?.md.minor;
  if (sim.trace === null || minor === undefined) return;
  const point = MULTIPATHD_TRACE.mpathd_map.code;
  const dev = devNumber(dm.major, minor);
  record(sim, point, dev, MAP_VERBS.indexOf(verb), here(sim), asked ? 1 : 0);
}

export function traceRecovery(session: Session, map: Multipath, seconds: number): void {
  const { sim } = session.host;
  if (sim.trace === null) return;
  record(sim, MULTIPATHD_TRACE.mpathd_recovery.code, devOfMap(session, map), seconds);
}
