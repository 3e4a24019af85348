// trace-points.ts — What the core tells whoever listens, beside the block layer's own points. Codes from 100 up.

/**
 * Arguments (`dev` is the dm device's `devNumber`):
 * - dm_map: dev, bio id, op, sector in the device, nrSectors, index in `MAP_VERDICTS`
 * - dm_end_io: dev, bio id, op, status, -, index in `END_IO_VERDICTS`; also for a target without the hook (`done`), and for
 *   a request that the queue below had no room for (`requeue`)
 * - dm_pushback, dm_defer, dm_undefer: dev, bio id, op, sector, nrSectors, length of the queue afterwards
 * - dm_suspend: dev, index in `SUSPEND_PHASES`, noflush 0|1
 * - dm_resume, dm_destroy_table: dev, number of the table
 * - dm_swap_table: dev, number of the table, its size in sectors, number of the table before (0 = none)
 * - dm_load_table: dev, number of the table, its device type
 */
export const DM_TRACE = {
  dm_map: 100,
  dm_end_io: 101,
  dm_pushback: 102,
  dm_defer: 103,
  dm_undefer: 104,
  dm_suspend: 105,
  dm_resume: 106,
  dm_swap_table: 107,
  dm_destroy_table: 108,
  dm_load_table: 109,
} as const;

export const MAP_VERDICTS = ['submitted', 'remapped', 'requeue', 'delay-requeue', 'kill'] as const;
export const END_IO_VERDICTS = ['done', 'incomplete', 'requeue', 'delay-requeue'] as const;
/** `begin` is the first thing a suspend does; `suspended` when nothing is in flight any more; `undone` when it was given up. */
export const SUSPEND_PHASES = ['begin', 'blocked', 'suspended', 'undone'] as const;
