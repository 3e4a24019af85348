// uevent.ts — A uevent as `udevadm monitor` prints it.
import { findDevice } from '@dmsim/block';
import type { BlockDevice } from '@dmsim/block';
import { formatSeconds } from '@dmsim/sim';

import type { Machine } from '../../machine.ts';
import type { ProcessedUevent } from '../../udev/udev.ts';
import type { NumberedUevent } from '../../uevent-bus.ts';

/** The subsystem that the event names, or else that of the device's place in sysfs: `/devices/virtual/block/dm-0`, `…/0:0:0:0/block/sda`. */
export function subsystemOf({ devpath, variables }: NumberedUevent): string {
  const own = variables.find(([name]) => name === 'SUBSYSTEM')?.[1];
  const parts = devpath.split('/');
  // A partition stands below its disk.
  if (parts.at(-3) === 'block') return own ?? 'block';
  return own ?? parts.at(-2) ?? '';
}

/** The type that the event names, or else that of a disk or a partition; most devices have none. */
export function deviceTypeOf({ devpath, variables }: NumberedUevent): string | undefined {
  const own = variables.find(([name]) => name === 'DEVTYPE')?.[1];
  const parts = devpath.split('/');
  if (parts.at(-3) === 'block') return own ?? 'partition';
  return own ?? (parts.at(-2) === 'block' ? 'disk' : undefined);
}

/** `KERNEL[39.683423] add      /devices/virtual/bdi/254:6 (bdi)`, `UDEV  [39.690012] …`, and a paragraph of variables if wanted. */
export function formatUevent(
  machine: Machine,
  event: NumberedUevent,
  { properties, source }: { readonly properties: boolean; readonly source: 'KERNEL' | 'UDEV' },
): string {
  const { action, devpath, at } = event;
  const subsystem = subsystemOf(event);
  const time = `${source.padEnd(6)}[${formatSeconds(at)}]`;
  const head = `${time} ${action.padEnd(8)} ${devpath} (${subsystem})\n`;
  if (!properties) return head;
  const variables = variablesOf(machine, event, subsystem);
  const since = ['USEC_INITIALIZED', String(Math.floor(at / 1000))] as const;
  const sent = variables.filter((pair) => !isNumber(pair));
  const all = source === 'UDEV' ? [...sent, since, ...variables.filter(isNumber)] : variables;
  const lines = all.map(([name, value]) => `${name}=${value}\n`);
  return `${head}${lines.join('')}\n`;
}

/** As udev passes a block device's event on: what the kernel sent, then what the rules set, in their order. */
export function formatProcessed(machine: Machine, event: ProcessedUevent): string {
  const { properties, links } = event;
  const sent = variablesOf(machine, event, 'block');
  const known = new Set(sent.map(([name]) => name));
  const isRest = ([name]: readonly [string, string]): boolean => !known.has(name);
  const own = [...properties].filter(isRest);
  const all = [
    ...sent.filter(([name]) => !NUMBERS.has(name)),
    ...own.filter((pair) => !isTag(pair)),
    ...sent.filter(([name]) => NUMBERS.has(name)),
    ...(links.length === 0 ? [] : [['DEVLINKS', links.map((link) => `/dev/${link}`).join(' ')]]),
    ...own.filter(isTag),
  ];
  const head = formatUevent(machine, event, { properties: false, source: 'UDEV' });
  return `${head}${all.map(([name, value]) => `${name}=${value}\n`).join('')}\n`;
}

const isNumber = ([name]: readonly [string, string]): boolean => NUMBERS.has(name);
const isTag = ([name]: readonly [string, string]): boolean => TAGS.has(name);

const NUMBERS: ReadonlySet<string> = new Set(['MAJOR', 'MINOR']);
const TAGS: ReadonlySet<string> = new Set(['TAGS', 'CURRENT_TAGS']);

type Variables = readonly (readonly [name: string, value: string])[];

const LEADING: ReadonlySet<string> = new Set(['ACTION', 'DEVPATH', 'SUBSYSTEM']);
/** These come last. */
const LAST: readonly string[] = ['SEQNUM', 'MAJOR', 'MINOR'];
/** Those of a disk come after those of the event. */
const LAST_OF_DISKS: readonly string[] = ['DEVNAME', 'DEVTYPE', 'DISKSEQ', 'PARTN', ...LAST];

function variablesOf(machine: Machine, event: NumberedUevent, subsystem: string): Variables {
  const { action, devpath, seqnum, variables } = event;
  const said = new Map(variables);
  const own = new Map([
    ...(subsystem === 'block' ? diskVariables(machine, devpath) : []),
    ['SEQNUM', String(seqnum)] as const,
    ...said,
  ]);
  const last = subsystem === 'block' ? LAST_OF_DISKS : LAST;
  return [
    ['ACTION', action],
    ['DEVPATH', devpath],
    ['SUBSYSTEM', subsystem],
    ...variables.filter(([name]) => !LEADING.has(name) && !last.includes(name)),
    ...last.flatMap((name) => {
      const value = own.get(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  ];
}

/** Finds the numbers of a disk. One that is gone is known only by its name, which holds the minor of a mapped device. */
function diskVariables(machine: Machine, devpath: string): Variables {
  const name = devpath.slice(devpath.lastIndexOf('/') + 1);
  const minor = /^dm-(\d+)$/.exec(name)?.[1];
  const dev = diskOf(machine, name, minor);
  const known = minor === undefined ? null : { major: machine.dm.major, minor };
  const numbers = dev ?? known;
  return [
    ['DEVNAME', `/dev/${name}`],
    ...typeVariables(dev?.partition ?? null),
    ...(dev === undefined ? [] : [['DISKSEQ', String(dev.diskSeq)] as const]),
    ...(numbers === null
      ? []
      : [['MAJOR', String(numbers.major)] as const, ['MINOR', String(numbers.minor)] as const]),
  ];
}

const typeVariables = (partition: BlockDevice['partition']): Variables =>
  partition === null
    ? [['DEVTYPE', 'disk']]
    : [
        ['DEVTYPE', 'partition'],
        ['PARTN', String(partition.number)],
      ];

/** `minor` belongs to a mapped device, which may be about to go. */
function diskOf({ layer, dm }: Machine, name: string, minor?: string): BlockDevice | undefined {
  if (minor === undefined) return layer.byName.get(name);
  return dm.devices.get(Number(minor))?.disk ?? findDevice(layer, dm.major, Number(minor));
}
