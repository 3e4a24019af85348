// config-null-blk.ts — /sys/kernel/config/nullb: disks that a lab makes with mkdir, sets up and switches on. Mirrors drivers/block/null_blk/main.c: nullb_group_make_item, nullb_device_power_store, nullb_device_badblocks_store.
import type { BlockDevice, Extent, SysfsAttribute, SysfsAttributes } from '@dmsim/block';
import { addNullDisk, delDisk, NULL_BLK_DEFAULTS, parseFlag, scanTime, shows } from '@dmsim/block';
import type { Errno, Nanos, Task } from '@dmsim/sim';
import { NotSupported, sleepFor } from '@dmsim/sim';
import type { Directory } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import { attributesDirectory } from './attributes.ts';
import { fixedDirectory, kernelDirectory } from './kernel-directory.ts';

export const CONFIGFS = '/sys/kernel/config';

const NULL_MAJOR = 252;
const SECTORS_PER_MIB = 2048;

/** A directory that mkdir made. */
interface NullItem {
  readonly machine: Machine;
  readonly name: string;
  /** The attributes that are numbers; flags are 0 and 1. */
  readonly values: Map<string, number>;
  readonly badBlocks: Extent[];
  index: number;
  /** The time that switching on takes, in ns; 0 once that is over. */
  scanning: Nanos;
  /** Set while it is switched on. */
  disk: BlockDevice | null;
}

/** The subsystems that are there once configfs is mounted. */
export function configDirectory(machine: Machine): Directory {
  const nullDisks = nullDisksDirectory(machine);
  return fixedDirectory(
    { nullb: () => nullDisks },
    undefined,
    () => machine.mounts.has(CONFIGFS) && machine.modules.has('null_blk'),
  );
}

const FEATURES =
  'badblocks,blocking,blocksize,cache_size,completion_nsec,discard,fua,home_node,hw_queue_depth,irqmode,max_sectors,' +
  'mbps,memory_backed,no_sched,poll_queues,power,queue_mode,shared_tag_bitmap,shared_tags,size,submit_queues,' +
  'use_per_node_hctx,virt_boundary,zoned,zone_capacity,zone_max_active,zone_max_open,zone_nr_conv,zone_offline,' +
  'zone_readonly,zone_size,zone_append_max_sectors,zone_full\n';

function nullDisksDirectory(machine: Machine): Directory {
  const { nullItems: items } = machine;
  const features = attributesDirectory({ features: { show: () => FEATURES } }, machine);
  const base = kernelDirectory(
    () => ['features', ...items.keys()],
    (name) => (name === 'features' ? features.lookup(name) : items.get(name)),
  );
  return {
    kind: 'directory',
    mode: 0o755,
    entries: () => base.entries(),
    lookup: (name) => base.lookup(name),
    link(name, node) {
      if (node.kind !== 'directory') return 'EPERM';
      items.set(name, itemDirectory(makeItem(machine, name)));
      return undefined;
    },
    unlink(name) {
      const item = items.get(name);
      if (item === undefined) return 'EPERM';
      item.switchOff();
      items.delete(name);
      return undefined;
    },
    isRemovable: () => false,
  };
}

/** The directory of a disk, which goes with it. */
export interface NullDirectory extends Directory {
  readonly switchOff: () => void;
}

function itemDirectory(item: NullItem): NullDirectory {
  const base = attributesDirectory(ATTRIBUTES, item);
  return {
    kind: 'directory',
    mode: 0o755,
    entries: () => base.entries(),
    lookup: (name) => base.lookup(name),
    link: (name, node) => base.link(name, node),
    unlink: (name) => base.unlink(name),
    isRemovable: () => true,
    switchOff: () => switchOff(item),
  };
}

const makeItem = (machine: Machine, name: string): NullItem => ({
  machine,
  name,
  values: new Map(Object.entries(DEFAULTS)),
  badBlocks: [],
  index: 0,
  scanning: 0,
  disk: null,
});

const { bs, completion_nsec, irqmode, queue_mode, hw_queue_depth } = NULL_BLK_DEFAULTS;

/** The numbers of a new disk; its size is in MiB. */
const NUMBERS: Readonly<Record<string, number>> = {
  blocksize: bs,
  cache_size: 0,
  completion_nsec,
  home_node: 0xffffffff,
  hw_queue_depth,
  irqmode,
  max_sectors: 0,
  mbps: 0,
  poll_queues: 1,
  queue_mode,
  size: NULL_BLK_DEFAULTS.gb * 1024,
  submit_queues: 1,
  zone_append_max_sectors: 0x7fffffff,
  zone_capacity: 0,
  zone_max_active: 0,
  zone_max_open: 0,
  zone_nr_conv: 0,
  zone_size: 256,
};

const FLAGS: Readonly<Record<string, number>> = {
  blocking: 0,
  discard: 0,
  fua: 1,
  memory_backed: 0,
  no_sched: 0,
  shared_tag_bitmap: 0,
  shared_tags: 0,
  use_per_node_hctx: 0,
  virt_boundary: 0,
  zone_full: 0,
  zoned: 0,
};

const DEFAULTS: Readonly<Record<string, number>> = { ...NUMBERS, ...FLAGS };

/** Attributes with another value than their default end the lab when the disk is switched on. */
const NOT_SIMULATED =
  'cache_size fua mbps shared_tags use_per_node_hctx virt_boundary zone_full zoned'.split(' ');

