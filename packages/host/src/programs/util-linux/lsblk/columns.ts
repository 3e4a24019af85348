// columns.ts — The columns of lsblk(8): their titles, widths and values. Mirrors util-linux's misc-utils/lsblk.c.
import type { Tool } from '@dmsim/coreutils';
import { groupNameOf, lookup, openPath, readWhole, refuse, showMode } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import type { Vnode } from '@dmsim/vfs';
import { ready } from '@dmsim/vfs';

import type { Disk } from './disk.ts';
import { attributeText, sysText } from './disk.ts';
import { sizeText } from './size-text.ts';

export interface Look {
  /** -b */
  readonly bytes: boolean;
  /** -p */
  readonly paths: boolean;
  /** Raw lines, pairs and JSON have no blanks around a device number. */
  readonly bare: boolean;
}

/** A disk as a line of the listing. */
export interface Row {
  readonly t: Tool;
  readonly disk: Disk;
  /** The disk that it is shown below; with -s the one that is shown below it. */
  readonly parent: Disk | null;
  readonly look: Look;
}

export interface Column {
  readonly title: string;
  /** The width of a column whose texts are wider than its title; 0: as wide as they need. */
  readonly hint: number;
  readonly right: boolean;
  readonly json: 'string' | 'number' | 'boolean' | 'list' | 'size';
  /** True: udev's value goes before the kernel's. */
  readonly fromUdev: boolean;
  readonly show: (row: Row) => Task<string>;
}

type Facts = Partial<Omit<Column, 'title' | 'show'>>;

const column = (title: string, show: Column['show'], facts: Facts = {}): Column => ({
  title,
  hint: facts.hint ?? 0,
  right: facts.right ?? false,
  json: facts.json ?? 'string',
  fromUdev: facts.fromUdev ?? false,
  show,
});

const attribute =
  (file: string): Column['show'] =>
  ({ t, disk }) =>
    attributeText(t, disk, file);

const number = (title: string, hint: number, file: string): Column =>
  column(title, attribute(file), { hint, right: true, json: 'number' });

const flag = (title: string, file: string): Column =>
  column(title, attribute(file), { hint: 1, right: true, json: 'boolean' });

const bytes = (title: string, hint: number, show: (row: Row) => Task<number>): Column =>
  column(title, (row) => sizeOf(row, show(row)), { hint, right: true, json: 'size' });

function* sizeOf({ look }: Row, size: Task<number>): Task<string> {
  const value = yield* size;
  return look.bytes ? String(BigInt(value)) : sizeText(value);
}

function* numberIn({ t, disk }: Row, file: string): Task<number> {
  return Number(yield* attributeText(t, disk, file));
}

const queueBytes = (title: string, hint: number, file: string): Column =>
  bytes(title, hint, (row) => numberIn(row, `queue/${file}`));

const empty = (title: string, hint = 0): Column =>
  column(title, () => ready(''), { hint, fromUdev: true });

/** The space of a file system that is mounted is not simulated. */
function* spaceOf(row: Row): Task<string> {
  if ((yield* mountPointsOf(row)).length > 0) refuse(row.t, 'FSAVAIL and FSUSE% of a mounted ext4');
  return '';
}

/** From /proc/mounts. */
function* mountPointsOf({ t, disk }: Row): Task<string[]> {
  const file = yield* openPath(t, '/proc/mounts', { read: true, write: false });
  const text = typeof file === 'string' ? '' : yield* readWhole(t, file);
  if (typeof file !== 'string') {
    t.opened.delete(file);
    file.release(t.process);
  }
  const sources = new Set([pathOf(disk), `/dev/${disk.name}`]);
  return (typeof text === 'string' ? text : '')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([source = '']) => sources.has(source))
    .map(([, target = '']) => target);
}

/** A map goes by the name below /dev/mapper. */
export function pathOf({ name, map }: Disk): string {
  return map === null ? `/dev/${name}` : `/dev/mapper/${map.name}`;
}

const shownName = ({ disk, look }: Row): string =>
  look.paths ? pathOf(disk) : (disk.map?.name ?? disk.name);

const kernelName = (disk: Disk | null, { paths }: Look): string =>
  disk === null ? '' : `${paths ? '/dev/' : ''}${disk.name}`;

function numbers({ disk: { major, minor }, look }: Row): string {
  if (look.bare) return `${major}:${minor}`;
  return `${String(major).padStart(3)}:${String(minor).padEnd(3)}`;
}

/** A map's UUID begins with its type. */
function typeOf({ disk: { map, name, whole } }: Row): string {
  if (whole !== null) return 'part';
  if (map === null) return name.startsWith('loop') ? 'loop' : 'disk';
  const [prefix = ''] = map.uuid.split('-');
  if (prefix === '') return 'dm';
  return (/^part/i.test(prefix) ? prefix.slice(0, 4) : prefix).toLowerCase();
}

function* stateOf({ t, disk }: Row): Task<string> {
  if (disk.map === null) return yield* sysText(t, disk.name, 'device/state');
  return (yield* sysText(t, disk.name, 'dm/suspended')) === '1' ? 'suspended' : 'running';
}

