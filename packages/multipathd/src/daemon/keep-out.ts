// keep-out.ts — Decides whether a path that works stays out of use because it has failed too often. Mirrors multipathd/main.c: should_skip_path, check_path.
import { defaultOf } from '../config/config.ts';
import type { Multipath } from '../multipath.ts';
import type { Path } from '../path.ts';
import type { Daemon } from './daemon.ts';
import { isKeptOut } from './flapping.ts';
import { isSampled } from './shaky-paths.ts';

/** `delayed`: the path stays out of use. `changed`: it moves to the group of marginal paths, or back. */
export type KeepOut = 'delayed' | 'changed' | 'nothing';

/** Called for a path whose checker has found it good. */
export function keepOut(daemon: Daemon, map: Multipath, path: Path): KeepOut {
  const { sanPathErr, marginalPath } = map;
  if (sanPathErr === null && marginalPath === null) return 'nothing';
  const isOut = marginalPath === null ? isKeptOut : isSampled;
  return isOut(daemon, map, path) ? shutOut(daemon, map, path) : letIn(daemon, path);
}

const hasGroups = ({ config }: Daemon): boolean =>
  defaultOf(config, 'marginal_pathgroups') !== 'off';

function shutOut(daemon: Daemon, { marginalPath }: Multipath, path: Path): KeepOut {
  const { marginal, state, dev } = path;
  if (!marginal && state !== 'delayed') daemon.log.put(2, `${dev}: path is now marginal`);
  if (!hasGroups(daemon)) {
    // Its next check comes soon: its sample may be over by then.
    if (marginalPath !== null) path.tick = 1;
    path.state = 'delayed';
    return 'delayed';
  }
  path.marginal = true;
  return marginal ? 'nothing' : 'changed';
}

function letIn(daemon: Daemon, path: Path): KeepOut {
  const { marginal, state, dev } = path;
  if (marginal || state === 'delayed') daemon.log.put(2, `${dev}: path is no longer marginal`);
  if (!hasGroups(daemon) || !marginal) return 'nothing';
  path.marginal = false;
  return 'changed';
}
