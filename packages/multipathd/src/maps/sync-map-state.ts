// sync-map-state.ts — After a load the kernel is told what the checkers know: paths are reinstated or failed. Mirrors libmultipath/structs_vec.c: sync_map_state.
import { failPathMessage, reinstatePathMessage } from '../dm/messages.ts';
import type { Multipath } from '../multipath.ts';
import { pathsInGroups } from '../multipath.ts';
import { DM_STATE_NUMBER, isUsable, stateNumber } from '../path.ts';
import type { Session } from '../session.ts';

export function syncMapState(session: Session, map: Multipath): void {
  if (map.ghostDelayTick > 0) return;
  for (const { state, dmState, dev, devT } of pathsInGroups(map)) {
    if (state === 'unchecked' || state === 'wild' || state === 'delayed') continue;
    if (dmState !== 'active' && isUsable(state)) {
      reinstatePathMessage(session, map.alias, devT);
    } else if (dmState !== 'failed' && (state === 'down' || state === 'shaky')) {
      const known = `state ${stateNumber({ state })} dmstate ${DM_STATE_NUMBER[dmState]}`;
      session.log.put(2, `sync_map_state: failing ${dev} ${known}`);
      failPathMessage(session, map.alias, devT);
    }
  }
}