/** The scheduler in use, which sysfs puts in brackets. */
function* schedulerOf({ t, disk }: Row): Task<string> {
  const text = yield* attributeText(t, disk, 'queue/scheduler');
  return /\[([^\]]*)\]/.exec(text)?.[1] ?? (disk.map === null ? text : '');
}

/** `0:0:0:0`, the last name of the link to the disk's device. */
function hctl({ t, disk }: Row): string {
  const node = lookup(t, `/sys/block/${disk.name}/device`, { follow: false });
  return typeof node !== 'string' && node.kind === 'symlink'
    ? node.target.slice(node.target.lastIndexOf('/') + 1)
    : '';
}

const ofNode =
  (show: (node: Vnode) => string): Column['show'] =>
  ({ t, disk }) => {
    const node = lookup(t, pathOf(disk));
    return ready(typeof node === 'string' ? '' : show(node));
  };

const scsi = (title: string, facts: Facts): Column =>
  column(title, attribute(`device/${title.toLowerCase()}`), { ...facts, fromUdev: true });

const ALL: readonly Column[] = [
  column('NAME', (row) => ready(shownName(row))),
  column('KNAME', ({ disk, look }) => ready(kernelName(disk, look))),
  column('PKNAME', ({ parent, look }) => ready(kernelName(parent, look))),
  column('PATH', ({ disk }) => ready(pathOf(disk))),
  column('MAJ:MIN', (row) => ready(numbers(row)), { hint: 6 }),
  flag('RM', 'removable'),
  bytes('SIZE', 5, ({ disk }) => ready(disk.sectors * 512)),
  flag('RO', 'ro'),
  column('TYPE', (row) => ready(typeOf(row)), { hint: 4 }),
  column('MOUNTPOINT', function* show(row) {
    return (yield* mountPointsOf(row)).at(-1) ?? '';
  }),
  column(
    'MOUNTPOINTS',
    function* show(row) {
      return (yield* mountPointsOf(row)).join('\n');
    },
    { json: 'list' },
  ),
  column('STATE', stateOf, { hint: 7 }),
  column(
    'OWNER',
    ofNode(() => 'root'),
  ),
  column('GROUP', ofNode(groupNameOf)),
  column('MODE', ofNode(showMode)),
  number('ALIGNMENT', 6, 'alignment_offset'),
  number('MIN-IO', 6, 'queue/minimum_io_size'),
  number('OPT-IO', 6, 'queue/optimal_io_size'),
  number('PHY-SEC', 7, 'queue/physical_block_size'),
  number('LOG-SEC', 7, 'queue/logical_block_size'),
  flag('ROTA', 'queue/rotational'),
  column('SCHED', schedulerOf),
  column('RQ-SIZE', attribute('queue/nr_requests'), { hint: 5, right: true, json: 'number' }),
  number('RA', 3, 'queue/read_ahead_kb'),
  bytes('WSAME', 6, () => ready(0)),
  flag('RAND', 'queue/add_random'),
  number('DISC-ALN', 6, 'discard_alignment'),
  queueBytes('DISC-GRAN', 6, 'discard_granularity'),
  queueBytes('DISC-MAX', 6, 'discard_max_bytes'),
  column('DISC-ZERO', () => ready('0'), { hint: 1, right: true, json: 'boolean' }),
  flag('DAX', 'queue/dax'),
  column('ZONED', attribute('queue/zoned')),
  flag('HOTPLUG', 'removable'),
  column('HCTL', (row) => ready(hctl(row)), { hint: 10 }),
  column('SUBSYSTEMS', (row) => ready(hctl(row) === '' ? 'block' : 'block:scsi:pseudo')),
  scsi('VENDOR', {}),
  scsi('MODEL', {}),
  scsi('REV', { hint: 4, right: true }),
  // udev knows of these.
  empty('FSTYPE'),
  empty('FSVER'),
  empty('LABEL'),
  empty('UUID'),
  column('FSAVAIL', spaceOf, { hint: 5, right: true, json: 'size' }),
  column('FSUSE%', spaceOf, { hint: 3, right: true, json: 'size' }),
  empty('SERIAL'),
  empty('TRAN', 6),
  empty('WWN', 18),
  empty('PARTTYPE'),
  empty('PARTTYPENAME'),
  empty('PARTLABEL'),
  empty('PARTUUID'),
  empty('PARTFLAGS'),
  empty('PTTYPE'),
  empty('PTUUID'),
];

export const COLUMNS: ReadonlyMap<string, Column> = new Map(ALL.map((one) => [one.title, one]));

/** Columns that are not simulated: file systems, zones. */
export const REFUSED_COLUMNS: ReadonlySet<string> = new Set(
  'FSROOTS FSSIZE FSUSED ID ID-LINK START ZONE-SZ ZONE-WGRAN ZONE-APP ZONE-NR ZONE-OMAX ZONE-AMAX'.split(
    ' ',
  ),
);
