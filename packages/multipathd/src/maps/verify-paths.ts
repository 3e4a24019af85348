// verify-paths.ts — A map's paths are still in sysfs, or leave it. Mirrors libmultipath/structs_vec.c: verify_paths.
import { readAttribute } from '../discovery/sysfs.ts';
import { tellOpen } from '../discovery/tell-open.ts';
import type { Multipath } from '../multipath.ts';
import { stateNumber } from '../path.ts';
import type { Session } from '../session.ts';
import { setPathRemoved } from './orphan.ts';

export function verifyPaths(session: Session, map: Multipath): void {
  const { host, log } = session;
  for (const path of map.paths.slice()) {
    tellOpen(session, path.dev, 'dev');
    const devT = readAttribute(host, `/sys/block/${path.dev}/dev`);
    if (devT === path.devT) {
      log.put(4, `${map.alias}: verified path ${path.dev} dev_t ${devT}`);
      continue;
    }
    if (path.state === 'down') log.put(2, `${map.alias}: failed to access path ${path.dev}`);
    else log.put(1, `${map.alias}: removing valid path ${path.dev} in state ${stateNumber(path)}`);
    map.paths.splice(map.paths.indexOf(path), 1);
    setPathRemoved(session, path);
  }
}
