// reservation-keys.ts — Asks paths for the keys of reservations that are registered. Mirrors libmpathpersist/mpath_persist_int.c: mpath_prin_activepath, multipathd/main.c: update_map_pr.
import type { Multipath } from '../multipath.ts';
import { pathsInGroups } from '../multipath.ts';
import type { Path } from '../path.ts';
import { isUsable, stateNumber } from '../path.ts';
import type { Session } from '../session.ts';

/** MPATH_PR_…, which are exit statuses, too. */
export const PR_STATUS = {
  SUCCESS: 0,
  SYNTAX_ERROR: 1,
  /** The answer of a disk without reservations. */
  ILLEGAL_REQUEST: 5,
  FILE_ERROR: 12,
  DMMP_ERROR: 13,
  OTHER: 15,
} as const;

/** Sends PERSISTENT RESERVE IN to each path that can be used. Returns the status. */
export function sendIn({ log }: Session, map: Multipath): number {
  let status: number = PR_STATUS.DMMP_ERROR;
  for (const { dev, state } of pathsInGroups(map)) {
    if (isUsable(state)) {
      status = PR_STATUS.ILLEGAL_REQUEST;
      log.put(3, `${map.wwid}: sending pr in command to ${dev} `);
      log.put(3, `${dev}: duration = 0 (ms)`);
      tellRefusal(log, dev);
    } else {
      log.put(2, `${map.wwid}: ${dev} not available. Skip.`);
      log.put(3, `${map.wwid}: status = ${stateNumber({ state })}.`);
    }
  }
  return status;
}

/** Asks one path, which a disk without reservations refuses (mpath_pr_event_handle). */
export function askForKeys({ log }: Session, { dev }: Path): void {
  log.put(3, `${dev}: duration = 0 (ms)`);
  tellRefusal(log, dev);
  const { ILLEGAL_REQUEST: status } = PR_STATUS;
  log.put(0, `${dev} : pr in read keys service action failed. Error=${status}`);
}

/** Logs, at verbosity 3, the answer of a disk that does not know the command. */
export function tellRefusal(log: Session['log'], dev: string): void {
  log.put(3, `${dev}: status driver:08 host:00 scsi:02`);
  log.put(3, `${dev}: Sense_Key=05, ASC=20 ASCQ=00`);
}
