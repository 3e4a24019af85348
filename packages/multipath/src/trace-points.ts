// trace-points.ts — The target's trace points. Codes 200–299.

/** `dev` is the mapped device, `path` the path's device, `group` counts from 1. */
export const MULTIPATH_TRACE = {
  /** `validPaths`: active paths left; `failCount`: how often this path has failed. */
  /** `table`: that of the path, which may have been swapped out meanwhile and be about to go. */
  mpath_path_failed: {
    code: 200,
    fields: ['dev', 'path', 'group', 'validPaths', 'failCount', 'table'],
  },
  mpath_path_reinstated: {
    code: 201,
    fields: ['dev', 'path', 'group', 'validPaths', 'failCount', 'table'],
  },
  /** 0 = no group. */
  mpath_group_switched: { code: 202, fields: ['dev', 'before', 'group'] },
  /** `attempt` since the group was entered. */
  mpath_pg_init_start: { code: 203, fields: ['dev', 'path', 'group', 'attempt'] },
  /** `result`: what the handler answered (`SCSI_DH`). */
  mpath_pg_init_done: { code: 204, fields: ['dev', 'path', 'group', 'result'] },
  /** `length`: how many wait in the target now. */
  mpath_bio_queued: { code: 205, fields: ['dev', 'bio', 'op', 'sector', 'nrSectors', 'length'] },
  mpath_bio_dequeued: { code: 206, fields: ['dev', 'bio', 'op', 'sector', 'nrSectors', 'length'] },
  /** `on`: 0 or 1; `reason`: index in `QUEUE_IF_NO_PATH_REASONS`. */
  mpath_queue_if_no_path: { code: 207, fields: ['dev', 'table', 'on', 'reason', 'validPaths'] },
} as const;

/** Why queueing is on or off now: the table says so, a message or the time-out, a suspend, a resume. */
export const QUEUE_IF_NO_PATH_REASONS = ['table', 'asked', 'suspend', 'resume'] as const;
