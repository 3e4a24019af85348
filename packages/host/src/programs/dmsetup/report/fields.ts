// fields.ts — The fields of `info -c` and `splitname`.
import type { DeviceInfo, HashCell } from '@dmsim/dm';
import { tableDeps } from '@dmsim/dm';

import { blockName, readAhead } from '../devices.ts';
import { unmangle } from '../names.ts';
import type { Run } from '../run.ts';
import type { SplitName } from '../split-name.ts';
import type { DepTree, TreeNode } from '../tree/dep-tree.ts';
import { childrenOf, parentsOf } from '../tree/dep-tree.ts';
import type { Field, FieldProblem } from './report.ts';

/** The data of a row. */
export interface ReportRow {
  readonly run: Run;
  /** `splitname` has no device. */
  readonly cell: HashCell | null;
  readonly info: DeviceInfo | null;
  readonly split: SplitName;
  /** The tree of all devices, if a field needs it. */
  readonly tree: DepTree | null;
}

const ofInfo =
  (show: (info: DeviceInfo) => string | number) =>
  ({ info }: ReportRow): string =>
    info === null ? '' : String(show(info));

const devno = ({ major, minor }: { major: number; minor: number }): string => `${major}:${minor}`;

const tables = ({ liveTable, inactiveTable }: DeviceInfo): string => {
  if (liveTable) return inactiveTable ? 'Both' : 'Live';
  return inactiveTable ? 'Inactive' : 'None';
};

export const attributes = (info: DeviceInfo): string =>
  [
    info.liveTable ? 'L' : '-',
    info.inactiveTable ? 'I' : '-',
    info.suspended ? 's' : '-',
    info.readOnly ? 'r' : 'w',
  ].join('');

function deps({ run, cell }: ReportRow): readonly { major: number; minor: number }[] {
  if (cell === null) return [];
  const found = tableDeps(run.dm, { name: cell.name }, { inactive: run.switches.has('inactive') });
  return typeof found === 'string' ? [] : found;
}

function blockNames(
  { run }: ReportRow,
  devices: readonly { major: number; minor: number }[],
): string | FieldProblem {
  const names: string[] = [];
  for (const { major, minor } of devices) {
    const name = blockName(run, major, minor);
    if (name === undefined) {
      return { error: `Could not resolve block device name for ${major}:${minor}.` };
    }
    names.push(name);
  }
  return names.join(',');
}

function relatives(
  { tree, info }: ReportRow,
  of: (tree: DepTree, node: TreeNode) => readonly TreeNode[],
): readonly TreeNode[] {
  const node = info === null ? undefined : tree?.nodes.get(devno(info));
  return tree === null || node === undefined ? [] : of(tree, node);
}

const names = (nodes: readonly TreeNode[]): string =>
  nodes
    .filter(({ name }) => name !== '')
    .map(({ name }) => name)
    .join(',');

const NAME: readonly Field<ReportRow>[] = [
  {
    type: 'name',
    id: 'name',
    heading: 'Name',
    width: 16,
    show: ofInfo(({ name }) => unmangle(name)),
  },
  {
    type: 'name',
    id: 'mangled_name',
    heading: 'MangledName',
    width: 16,
    show: ofInfo(({ name }) => name),
  },
  {
    type: 'name',
    id: 'unmangled_name',
    heading: 'UnmangledName',
    width: 16,
    show: ofInfo(({ name }) => unmangle(name)),
  },
  {
    type: 'name',
    id: 'uuid',
    heading: 'UUID',
    width: 32,
    show: ofInfo(({ uuid }) => unmangle(uuid ?? '')),
  },
  {
    type: 'name',
    id: 'mangled_uuid',
    heading: 'MangledUUID',
    width: 32,
    show: ofInfo(({ uuid }) => uuid ?? ''),
  },
  {
    type: 'name',
    id: 'unmangled_uuid',
    heading: 'UnmangledUUID',
    width: 32,
    show: ofInfo(({ uuid }) => unmangle(uuid ?? '')),
  },
  {
    type: 'name',
    id: 'read_ahead',
    heading: 'RAhead',
    width: 6,
    numeric: true,
    show: ({ run, cell }) => {
      const sectors = cell === null ? 0 : readAhead(run, cell);
      return typeof sectors === 'number' ? String(sectors) : { ...sectors, value: '0' };
    },
  },
];

