// filter.ts — The filter of the event list.
import type { Row, RowKind } from '../model/rows.ts';

export interface Filter {
  /** The kinds to show; empty for all. */
  readonly kinds: readonly RowKind[];
  /** 0: any. */
  readonly dev: number;
  /** 0: any. */
  readonly bio: number;
}

export const NO_FILTER: Filter = { kinds: [], dev: 0, bio: 0 };

export function applyFilter(rows: readonly Row[], { kinds, dev, bio }: Filter): readonly Row[] {
  if (kinds.length === 0 && dev === 0 && bio === 0) return rows;
  return rows.filter(
    (row) =>
      (kinds.length === 0 || kinds.includes(row.kind)) &&
      (dev === 0 || row.dev === dev) &&
      (bio === 0 || row.bio === bio),
  );
}

/** The choices of the filter, and the kinds that each one stands for. */
export const KIND_CHOICES: readonly {
  readonly label: string;
  readonly kinds: readonly RowKind[];
}[] = [
  { label: 'everything', kinds: [] },
  { label: 'decisions of the kernel', kinds: ['verdict', 'queue', 'suspend', 'table', 'path'] },
  { label: 'queues', kinds: ['queue'] },
  { label: 'suspends and tables', kinds: ['suspend', 'table'] },
  { label: 'paths and disks', kinds: ['path', 'change'] },
  { label: 'I/O', kinds: ['bio', 'request', 'verdict', 'queue'] },
  { label: 'processes and commands', kinds: ['process', 'command'] },
  { label: 'virtual machines', kinds: ['vm'] },
];
