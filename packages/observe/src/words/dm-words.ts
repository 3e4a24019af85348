// dm-words.ts — The records of dm's core in words.
import { BLK_STS, blkStatusName } from '@dmsim/block';
import type { BlkStatus } from '@dmsim/block';
import { DM_TRACE, END_IO_VERDICTS, MAP_VERDICTS, SUSPEND_PHASES } from '@dmsim/dm';

import type { Sentence } from './sentence.ts';
import { sentence } from './sentence.ts';

type MapVerdict = (typeof MAP_VERDICTS)[number];
type EndIoVerdict = (typeof END_IO_VERDICTS)[number];

const MAPPED: Readonly<Record<MapVerdict, string>> = {
  submitted: 'the target keeps it',
  remapped: 'it goes on to the device below',
  requeue: 'the target gives it back',
  'delay-requeue': 'the target wants to be asked again in 100 ms',
  kill: 'the target fails it',
};

const ENDED: Readonly<Record<EndIoVerdict, string>> = {
  done: 'it is done',
  incomplete: 'the target keeps it for another try',
  requeue: 'the target gives it back',
  'delay-requeue': 'the target wants to be asked again later',
};

export const waitingThere = (length: number): string =>
  length === 1 ? '1 waits there now' : `${length} wait there now`;

/** Linux keeps bios that were deferred and those that were pushed back in one list, and counts both. */
const waitingForThat = (length: number): string =>
  length === 1 ? '1 waits for that now' : `${length} wait for that now`;

function suspendText(phase: number, noflush: boolean, name: string): string {
  switch (SUSPEND_PHASES[phase]) {
    case 'begin':
      return noflush
        ? `a noflush suspend of ${name} begins: what its target gives back from now on is kept`
        : `a suspend of ${name} begins: all I/O in flight must end first`;
    case 'blocked':
      return `${name} defers new I/O from now on, and waits until nothing is in flight`;
    case 'suspended':
      return `${name} is suspended: nothing is in flight`;
    default:
      return `the suspend of ${name} is given up`;
  }
}

export const DM_SENTENCES: readonly Sentence[] = [
  sentence(
    DM_TRACE.dm_map,
    { kind: 'verdict', kernel: 'dm.c: __map_bio', file: 'dm/src/map-bio.ts' },
    ({ bio, dev, verdict }, { device }) =>
      `${device(dev)} maps bio ${bio}: ${MAPPED[MAP_VERDICTS[verdict] ?? 'kill']}`,
  ),
  sentence(
    DM_TRACE.dm_end_io,
    { kind: 'verdict', kernel: 'dm.c: clone_endio', file: 'dm/src/end-io.ts' },
    ({ bio, dev, status, verdict }, { device }) => {
      const error =
        status === BLK_STS.OK ? '' : ` with an error (${blkStatusName(status as BlkStatus)})`;
      return `bio ${bio} comes back to ${device(dev)}${error}: ${ENDED[END_IO_VERDICTS[verdict] ?? 'done']}`;
    },
  ),
  sentence(
    DM_TRACE.dm_pushback,
    { kind: 'queue', kernel: 'dm.c: dm_handle_requeue', file: 'dm/src/requeue.ts' },
    ({ bio, dev, length }, { device }) =>
      `bio ${bio} is pushed back: ${device(dev)} keeps it until it resumes; ${waitingThere(length)}`,
  ),
  sentence(
    DM_TRACE.dm_defer,
    { kind: 'queue', kernel: 'dm.c: queue_io', file: 'dm/src/deferred.ts' },
    ({ bio, dev, length }, { device }) =>
      `bio ${bio} is deferred until ${device(dev)} resumes; ${waitingForThat(length)}`,
  ),
  sentence(
    DM_TRACE.dm_undefer,
    { kind: 'queue', kernel: 'dm.c: dm_wq_work', file: 'dm/src/deferred.ts' },
    ({ bio, dev, length }, { device }) =>
      `bio ${bio} is sent on, as ${device(dev)} has resumed; ${length} of those that waited are left`,
  ),
  sentence(
    DM_TRACE.dm_suspend,
    { kind: 'suspend', kernel: 'dm.c: __dm_suspend', file: 'dm/src/suspend.ts' },
    ({ dev, phase, noflush }, { device }) => suspendText(phase, noflush === 1, device(dev)),
  ),
  sentence(
    DM_TRACE.dm_resume,
    { kind: 'suspend', kernel: 'dm.c: __dm_resume', file: 'dm/src/resume.ts' },
    ({ dev, table }, { device }) =>
      `${device(dev)} resumes with table ${table}: what was deferred is mapped now`,
  ),
  sentence(
    DM_TRACE.dm_load_table,
    { kind: 'table', kernel: 'dm-ioctl.c: table_load', file: 'dm/src/ioctl/load.ts' },
    ({ dev, table }, { device }) =>
      `table ${table} of ${device(dev)} is loaded, and waits in the inactive slot`,
  ),
  sentence(
    DM_TRACE.dm_swap_table,
    { kind: 'table', kernel: 'dm.c: dm_swap_table', file: 'dm/src/swap-table.ts' },
    ({ dev, table, before }, { device }) => {
      const place = before === 0 ? ': it is the first' : ` in place of table ${before}`;
      return `table ${table} of ${device(dev)} becomes live${place}`;
    },
  ),
  sentence(
    DM_TRACE.dm_destroy_table,
    { kind: 'table', kernel: 'dm-table.c: dm_table_destroy', file: 'dm/src/destroy-table.ts' },
    ({ dev, table }, { device }) => `table ${table} of ${device(dev)} is destroyed`,
  ),
  sentence(
    DM_TRACE.dm_remove,
    { kind: 'table', kernel: 'dm.c: __dm_destroy', file: 'dm/src/destroy-device.ts' },
    ({ dev }, { device }) => `${device(dev)} is removed`,
  ),
];