const UINT_MAX = 0xffffffff;

function parseNumber(text: string): number | null {
  const word = text.trim();
  if (!/^(?:0x[\da-f]+|\d+)$/i.test(word)) return null;
  const value = /^0\d/.test(word) ? Number.parseInt(word, 8) : Number(word);
  return value <= UINT_MAX ? value : null;
}

const parseBoolean = (text: string): number | null => {
  const value = parseFlag(text);
  return value === null ? null : Number(value);
};

/** A disk that is switched on keeps what it was made with. */
const setting = (
  name: string,
  parse: (text: string) => number | null,
): SysfsAttribute<NullItem> => ({
  show: ({ values }) => `${values.get(name)}\n`,
  store(item, text) {
    const value = parse(text);
    if (value === null) return 'EINVAL';
    if (item.disk !== null && !CHANGES_LATER.has(name)) return 'EBUSY';
    item.values.set(name, value);
    return undefined;
  },
});

const CHANGES_LATER: ReadonlySet<string> = new Set(['submit_queues', 'poll_queues']);

const ATTRIBUTES: SysfsAttributes<NullItem> = {
  ...Object.fromEntries(Object.keys(NUMBERS).map((name) => [name, setting(name, parseNumber)])),
  ...Object.fromEntries(Object.keys(FLAGS).map((name) => [name, setting(name, parseBoolean)])),
  index: shows(({ index }) => index),
  power: {
    show: ({ disk }) => `${disk === null ? 0 : 1}\n`,
    store: storePower,
    settle: untilScanned,
  },
  badblocks: {
    show: ({ badBlocks }) =>
      badBlocks.map(({ from, end }) => `${from} ${end - from}\n`).join('') || '\n',
    store: storeBadBlocks,
  },
  zone_offline: { store: () => 'EINVAL' },
  zone_readonly: { store: () => 'EINVAL' },
};

function storePower(item: NullItem, text: string): Errno | undefined {
  const on = parseFlag(text);
  if (on === null) return 'EINVAL';
  if (!on) switchOff(item);
  else if (item.disk === null) switchOn(item);
  return undefined;
}

function switchOn(item: NullItem): void {
  const { machine, values, name, badBlocks } = item;
  const changed = NOT_SIMULATED.find((one) => values.get(one) !== DEFAULTS[one]);
  if (changed !== undefined) throw refusal(`${changed} ${values.get(changed)}`);
  const get = (of: string): number => values.get(of) as number;
  item.index = freeIndex(machine);
  const params = {
    ...NULL_BLK_DEFAULTS,
    bs: Math.min(Math.max(get('blocksize') - (get('blocksize') % 512), 512), 4096),
    completion_nsec: get('completion_nsec'),
    irqmode: Math.min(get('irqmode'), 2) as 0 | 1 | 2,
    queue_mode: Math.min(get('queue_mode'), 2) as 0 | 1 | 2,
    hw_queue_depth: get('hw_queue_depth'),
    memory_backed: get('memory_backed') === 1,
    discard: get('discard') === 1,
    max_sectors: get('max_sectors'),
  };
  const capacity = get('size') * SECTORS_PER_MIB;
  const spec = { minor: item.index, name, capacity, badBlocks };
  item.disk = addNullDisk(machine.layer, params, spec);
  item.scanning = scanTime(params);
}

/** The write returns when the disk has been looked through for partitions. */
function* untilScanned(item: NullItem): Task<void> {
  const { scanning } = item;
  item.scanning = 0;
  if (scanning > 0) yield* sleepFor(scanning);
}

function refusal(what: string): NotSupported {
  const error = new NotSupported('null_blk', 0, what);
  error.message = `null_blk: not supported: ${what}`;
  return error;
}

function freeIndex({ layer }: Machine): number {
  const minors = [...layer.devices.values()].filter(({ major }) => major === NULL_MAJOR);
  for (let index = 0; ; index++) if (minors.every(({ minor }) => minor !== index)) return index;
}

function switchOff(item: NullItem): void {
  const { disk, machine } = item;
  if (disk === null) return;
  item.disk = null;
  machine.layer.hooks.onRemoval(disk);
  delDisk(disk);
}

/** `+FIRST-LAST` marks sectors as bad, `-FIRST-LAST` takes the mark away. */
function storeBadBlocks({ badBlocks }: NullItem, text: string): Errno | undefined {
  const match = /^([-+])(\d+)-(\d+)$/.exec(text.trim());
  if (match === null) return 'EINVAL';
  const from = Number(match[2]);
  const end = Number(match[3]) + 1;
  if (from >= end) return 'EINVAL';
  const kept = badBlocks.flatMap((one) => without(one, { from, end }));
  if (match[1] === '+') kept.push({ from, end });
  kept.sort((a, b) => a.from - b.from);
  badBlocks.length = 0;
  for (const one of kept) {
    const last = badBlocks.at(-1);
    if (last?.end === one.from) last.end = one.end;
    else badBlocks.push(one);
  }
  return undefined;
}

/** The parts of a range that are left of it without another. */
function without(range: Extent, { from, end }: Extent): Extent[] {
  const parts = [
    { from: range.from, end: Math.min(range.end, from) },
    { from: Math.max(range.from, end), end: range.end },
  ];
  return parts.filter((part) => part.from < part.end);
}
