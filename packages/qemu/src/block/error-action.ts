// error-action.ts — Chooses what to do about an error, according to a policy. Mirrors block/block-backend.c: blk_get_error_action.
import type { Errno } from '@dmsim/sim';

/** `auto`: for a device, the drive's policy applies; for a job it means `enospc`. */
export type ErrorPolicy = 'report' | 'ignore' | 'stop' | 'enospc' | 'auto' | 'retry';

export type ErrorAction = 'report' | 'ignore' | 'stop' | 'retry';

export type IoStatus = 'ok' | 'failed' | 'nospace';

/**
 * How a second error changes a job's io-status. `merged`: not at all, as in released QEMU; `rfc`: to the more severe, as
 * in the RFC of 2012.
 */
export type IoStatusRule = 'merged' | 'rfc';

/** How jobs treat errors: as in released QEMU, or in all respects as the RFC of 2012 proposed. */
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
