// trace-points.ts — The core's trace points, beside the block layer's own. Codes 100–199.

/** `dev` is the mapped device; a range is in its own sectors. */
export const DM_TRACE = {
  /** `verdict`: index in `MAP_VERDICTS`. */
  dm_map: { code: 100, fields: ['dev', 'bio', 'op', 'sector', 'nrSectors', 'verdict'] },
  /**
   * `verdict`: index in `END_IO_VERDICTS`. Recorded for a target without the hook too (`done`), and for a request that the
   * queue below had no room for (`requeue`).
   */
  dm_end_io: { code: 101, fields: ['dev', 'bio', 'op', 'status', 'unused', 'verdict'] },
  /** `length`: of the queue afterwards. */
  dm_pushback: { code: 102, fields: ['dev', 'bio', 'op', 'sector', 'nrSectors', 'length'] },
  dm_defer: { code: 103, fields: ['dev', 'bio', 'op', 'sector', 'nrSectors', 'length'] },
  dm_undefer: { code: 104, fields: ['dev', 'bio', 'op', 'sector', 'nrSectors', 'length'] },
  /** `phase`: index in `SUSPEND_PHASES`; `noflush`: 0 or 1. */
  dm_suspend: { code: 105, fields: ['dev', 'phase', 'noflush'] },
  /** `table`: a number that no two tables of a run share. */
  dm_resume: { code: 106, fields: ['dev', 'table'] },
  /** `size` in sectors; `before`: the table that was live, 0 = none; `place`: where its sectors are now (`Placement.key`). */
  dm_swap_table: { code: 107, fields: ['dev', 'table', 'size', 'before', 'place'] },
  dm_destroy_table: { code: 108, fields: ['dev', 'table'] },
  dm_load_table: { code: 109, fields: ['dev', 'table', 'type'] },
  /** The device is gone; another may have its number later. */
  dm_remove: { code: 110, fields: ['dev'] },
} as const;

/** What `map` of a target answers; `verdict` of `dm_map` is an index in it. */
export const MAP_VERDICTS = ['submitted', 'remapped', 'requeue', 'delay-requeue', 'kill'] as const;
/** What `endIo` of a target answers; `verdict` of `dm_end_io` is an index in it. */
export const END_IO_VERDICTS = ['done', 'incomplete', 'requeue', 'delay-requeue'] as const;

const REMAPPED = MAP_VERDICTS.indexOf('remapped');
const DONE = END_IO_VERDICTS.indexOf('done');

/** Nearly all bios are remapped, and done: to search the list would cost as much as the rest of the record. */
export const mapVerdictCode = (verdict: (typeof MAP_VERDICTS)[number]): number =>
  verdict === 'remapped' ? REMAPPED : MAP_VERDICTS.indexOf(verdict);

export const endIoVerdictCode = (verdict: (typeof END_IO_VERDICTS)[number]): number =>
  verdict === 'done' ? DONE : END_IO_VERDICTS.indexOf(verdict);

/** `begin` is the first thing a suspend does; `suspended` when nothing is in flight any more; `undone` when it was given up. */
export const SUSPEND_PHASES = ['begin', 'blocked', 'suspended', 'undone'] as const;
