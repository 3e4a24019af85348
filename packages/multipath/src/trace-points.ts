// trace-points.ts — What the target tells whoever listens. Codes from 200 up; block and dm have those below.

/**
 * Arguments of each record (see `record` of sim); `dev` is the dm device's `devNumber`, `path` that of the path:
 * - mpath_path_failed, mpath_path_reinstated: dev, path, group, active paths left, times the path has failed
 * - mpath_group_switched: dev, group before (0 = none), group now
 * - mpath_pg_init_start: dev, path, group, which attempt since the group was entered
 * - mpath_pg_init_done: dev, path, group, what the handler said (`SCSI_DH`)
 * - mpath_bio_queued, mpath_bio_dequeued: dev, bio id, op, sector in the device, nrSectors, how many wait now
 * - mpath_queue_if_no_path: dev, number of the table, on 0|1, index in `QUEUE_IF_NO_PATH_REASONS`, active paths
 */
export const MULTIPATH_TRACE = {
  mpath_path_failed: 200,
  mpath_path_reinstated: 201,
  mpath_group_switched: 202,
  mpath_pg_init_start: 203,
  mpath_pg_init_done: 204,
  mpath_bio_queued: 205,
  mpath_bio_dequeued: 206,
  mpath_queue_if_no_path: 207,
} as const;

/** Why queueing is on or off now: the table says so, a message or the time-out, a suspend, a resume. */
export const QUEUE_IF_NO_PATH_REASONS = ['table', 'asked', 'suspend', 'resume'] as const;