const INFO: readonly Field<ReportRow>[] = [
  {
    type: 'info',
    id: 'blkdevname',
    heading: 'BlkDevName',
    width: 16,
    show: (row) => (row.info === null ? '' : blockNames(row, [row.info])),
  },
  { type: 'info', id: 'attr', heading: 'Stat', width: 4, show: ofInfo(attributes) },
  { type: 'info', id: 'tables_loaded', heading: 'Tables', width: 6, show: ofInfo(tables) },
  {
    type: 'info',
    id: 'suspended',
    heading: 'Suspended',
    width: 9,
    show: ofInfo((i) => (i.suspended ? 'Suspended' : 'Active')),
  },
  {
    type: 'info',
    id: 'readonly',
    heading: 'Read-only',
    width: 9,
    show: ofInfo((i) => (i.readOnly ? 'Read-only' : 'Writeable')),
  },
  { type: 'info', id: 'devno', heading: 'DevNo', width: 5, show: ofInfo(devno) },
  {
    type: 'info',
    id: 'major',
    heading: 'Maj',
    width: 3,
    numeric: true,
    show: ofInfo((i) => i.major),
  },
  {
    type: 'info',
    id: 'minor',
    heading: 'Min',
    width: 3,
    numeric: true,
    show: ofInfo((i) => i.minor),
  },
  {
    type: 'info',
    id: 'open',
    heading: 'Open',
    width: 4,
    numeric: true,
    show: ofInfo((i) => i.openCount),
  },
  {
    type: 'info',
    id: 'segments',
    heading: 'Targ',
    width: 4,
    numeric: true,
    show: ofInfo((i) => i.targetCount),
  },
  {
    type: 'info',
    id: 'events',
    heading: 'Event',
    width: 6,
    numeric: true,
    show: ofInfo((i) => i.eventNr),
  },
];

const DEPS: readonly Field<ReportRow>[] = [
  {
    type: 'deps',
    id: 'device_count',
    heading: '#Devs',
    width: 5,
    numeric: true,
    show: (row) => String(deps(row).length),
  },
  {
    type: 'deps',
    id: 'devnos_used',
    heading: 'DevNosUsed',
    width: 16,
    show: (row) => deps(row).map(devno).join(','),
  },
  {
    type: 'deps',
    id: 'blkdevs_used',
    heading: 'BlkDevNamesUsed',
    width: 16,
    show: (row) => blockNames(row, deps(row)),
  },
];

const TREE: readonly Field<ReportRow>[] = [
  {
    type: 'tree',
    id: 'devs_used',
    heading: 'DevNamesUsed',
    width: 16,
    show: (row) => names(relatives(row, childrenOf)),
  },
  {
    type: 'tree',
    id: 'device_ref_count',
    heading: '#Refs',
    width: 5,
    numeric: true,
    show: (row) => String(relatives(row, parentsOf).length),
  },
  {
    type: 'tree',
    id: 'names_using_dev',
    heading: 'RefNames',
    width: 8,
    show: (row) => names(relatives(row, parentsOf)),
  },
  {
    type: 'tree',
    id: 'devnos_using_dev',
    heading: 'RefDevNos',
    width: 9,
    show: (row) => relatives(row, parentsOf).map(devno).join(','),
  },
];

const SPLIT_NAME: readonly Field<ReportRow>[] = [
  {
    type: 'splitname',
    id: 'subsystem',
    heading: 'Subsys',
    width: 6,
    show: ({ split }) => split.subsystem,
  },
  { type: 'splitname', id: 'vg_name', heading: 'VG', width: 4, show: ({ split }) => split.vg },
  { type: 'splitname', id: 'lv_name', heading: 'LV', width: 4, show: ({ split }) => split.lv },
  {
    type: 'splitname',
    id: 'lv_layer',
    heading: 'LVLayer',
    width: 7,
    show: ({ split }) => split.layer,
  },
];

/** With -S, whether the device passes: the report fills it in. */
const SELECTED: Field<ReportRow> = {
  type: 'special',
  id: 'selected',
  heading: 'Selected',
  width: 8,
  numeric: true,
  show: () => '1',
};

export const FIELDS: readonly Field<ReportRow>[] = [
  ...NAME,
  ...INFO,
  ...DEPS,
  ...TREE,
  ...SPLIT_NAME,
  SELECTED,
];
