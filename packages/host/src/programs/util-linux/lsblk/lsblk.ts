// lsblk.ts — lsblk(8) of util-linux: lists disks and what stands on them, from /sys/block.
import { err, parseOptions, refuse, tool, warn } from '@dmsim/coreutils';
import type { Tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../../../machine.ts';
import type { Column } from './columns.ts';
import { COLUMNS, REFUSED_COLUMNS } from './columns.ts';
import { byNumber } from './disk.ts';
import type { Listing } from './print.ts';
import { printJson, printPairs, printRaw, printTable } from './print.ts';
import type { Choice, TreeNode } from './tree.ts';
import { listOf, treeAt, wholeForest } from './tree.ts';

export const lsblk = (machine: Machine): Program => tool((t) => main(t, machine));

const USUAL = 'NAME,MAJ:MIN,RM,SIZE,RO,TYPE,MOUNTPOINTS';
const CONTENT = 'NAME,FSTYPE,FSVER,LABEL,UUID,FSAVAIL,FSUSE%,MOUNTPOINTS';
const TOPOLOGY = 'NAME,ALIGNMENT,MIN-IO,OPT-IO,PHY-SEC,LOG-SEC,ROTA,SCHED,RQ-SIZE,RA,WSAME';
const DISCARD = 'NAME,DISC-ALN,DISC-GRAN,DISC-MAX,DISC-ZERO';
const PERMISSIONS = 'NAME,SIZE,OWNER,GROUP,MODE';
const SCSI = 'NAME,HCTL,TYPE,VENDOR,MODEL,REV,SERIAL,TRAN';

const RAM_DISKS = 1;
/** Exit statuses if none of the named devices, or only some of them, exist. */
const NONE_OK = 32;
const SOME_OK = 64;

type Given = ReturnType<typeof parseOptions>;

const parse = (t: Tool): Given =>
  parseOptions(t, {
    short: 'abdDe:fiI:JlmnpPo:rsStTVx:',
    long: {
      all: 'a',
      bytes: 'b',
      nodeps: 'd',
      discard: 'D',
      exclude: 'e:',
      fs: 'f',
      ascii: 'i',
      include: 'I:',
      json: 'J',
      list: 'l',
      perms: 'm',
      noheadings: 'n',
      paths: 'p',
      pairs: 'P',
      output: 'o:',
      raw: 'r',
      inverse: 's',
      scsi: 'S',
      topology: 't',
      tree: 'T',
      sort: 'x:',
      version: 'V',
    },
    refused: 'AEhMOwyz',
    refusedLong: 'noempty dedup merge output-all width shell zoned sysroot help'.split(' '),
  });

function* main(t: Tool, machine: Machine): Task<number> {
  const given = parse(t);
  const { has, operands } = given;
  if (has('V')) {
    t.out.put('lsblk from util-linux 2.38.1\n');
    return 0;
  }
  const choice = choiceOf(t, given);
  const columns = columnsOf(t, given);
  refuseUdev(t, machine, columns);
  const roots: TreeNode[] = [];
  for (const path of operands) {
    const tree = yield* treeAt(t, choice, path);
    if (tree === undefined) yield* warn(t, `${path}: not a block device`);
    else if (tree !== null) roots.push(tree);
  }
  const found = roots.length;
  if (operands.length === 0) roots.push(...(yield* wholeForest(t, choice)));
  const listing: Listing = {
    t,
    columns,
    look: { bytes: has('b'), paths: has('p'), bare: has('r') || has('P') || has('J') },
    heading: !has('n'),
  };
  if (roots.length > 0) yield* print(listing, given, has('S') ? scsiOf(roots) : roots);
  if (found === operands.length) return 0;
  return found === 0 ? NONE_OK : SOME_OK;
}

/** The columns that udevd knows are not simulated. */
function refuseUdev(t: Tool, { udev }: Machine, columns: readonly Column[]): void {
  const known = columns.find(({ fromUdev }) => fromUdev && udev.running);
  if (known !== undefined) refuse(t, `${known.title} with udevd`);
}

function choiceOf(t: Tool, { has, value }: Given): Choice {
  const numbers = (list: string): Set<number> => {
    const bad = list.split(',').find((word) => !/^\d+$/.test(word));
    if (bad !== undefined) err(t, `failed to parse list '${list}'`);
    return new Set(list.split(',').map(Number));
  };
  // An empty list is no list.
  const include = value('I') === '' ? undefined : value('I');
  const exclude = value('e');
  if (include !== undefined && exclude !== undefined)
    err(t, 'mutually exclusive arguments: --include --exclude');
  // The children of a disk that is left out may still be shown: they are filtered by themselves.
  if (exclude !== undefined && numbers(exclude).has(MAPS)) refuse(t, `-e ${exclude}`);
  return {
    inverse: has('s'),
    alone: has('d') || has('S'),
    all: has('a'),
    exclude:
      exclude === undefined
        ? new Set(has('a') || include !== undefined ? [] : [RAM_DISKS])
        : numbers(exclude),
    include: include === undefined ? null : numbers(include),
    asListed: has('x'),
  };
}

const MAPS = 254;

const scsiOf = (roots: readonly TreeNode[]): readonly TreeNode[] =>
  roots.filter(({ disk }) => disk.name.startsWith('sd'));

function columnsOf(t: Tool, { has, value }: Given): Column[] {
  let usual = USUAL;
  if (has('f')) usual = CONTENT;
  else if (has('t')) usual = TOPOLOGY;
  else if (has('D')) usual = DISCARD;
  else if (has('m')) usual = PERMISSIONS;
  else if (has('S')) usual = SCSI;
  const given = value('o');
  const names = given === undefined ? usual : given.replace(/^\+/, `${usual},`);
  return names.split(',').map((name, i, all) => {
    const title = name.toUpperCase();
    if (REFUSED_COLUMNS.has(title)) refuse(t, `the column ${title}`);
    // It shows where in the list it stands, so that all that follows is in the message.
    return COLUMNS.get(title) ?? err(t, `unknown column: ${all.slice(i).join(',')}`);
  });
}

/** -x: the list of all disks by what a column says. */
function printSorted(listing: Listing, key: string, list: readonly TreeNode[]): Task<void> {
  const order = ORDERS[key.toUpperCase()] ?? refuse(listing.t, `-x ${key}`);
  return printTable(listing, list.toSorted(order));
}

const ORDERS: Readonly<Record<string, (a: TreeNode, b: TreeNode) => number>> = {
  NAME: (a, b) => compare(shownAs(a), shownAs(b)),
  KNAME: (a, b) => compare(a.disk.name, b.disk.name),
  SIZE: (a, b) => a.disk.sectors - b.disk.sectors,
  'MAJ:MIN': (a, b) => byNumber(a.disk, b.disk),
};

const shownAs = ({ disk }: TreeNode): string => disk.map?.name ?? disk.name;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function print(
  listing: Listing,
  { has, value, operands }: Given,
  roots: readonly TreeNode[],
): Task<void> {
  if (has('J')) return printJson(listing, roots);
  const flat = (): TreeNode[] =>
    listOf(roots).map(({ disk, parent }) => ({ disk, parent, children: [] }));
  const key = value('x');
  if (key !== undefined) return printSorted(listing, key, flat());
  // A disk with several parents is there several times, unless it is a list.
  const all = (): readonly TreeNode[] => (has('l') ? flat() : roots);
  if (has('P')) return printPairs(listing, all());
  if (has('r')) return printRaw(listing, all());
  const isTree = has('T') || listing.columns.some(({ title }) => title === 'NAME');
  if (!has('l') && isTree) return printTable(listing, roots);
  const list = flat();
  const sorted = operands.length === 0 && !has('s');
  return printTable(listing, sorted ? list.toSorted(byRow) : list);
}

const byRow = (a: TreeNode, b: TreeNode): number => byNumber(a.disk, b.disk);
