// blkid.ts — blkid(8) of util-linux, of disks with nothing on them: it looks, and finds no name, no type and no UUID.
import { disksAndPartitions, findDevice, shownAlignment } from '@dmsim/block';
import type { Options, OptionSpec, Tool } from '@dmsim/coreutils';
import { Failure, parseOptions, refuse, tool } from '@dmsim/coreutils';
import type { Errno, Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { MadeFileSystem } from '../../ext4/mounts.ts';
import type { Machine } from '../../machine.ts';
import { entryTags } from '../../udev/partition-properties.ts';
import { contentOf } from './content-of.ts';
import { labelOn, partitionTags, tableTags } from './partition-tags.ts';
import type { Content } from './read-signature.ts';
import { blockNodeOf } from './read-signature.ts';

const SPEC: OptionSpec = {
  short: 'c:dghilL:n:o:O:ps:S:t:u:U:V',
  long: {
    'cache-file': 'c:',
    'garbage-collect': 'g',
    info: 'i',
    'list-one': 'l',
    label: 'L:',
    'match-types': 'n:',
    output: 'o:',
    probe: 'p',
    'match-tag': 's:',
    'match-token': 't:',
    usages: 'u:',
    uuid: 'U:',
    version: 'V',
  },
  refused: 'dDhHkOSvw',
  refusedLong: ['list-filesystems', 'offset', 'size', 'no-encoding', 'hint', 'no-part-details'],
  status: 4,
};

const LIST_HEAD = 'device     fs_type label    mount point    UUID\n\n';

/** BLKID_EXIT_NOTFOUND */
const NOT_FOUND = 2;
/** BLKID_EXIT_OTHER */
const OTHER = 4;

export const blkid = (machine: Machine): Program => tool((t) => main(t, machine));

function* main(t: Tool, machine: Machine): Task<number> {
  const options = parseOptions(t, SPEC);
  const { has, value, operands } = options;
  if (has('V')) {
    t.out.put('blkid from util-linux 2.38.1  (libblkid 2.38.1, 04-Aug-2022)\n');
    return 0;
  }
  if (has('g')) return 0;
  if (has('l') && !has('t'))
    throw new Failure(
      'blkid: The lookup option requires a search type specified using -t\n',
      OTHER,
    );
  if (has('i')) return showTopology(t, machine, operands, value('o') ?? 'full');
  return yield* listTags(t, machine, options);
}

function* listTags(t: Tool, machine: Machine, { value, given, operands }: Options): Task<number> {
  // The table of all disks: its head is printed before anything is found.
  if (value('o') === 'list') t.out.put(LIST_HEAD);
  const wanted = given.filter(([key]) => key === 's').map(([, tag]) => tag);
  const unknown = given.some(([key]) => 'tLU'.includes(key));
  const probes = given.some(([key]) => key === 'p');
  let status = NOT_FOUND;
  for (const path of operands.length > 0 ? operands : allDisks(machine)) {
    const content = yield* contentOf(t, machine, path);
    const tags = probes ? probedTags(t, machine, path, content) : tagsOf(t, machine, path, content);
    if (content === 'blank' && isInTable(t, machine, path)) status = 0;
    if (tags.length === 0) continue;
    if (unknown) refuse(t, t.args.join(' '));
    status = 0;
    // The list of all disks leaves out one that has partitions.
    if (operands.length === 0 && tags.some(([tag]) => tag === 'PTTYPE')) continue;
    putTags(t, path, { tags, wanted, form: value('o') ?? 'full' });
  }
  return status;
}

type Tag = readonly [tag: string, value: string];

/** A disk that can't be read has nothing. */
function tagsOf(
  t: Tool,
  machine: Machine,
  path: string,
  content: Content | Errno | MadeFileSystem,
): readonly Tag[] {
  const node = blockNodeOf(t, path);
  const dev =
    typeof node === 'string' ? undefined : findDevice(machine.layer, node.major, node.minor);
  if (dev === undefined) return [];
  if (typeof content === 'object') {
    const { label, uuid, fs } = content;
    const name: readonly Tag[] = label === '' ? [] : [['LABEL', label]];
    const own: readonly Tag[] = [
      ...name,
      ['UUID', uuid],
      ['BLOCK_SIZE', String(fs.blockSize)],
      ['TYPE', 'ext4'],
    ];
    return [...own, ...partitionTags(dev)];
  }
  if (content === 'blank') return partitionTags(dev);
  if (content !== 'something') return [];
  const table = dev.partition === null ? labelOn(dev) : null;
  return table === null ? refuse(t, `a disk with something on it (${path})`) : tableTags(table);
}

/** A partition is in the table of its disk, even if that gives it no name. */
function isInTable(t: Tool, { layer }: Machine, path: string): boolean {
  const node = blockNodeOf(t, path);
  const dev = typeof node === 'string' ? undefined : findDevice(layer, node.major, node.minor);
  return dev !== undefined && entryTags(dev).length > 0;
}

/** -p: of a partition its entry in the table. */
function probedTags(
  t: Tool,
  machine: Machine,
  path: string,
  content: Content | Errno | MadeFileSystem,
): readonly Tag[] {
  if (typeof content === 'object') return refuse(t, t.args.join(' '));
  const node = blockNodeOf(t, path);
  const dev =
    typeof node === 'string' ? undefined : findDevice(machine.layer, node.major, node.minor);
  if (content === 'blank' && dev !== undefined && dev.partition !== null) return entryTags(dev);
  return tagsOf(t, machine, path, content);
}

interface Shown {
  readonly tags: readonly Tag[];
  /** The tags to show; empty: all. */
  readonly wanted: readonly string[];
  readonly form: string;
}

/** Of a table; names of file systems are other ones, too, which -o udev refuses. */
const UDEV: Readonly<Record<string, string>> = {
  PTUUID: 'PART_TABLE_UUID',
  PTTYPE: 'PART_TABLE_TYPE',
};

function putTags(t: Tool, path: string, { tags: all, wanted, form }: Shown): void {
  const tags = all.filter(([tag]) => wanted.length === 0 || wanted.includes(tag));
  if (form === 'udev' && tags.some(([tag]) => tag === 'TYPE')) refuse(t, '-o udev');
  if (form === 'value') t.out.put(tags.map(([, text]) => `${text}\n`).join(''));
  else if (form === 'export') {
    t.out.put(`DEVNAME=${path}\n${tags.map(([tag, text]) => `${tag}=${text}\n`).join('')}`);
  } else if (form === 'udev') {
    t.out.put(tags.map(([tag, text]) => `ID_${UDEV[tag] ?? tag}=${text}\n`).join(''));
  } else if (form === 'full') {
    if (tags.length > 0)
      t.out.put(`${path}: ${tags.map(([tag, text]) => `${tag}="${text}"`).join(' ')}\n`);
  } else refuse(t, `-o ${form}`);
}

/** Those in /proc/partitions, which have a size. */
const allDisks = ({ layer }: Machine): string[] =>
  [...disksAndPartitions(layer)]
    .filter(({ capacity }) => capacity > 0)
    .map(({ name }) => `/dev/${name}`);

/** -i: what the kernel says of the sizes of its sectors and requests. */
function showTopology(t: Tool, { layer }: Machine, paths: readonly string[], form: string): number {
  if (paths.length === 0)
    throw new Failure('The low-level probing mode requires a device\n', OTHER);
  if (form !== 'full' && form !== 'export') refuse(t, `-i -o ${form}`);
  for (const path of paths) {
    const node = blockNodeOf(t, path);
    const dev = typeof node === 'string' ? undefined : findDevice(layer, node.major, node.minor);
    if (dev === undefined) refuse(t, `-i ${path}`);
    const { ioMin, ioOpt, physicalBlockSize, logicalBlockSize } = dev.limits;
    const figures: [string, number][] = [
      ['MINIMUM_IO_SIZE', ioMin],
      ['OPTIMAL_IO_SIZE', ioOpt],
      ['PHYSICAL_SECTOR_SIZE', physicalBlockSize],
      ['LOGICAL_SECTOR_SIZE', logicalBlockSize],
    ];
    // Only figures of that kind of disk are recorded.
    if (figures.some(([, size]) => size === 0) || shownAlignment(dev.limits) !== 0)
      refuse(t, `-i ${path}`);
    if (form === 'export') {
      t.out.put(`DEVNAME=${path}\n${figures.map(([name, size]) => `${name}=${size}\n`).join('')}`);
    } else {
      t.out.put(`${path}: ${figures.map(([name, size]) => `${name}="${size}"`).join(' ')}\n`);
    }
  }
  return 0;
}
