// lsscsi.ts — lsscsi(8) 0.32: lists SCSI devices and hosts.
import type { ScsiDevice } from '@dmsim/block';
import { lookup, parseOptions, refuse, tool } from '@dmsim/coreutils';
import type { OptionSpec, Tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import { hostsOf, sdevsOf } from '../tree/sys-scsi.ts';

const SPEC: OptionSpec = {
  short: 'bdgHklstu',
  long: {
    brief: 'b',
    device: 'd',
    generic: 'g',
    hosts: 'H',
    kname: 'k',
    long: 'l',
    size: 's',
    transport: 't',
    unit: 'u',
  },
  refused: 'cChiLNpPSTUvVwxy',
  refusedLong: (
    'classic controllers help scsi_id list no-nvme pdt protection protmode sz-lbs long-unit verbose version wwn ' +
    'lunhex sysfsroot'
  ).split(' '),
};

type Has = (key: string) => boolean;

export const lsscsi = (machine: Machine): Program => tool((t) => main(t, machine));

// oxlint-disable-next-line require-yield -- nothing here waits
function* main(t: Tool, machine: Machine): Task<number> {
  const { has, operands } = parseOptions(t, SPEC);
  const isWanted = parseFilter(t, operands);
  if (has('H')) {
    for (const { number, driver } of hostsOf(machine)) {
      t.out.put(`${`[${number}]`.padEnd(7)}${driver.padEnd(12)}  \n`);
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

/** What the device is: as its INQUIRY says, or by its name for the unit (-u). No transport is known here (-t). */
function kindOf({ unit }: ScsiDevice, has: Has): string {
  if (has('b')) return '';
  const type = 'disk'.padEnd(8);
  if (has('t')) return type + ''.padEnd(32);
  if (has('u')) return type + unit.wwid.replace(/^naa\./, '').padEnd(34);
  return `${type}${unit.vendor.padEnd(8)} ${unit.model.padEnd(16)} ${unit.rev.padEnd(4)}  `;
}

function diskOf(t: Tool, { disk, genericIndex }: ScsiDevice, has: Has): string {
  const node = (disk === null ? '-' : nodeOf(t, disk.name)).padEnd(9);
  const numbers = has('d') && disk !== null ? `[${disk.major}:${disk.minor}]` : '';
  // Nothing takes its node away.
  const generic = has('g') ? `  ${`/dev/sg${genericIndex}`.padEnd(9)}` : '';
  const size = has('s') ? `  ${sizeText((disk?.capacity ?? 0) * 512).padStart(6)}` : '';
  return node + numbers + generic + size;
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
