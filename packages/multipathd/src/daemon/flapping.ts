// flapping.ts — A path that fails too often is kept out for a while (san_path_err_*). Mirrors multipathd/main.c: check_path_reinstate_state.
import type { Multipath } from '../multipath.ts';
import { countActive } from '../multipath.ts';
import type { Path } from '../path.ts';
import { isUsable } from '../path.ts';
import type { Daemon } from './daemon.ts';

/** True: the checker says it is good, but it stays out. Asked only then; `path.state` is what it was before. */
export function isKeptOut(daemon: Daemon, map: Multipath, path: Path): boolean {
  const { sanPathErr: limits } = map;
  if (limits === null) return false;
  if (path.reinstateDisabled) return staysOut(daemon, map, path);
  const { state } = path;
  if (isUsable(state) && path.failures > 0) {
    forgive(path, limits.forgetRate);
    return false;
  }
  if (state !== 'down' && state !== 'shaky' && state !== 'timeout') return false;
  if (path.failures === 0) path.forgetRate = limits.forgetRate;
  path.failures++;
  if (path.failures <= limits.threshold) return false;
  daemon.log.put(2, `${path.dev} : hit error threshold. Delaying path reinstatement`);
  path.disabledAt = secondsNow(daemon);
  path.reinstateDisabled = true;
  return true;
}

const secondsNow = ({ host }: Daemon): number => Math.floor(host.sim.now / 1e9);

/** Until it was good for the recovery time, or it is the last hope. */
function staysOut(daemon: Daemon, map: Multipath, path: Path): boolean {
  const { sanPathErr: limits } = map;
  if (limits === null) return false;
  if (countActive(map) === 0) {
    daemon.log.put(2, `${path.dev} : reinstating path early`);
    return letIn(path);
  }
  if (!isUsable(path.state) && path.state !== 'delayed') {
    path.forgetRate = limits.forgetRate;
    path.disabledAt = secondsNow(daemon);
  }
  if (secondsNow(daemon) - path.disabledAt <= limits.recoveryTime) return true;
  daemon.log.put(2, `${path.dev} : reinstate the path after err recovery time`);
  return letIn(path);
}

function letIn(path: Path): false {
  path.failures = 0;
  path.reinstateDisabled = false;
  path.forgetRate = 0;
  return false;
}

/** After so many good checks one failure counts no more. */
function forgive(path: Path, forgetRate: number): void {
  if (path.forgetRate > 0) path.forgetRate--;
  else {
    path.failures--;
    path.forgetRate = forgetRate;
  }
}
