// blkid.ts — blkid(8) of util-linux, of disks with nothing on them: it looks, and finds no name, no type and no UUID.
import { findDevice } from '@dmsim/block';
import type { OptionSpec, Tool } from '@dmsim/coreutils';
import { Failure, parseOptions, refuse, tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../machine.ts';
import { blockNodeOf, probePath } from './read-signature.ts';

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
  refused: 'dhkOS',
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
  const { has, value, operands } = parseOptions(t, SPEC);
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
  // The table of all disks: its head is printed before anything is found.
  if (value('o') === 'list') t.out.put(LIST_HEAD);
  const paths = operands.length > 0 ? operands : allDisks(machine);
  for (const path of paths) yield* expectNothing(t, machine, path);
  return NOT_FOUND;
}

/** Those in /proc/partitions, which have a size. */
const allDisks = ({ layer }: Machine): string[] =>
  [...layer.devices.values()]
    .filter(({ capacity }) => capacity > 0)
    .map(({ name }) => `/dev/${name}`);

/** A disk that can't be read has nothing either. */
function* expectNothing(t: Tool, machine: Machine, path: string): Task<void> {
  const content = yield* probePath(t, machine, path);
  if (content === 'something') refuse(t, `a disk with something on it (${path})`);
}

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
    if (figures.some(([, size]) => size === 0) || dev.limits.alignmentOffset !== 0)
      refuse(t, `-i ${path}`);
    if (form === 'export') {
      t.out.put(`DEVNAME=${path}\n${figures.map(([name, size]) => `${name}=${size}\n`).join('')}`);
    } else {
      t.out.put(`${path}: ${figures.map(([name, size]) => `${name}="${size}"`).join(' ')}\n`);
    }
  }
  return 0;
}
