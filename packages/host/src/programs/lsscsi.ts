// lsscsi.ts — lsscsi(8) 0.32: lists SCSI devices and hosts.
import type { ScsiDevice } from '@dmsim/block';
import { lookup, parseOptions, refuse, tool } from '@dmsim/coreutils';
import type { OptionSpec, Tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import { hostsOf, sdevsOf } from '../tree/sys-scsi.ts';

const SPEC: OptionSpec = {
  short: 'bdDgHiklNstuUw',
  long: {
    brief: 'b',
    device: 'd',
    generic: 'g',
    hosts: 'H',
    kname: 'k',
    long: 'l',
    'long-unit': 'U',
    'no-nvme': 'N',
    pdt: 'D',
    scsi_id: 'i',
    wwn: 'w',
    size: 's',
    transport: 't',
    unit: 'u',
  },
  refused: 'cChLpPSvVxy',
  refusedLong:
    'classic controllers help list protection protmode sz-lbs verbose version lunhex sysfsroot'.split(
      ' ',
    ),
};

type Has = (key: string) => boolean;

export const lsscsi = (machine: Machine): Program => tool((t) => main(t, machine));

// oxlint-disable-next-line require-yield -- nothing here waits
function* main(t: Tool, machine: Machine): Task<number> {
  const { has, operands } = parseOptions(t, SPEC);
  const isWanted = parseFilter(t, operands);
  if (has('i') || has('w')) checkNames(t);
  if (has('H')) {
    for (const { number, driver } of hostsOf(machine)) {
      t.out.put(`${`[${number}]`.padEnd(7)}${driver.padEnd(12)}  \n`);
      if (has('l')) t.out.put(HOST_LINE);
    }
    return 0;
  }
  for (const sdev of sdevsOf(machine).toSorted(byAddress)) {
    if (!isWanted(sdev)) continue;
    t.out.put(`${`[${sdev.name}]`.padEnd(13)}${kindOf(sdev, has)}${diskOf(t, sdev, has)}\n`);
    if (has('l')) t.out.put(`  ${statesOf(sdev)}\n`);
  }
  return 0;
}

/** Its names come from udev's links. Without udev there are none. */
function checkNames(t: Tool): void {
  if (typeof lookup(t, '/dev/disk/by-id') !== 'string') refuse(t, '-i and -w where udev runs');
}

const numbersOf = ({ host, address }: ScsiDevice): readonly number[] => [
  host.number,
  address.channel,
  address.target,
  address.lun,
];

function byAddress(a: ScsiDevice, b: ScsiDevice): number {
  const others = numbersOf(b);
  return (
    numbersOf(a)
      .map((n, i) => n - (others[i] ?? 0))
      .find((difference) => difference !== 0) ?? 0
  );
}

/** `H:C:T:L`, with or without brackets. The last parts may be left out; `*` stands for any number. */
function parseFilter(t: Tool, operands: readonly string[]): (sdev: ScsiDevice) => boolean {
  const [word, ...rest] = operands;
  if (word === undefined) return () => true;
  const parts = word.replace(/^\[(.*)\]$/, '$1').split(':');
  const isKnown = parts.length <= 4 && parts.every((part) => /^(?:\d+|\*)$/.test(part));
  if (!isKnown || rest.length > 0) refuse(t, operands.join(' '));
  return (sdev) =>
    numbersOf(sdev).every((n, i) => {
      const part = parts[i] ?? '*';
      return part === '*' || Number(part) === n;
    });
}

const HOST_LINE = '  cmd_per_lun=192  host_busy=0    sg_tablesize=2048 unchecked_isa_dma=?? \n';

/** Describes the device: as its INQUIRY says, or by its name for the unit (-u, -U). No transport is known here (-t). */
function kindOf({ unit }: ScsiDevice, has: Has): string {
  if (has('b')) return '';
  const type = (has('D') ? '0x0' : 'disk').padEnd(8);
  if (has('t')) return type + ''.padEnd(32);
  const name = unit.wwid.replace(/^naa\./, '');
  if (has('U')) return `${type}${name}  `;
  if (has('u')) return type + name.padEnd(34);
  return `${type}${unit.vendor.padEnd(8)} ${unit.model.padEnd(16)} ${unit.rev.padEnd(4)}  `;
}

function diskOf(t: Tool, { disk, genericIndex }: ScsiDevice, has: Has): string {
  const columns = [(disk === null ? '-' : nodeOf(t, disk.name)).padEnd(9)];
  if (has('w')) columns.unshift(''.padEnd(32));
  if (has('d') && disk !== null) columns.push(`[${disk.major}:${disk.minor}]`);
  if (has('i')) columns.push('  -');
  if (has('g')) {
    // Nothing takes its node away.
    columns.push(`  ${`/dev/sg${genericIndex}`.padEnd(9)}`);
    if (has('d')) columns.push(`[21:${genericIndex}]`);
  }
  if (has('s')) columns.push(`  ${sizeText((disk?.capacity ?? 0) * 512).padStart(6)}`);
  return columns.join('');
}

/** A device without a node in /dev is shown as `-`. */
function nodeOf(t: Tool, name: string): string {
  const path = `/dev/${name}`;
  return typeof lookup(t, path) === 'string' ? '-' : path;
}

const statesOf = ({ state, queueDepth, timeout }: ScsiDevice): string =>
  `state=${state} queue_depth=${queueDepth} scsi_level=8 type=0 device_blocked=0 timeout=${timeout / 1e9}`;

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Three digits, cut and not rounded. */
function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000) {
    value /= 1000;
    unit++;
  }
  const decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  const factor = 10 ** decimals;
  return `${(Math.floor(value * factor) / factor).toFixed(decimals)}${UNITS[unit]}`;
}
