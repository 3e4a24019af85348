// lsscsi.ts — lsscsi(8) 0.32: lists SCSI devices and hosts.
import { DEFAULT_LIMITS } from '@dmsim/block';
import type { BlockDevice, ScsiDevice } from '@dmsim/block';
import { complain, lookup, parseOptions, refuse, tool } from '@dmsim/coreutils';
import type { OptionSpec, Tool } from '@dmsim/coreutils';
import type { Task } from '@dmsim/sim';
import type { Program } from '@dmsim/vfs';

import type { Machine } from '../machine.ts';
import { sdevPath } from '../tree/sys-paths.ts';
import { hostsOf, sdevsOf } from '../tree/sys-scsi.ts';

const SPEC: OptionSpec = {
  short: 'bcCdDgHiklLNpsStuUvVwx',
  long: {
    no_nvme: 'N',
    'scsi-id': 'i',
    sz_lbs: 'S',
    long_unit: 'U',
    brief: 'b',
    classic: 'c',
    controllers: 'C',
    device: 'd',
    generic: 'g',
    hosts: 'H',
    kname: 'k',
    list: 'L',
    long: 'l',
    lunhex: 'x',
    'long-unit': 'U',
    'no-nvme': 'N',
    pdt: 'D',
    protection: 'p',
    scsi_id: 'i',
    wwn: 'w',
    size: 's',
    'sz-lbs': 'S',
    transport: 't',
    unit: 'u',
    verbose: 'v',
    version: 'V',
  },
  refused: 'hPy',
  refusedLong: ['help', 'protmode', 'sysfsroot'],
};

type Has = (key: string) => boolean;

export const lsscsi = (machine: Machine): Program => tool((t) => main(t, machine));

function* main(t: Tool, machine: Machine): Task<number> {
  const { has, given, operands } = parseOptions(t, SPEC);
  if (has('V')) {
    yield* complain(t, 'version: 0.31  2020/02/20 [svn: r160]\n');
    return 0;
  }
  const isWanted = parseFilter(t, operands);
  if (has('i') || has('w')) checkNames(t);
  // -lll shows what -L shows.
  const detail = has('L') ? 3 : given.filter(([key]) => key === 'l').length;
  if (has('H') || has('C')) listHosts(t, machine, detail);
  else yield* listDevices(t, sdevsOf(machine).filter(isWanted), { has, detail });
  return 0;
}

interface Shown {
  readonly has: Has;
  readonly detail: number;
}

function* listDevices(t: Tool, sdevs: readonly ScsiDevice[], { has, detail }: Shown): Task<void> {
  const told = has('v') && !has('N');
  if (told)
    yield* complain(t, 'list_ndevices: scandir: /sys/class/nvme/: No such file or directory\n');
  if (has('c')) t.out.put('Attached devices: \n');
  for (const sdev of sdevs.toSorted(byAddress)) t.out.put(deviceText(t, sdev, has, detail));
  if (told) t.out.put('NVMe module may not be loaded\n');
}

function listHosts(t: Tool, machine: Machine, detail: number): void {
  for (const { number, driver } of hostsOf(machine)) {
    t.out.put(`${`[${number}]`.padEnd(7)}${driver.padEnd(12)}  \n`);
    if (detail > 2) t.out.put(`${HOST_ATTRIBUTES}  unique_id=0\n`);
    else if (detail > 0) t.out.put(HOST_LINE);
  }
}

function deviceText(t: Tool, sdev: ScsiDevice, has: Has, detail: number): string {
  if (has('c')) return classicText(sdev);
  const { channel, target, lun } = sdev.address;
  const name = has('x')
    ? `[${sdev.host.number}:${channel}:${target}:0x${lun.toString(16).padStart(4, '0')}]`.padEnd(28)
    : `[${sdev.name}]`.padEnd(13);
  const line = `${name}${kindOf(sdev, has)}${diskOf(t, sdev, has)}\n`;
  const path = `/sys/${sdevPath(sdev).join('/')}`;
  const directory = has('v') ? `  dir: /sys/bus/scsi/devices/${sdev.name}  [${path}]\n` : '';
  return line + detailsOf(sdev, detail) + directory;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** As /proc/scsi/scsi had them. */
function classicText({ host, address, unit }: ScsiDevice): string {
  const { channel, target, lun } = address;
  return (
    `Host: scsi${host.number} Channel: ${two(channel)} Target: ${two(target)} Lun: ${two(lun)}\n` +
    `  Vendor: ${unit.vendor.padEnd(8)} Model: ${unit.model.padEnd(16)} Rev: ${unit.rev.padEnd(4)}\n` +
    `  Type:   ${'Direct-Access'.padEnd(32)} ANSI SCSI revision: 07\n`
  );
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

const HOST_ATTRIBUTES =
  '  can_queue=192\n  cmd_per_lun=192\n  host_busy=0\n  sg_tablesize=2048\n  state=running\n';

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
  if (has('p')) columns.push(`  ${'-'.padEnd(11)}${'none'.padEnd(16)}`);
  columns.push(sizeColumn(disk, has));
  return columns.join('');
}

/** In blocks, or as a text. */
function sizeColumn(disk: BlockDevice | null, has: Has): string {
  const { capacity, limits } = disk ?? { capacity: 0, limits: DEFAULT_LIMITS };
  if (has('S')) return `  ${String(capacity / (limits.logicalBlockSize / 512)).padStart(12)}`;
  return has('s') ? `  ${sizeText(capacity * 512).padStart(6)}` : '';
}

/** A device without a node in /dev is shown as `-`. */
function nodeOf(t: Tool, name: string): string {
  const path = `/dev/${name}`;
  return typeof lookup(t, path) === 'string' ? '-' : path;
}

const hex = (n: number): string => `0x${n.toString(16)}`;

/** -l shows the attributes that matter most, -ll others on two more lines, -lll all of them on lines of their own. */
function detailsOf(sdev: ScsiDevice, detail: number): string {
  if (detail === 0) return '';
  const { state, queueDepth, timeout, ioDone, ioErrors, ioRequests } = sdev;
  const first = [
    `state=${state}`,
    `queue_depth=${queueDepth}`,
    'scsi_level=8',
    'type=0',
    'device_blocked=0',
    `timeout=${timeout / 1e9}`,
  ];
  const counts = [
    'iocounterbits=32',
    `iodone_cnt=${hex(ioDone)}`,
    `ioerr_cnt=${hex(ioErrors)}`,
    `iorequest_cnt=${hex(ioRequests)}`,
  ];
  const type = 'queue_type=simple';
  if (detail > 2)
    return [...first, ...counts, type]
      .toSorted()
      .map((one) => `  ${one}\n`)
      .join('');
  const more = detail > 1 ? `  ${counts.join(' ')}\n  ${type}\n` : '';
  return `  ${first.join(' ')}\n${more}`;
}

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
