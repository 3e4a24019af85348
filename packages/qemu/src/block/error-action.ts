// error-action.ts — From a policy and an error to what is done about it. Mirrors block/block-backend.c: blk_get_error_action.
import type { Errno } from '@dmsim/sim';

/** `auto` leaves the choice to the drive (a device's property) or means `enospc` (a job's). */
export type ErrorPolicy = 'report' | 'ignore' | 'stop' | 'enospc' | 'auto' | 'retry';

export type ErrorAction = 'report' | 'ignore' | 'stop' | 'retry';

export type IoStatus = 'ok' | 'failed' | 'nospace';

/** How a second error changes a job's io-status: not at all (as merged), or to the more severe (the RFC of 2012). */
export type IoStatusRule = 'merged' | 'rfc';

/** What errors of jobs do: as merged, or all that the RFC of 2012 had otherwise. */
export type JobErrors = 'merged' | 'rfc';

export function actionFor(policy: ErrorPolicy, errno: Errno): ErrorAction {
  switch (policy) {
    case 'enospc':
    case 'auto':
      return errno === 'ENOSPC' ? 'stop' : 'report';
    case 'report':
    case 'ignore':
    case 'stop':
    case 'retry':
      return policy;
  }
}

const SEVERITY: Readonly<Record<IoStatus, number>> = { ok: 0, nospace: 1, failed: 2 };

export function nextIoStatus(now: IoStatus, errno: Errno, rule: IoStatusRule): IoStatus {
  const next: IoStatus = errno === 'ENOSPC' ? 'nospace' : 'failed';
  if (now === 'ok') return next;
  return rule === 'rfc' && SEVERITY[next] > SEVERITY[now] ? next : now;
}
