// info.ts — `udevadm info`: prints what udev's database says about a device.
import { findDevice } from '@dmsim/block';
import type { Tool } from '@dmsim/coreutils';
import { Failure, refuse, resolve } from '@dmsim/coreutils';
import type { OptionTable, ParsedOptions } from '@dmsim/libc';

import type { Machine } from '../../machine.ts';
import { baseProperties } from '../../udev/disk-rules.ts';
import { devpathOf } from '../../udev/trigger.ts';
import type { UdevRecord } from '../../udev/udev.ts';

export const INFO: OptionTable = {
  short: 'atced:n:p:q:rxP:w::',
  long: {
    query: 'q:',
    name: 'n:',
    path: 'p:',
    'attribute-walk': 'a',
    export: 'x',
    'export-db': 'e',
    'export-prefix': 'P:',
    root: 'r',
    'cleanup-db': 'c',
    'device-id-of-file': 'd:',
    'wait-for-initialization': 'w::',
    tree: 't',
    'no-pager': 'no-pager',
    property: 'property:',
    value: 'value',
  },
};

export function info(t: Tool, machine: Machine, { given, operands }: ParsedOptions): number {
  const last = (key: string): string | undefined => given.findLast(([k]) => k === key)?.[1];
  for (const [key] of given) if (!KNOWN.has(key)) refuse(t, `udevadm info -${key}`);
  const record = recordOf(t, machine, { given, operands });
  const names = given.flatMap(([key, list]) => (key === 'property' ? list.split(',') : []));
  const bare = given.some(([key]) => key === 'value');
  const query = last('q') ?? 'all';
  const answer = QUERIES.get(query);
  if (answer === undefined) throw new Failure('unknown query type\n', 1);
  const isPart = query === 'property' && (bare || names.length > 0);
  t.out.put(isPart ? someProperties(record, names, { bare }) : answer(record, record.kernel));
  return 0;
}

/** The device that is meant, and its record in udev's database. */
function recordOf(
  t: Tool,
  machine: Machine,
  { given, operands }: Pick<ParsedOptions, 'given' | 'operands'>,
): UdevRecord & { readonly kernel: string } {
  const [key, word = pathOf(operands[0])] = given.findLast(([k]) => 'np'.includes(k)) ?? [];
  const asked = key === 'p' && !word.startsWith('/sys/') ? `/sys/${word}` : word;
  const kernel = kernelName(t, machine, asked.replace('//', '/')) ?? '';
  const record = machine.udev.database.get(kernel) ?? unknownToUdev(machine, kernel);
  if (record !== undefined) return { ...record, kernel };
  const shown = key === 'n' && !word.startsWith('/') ? `/dev/${word}` : asked;
  throw new Failure(`Unknown device "${shown}": No such device\n`, 1);
}

/** Returns what the kernel says about a disk that udev was told has gone, though it is there. */
function unknownToUdev({ layer }: Machine, kernel: string): UdevRecord | undefined {
  const dev = layer.byName.get(kernel);
  if (dev === undefined) return undefined;
  // Tags are udev's own.
  const properties = new Map(baseProperties(dev, { devpath: devpathOf(dev) }));
  for (const name of ['TAGS', 'CURRENT_TAGS']) properties.delete(name);
  return { properties, links: [], linkPriority: 0 };
}

/** A device that no option precedes is given by its path. */
function pathOf(word: string | undefined): string {
  if (word === undefined) throw new Failure('A device name or path is required\n', 1);
  if (word.startsWith('/')) return word;
  const wanted = 'expected an absolute path in /dev/ or /sys/ or a unit name';
  throw new Failure(`Bad argument "${word}", ${wanted}: Invalid argument\n`, 1);
}

const KNOWN: ReadonlySet<string> = new Set(['q', 'n', 'p', 'property', 'value', 'no-pager']);

/** The devices that are named, or all. */
function someProperties(
  { properties, links }: UdevRecord,
  names: readonly string[],
  { bare }: { readonly bare: boolean },
): string {
  const all = inOrder({ properties, links });
  const wanted = names.length === 0 ? all : all.filter(([name]) => names.includes(name));
  return lines(wanted.map(([name, value]) => (bare ? value : `${name}=${value}`)));
}

/** One fact a line, after a letter for its kind, and an empty line at the end. */
function wholeRecord({ properties, links, linkPriority }: UdevRecord, kernel: string): string {
  const of = (name: string): string => properties.get(name) ?? '';
  const number = /\d+$/.exec(kernel)?.[0];
  return lines([
    `P: ${of('DEVPATH')}`,
    `M: ${kernel}`,
    ...(number === undefined ? [] : [`R: ${number}`]),
    `U: ${of('SUBSYSTEM')}`,
    `T: ${of('DEVTYPE')}`,
    `D: b ${of('MAJOR')}:${of('MINOR')}`,
    `N: ${kernel}`,
    `L: ${linkPriority}`,
    ...links.map((link) => `S: ${link}`),
    `Q: ${of('DISKSEQ')}`,
    ...pairs(inOrder({ properties, links })).map((pair) => `E: ${pair}`),
    '',
  ]);
}

/** The answers of `--query`. */
const QUERIES: ReadonlyMap<string, (record: UdevRecord, kernel: string) => string> = new Map([
  ['all', wholeRecord],
  ['property', ({ properties, links }) => lines(pairs(inOrder({ properties, links })))],
  ['name', (_record, kernel) => `${kernel}\n`],
  ['symlink', ({ links }) => `${links.join(' ')}\n`],
  ['path', ({ properties }) => `${properties.get('DEVPATH') ?? ''}\n`],
]);

type Property = readonly [name: string, value: string];

const pairs = (properties: readonly Property[]): string[] =>
  properties.map(([name, value]) => `${name}=${value}`);

/** Links and tags come last. */
function inOrder({ properties, links }: Pick<UdevRecord, 'properties' | 'links'>): Property[] {
  const all = [...properties];
  const isTag = ([name]: Property): boolean => name === 'TAGS' || name === 'CURRENT_TAGS';
  const [tags, others] = [all.filter(isTag), all.filter((property) => !isTag(property))];
  return [...others, ...devLinks(links), ...tags];
}

const devLinks = (links: readonly string[]): Property[] =>
  links.length === 0 ? [] : [['DEVLINKS', links.map(inDev).join(' ')]];

const inDev = (link: string): string => `/dev/${link}`;
const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

/** The path of a disk or a partition in sysfs, whose name comes last. */
const SYSFS =
  /^\/sys\/(?:class\/block|block(?:\/[^/]+)?|devices\/.*\/block(?:\/[^/]+)?)\/([^/]+)\/?$/;

/** `sda`, `/dev/mapper/mpatha`, `/sys/block/sda`, `/dev/disk/by-id/…` */
export function kernelName(t: Tool, machine: Machine, word: string): string | undefined {
  const sys = SYSFS.exec(word)?.[1];
  if (sys !== undefined) return sys;
  const node = resolve(t, word.startsWith('/') ? word : `/dev/${word}`);
  if (typeof node === 'string' || node.node?.kind !== 'block') return undefined;
  return findDevice(machine.layer, node.node.major, node.node.minor)?.name;
}
