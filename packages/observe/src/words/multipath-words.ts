// multipath-words.ts — The records of the multipath target in words.
import { MULTIPATH_TRACE, QUEUE_IF_NO_PATH_REASONS } from '@dmsim/multipath';

import { waitingThere } from './dm-words.ts';
import type { Names, Sentence } from './sentence.ts';
import { sentence } from './sentence.ts';

const pathsLeft = (count: number): string =>
  count === 0 ? 'no path is left' : count === 1 ? '1 path is left' : `${count} paths are left`;

const REASONS: Readonly<Record<(typeof QUEUE_IF_NO_PATH_REASONS)[number], string>> = {
  table: 'its table says so',
  asked: 'it was told so',
  suspend: 'for the suspend',
  resume: 'as before the suspend',
};

function switchText(before: number, group: number, name: string): string {
  if (group === 0) return `${name} has no group of paths left`;
  return before === 0
    ? `${name} uses group ${group}`
    : `${name} switches from group ${before} to group ${group}`;
}

interface GroupedPath {
  readonly path: number;
  readonly group: number;
}

const pathText = ({ path, group }: GroupedPath, { device }: Names): string =>
  `${device(path)} of group ${group}`;

export const MULTIPATH_SENTENCES: readonly Sentence[] = [
  sentence(
    MULTIPATH_TRACE.mpath_path_failed,
    { kind: 'path', kernel: 'dm-mpath.c: fail_path', file: 'multipath/src/path-state.ts' },
    (fields, names) => `path ${pathText(fields, names)} fails: ${pathsLeft(fields.validPaths)}`,
  ),
  sentence(
    MULTIPATH_TRACE.mpath_path_reinstated,
    { kind: 'path', kernel: 'dm-mpath.c: reinstate_path', file: 'multipath/src/path-state.ts' },
    (fields, names) => `path ${pathText(fields, names)} is reinstated`,
  ),
  sentence(
    MULTIPATH_TRACE.mpath_group_switched,
    { kind: 'path', kernel: 'dm-mpath.c: __switch_pg', file: 'multipath/src/choose-path.ts' },
    ({ dev, before, group }, { device }) => switchText(before, group, device(dev)),
  ),
  sentence(
    MULTIPATH_TRACE.mpath_pg_init_start,
    { kind: 'path', kernel: 'dm-mpath.c: __pg_init_all_paths', file: 'multipath/src/pg-init.ts' },
    (fields, names) => `the hardware handler is to activate ${pathText(fields, names)}`,
  ),
  sentence(
    MULTIPATH_TRACE.mpath_pg_init_done,
    { kind: 'path', kernel: 'dm-mpath.c: pg_init_done', file: 'multipath/src/pg-init.ts' },
    (fields, names) => `the hardware handler has answered for ${pathText(fields, names)}`,
  ),
  sentence(
    MULTIPATH_TRACE.mpath_bio_queued,
    {
      kind: 'queue',
      kernel: 'dm-mpath.c: multipath_queue_bio',
      file: 'multipath/src/queue-bio.ts',
    },
    ({ bio, dev, length }, { device }) =>
      `bio ${bio} is queued in the target of ${device(dev)}; ${waitingThere(length)}`,
  ),
  sentence(
    MULTIPATH_TRACE.mpath_bio_dequeued,
    {
      kind: 'queue',
      kernel: 'dm-mpath.c: process_queued_bios',
      file: 'multipath/src/queued-bios.ts',
    },
    ({ bio, dev, length }, { device }) =>
      `bio ${bio} leaves the queue in the target of ${device(dev)}; ${waitingThere(length)}`,
  ),
  sentence(
    MULTIPATH_TRACE.mpath_queue_if_no_path,
    {
      kind: 'path',
      kernel: 'dm-mpath.c: queue_if_no_path',
      file: 'multipath/src/queue-if-no-path.ts',
    },
    ({ dev, on, reason }, { device }) => {
      const verb = on === 1 ? 'queues' : 'does not queue';
      const why = REASONS[QUEUE_IF_NO_PATH_REASONS[reason] ?? 'asked'];
      return `${device(dev)} ${verb} I/O that has no path: ${why}`;
    },
  ),
];
