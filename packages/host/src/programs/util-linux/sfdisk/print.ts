// print.ts — What sfdisk(8) prints of a disk and its table. Mirrors util-linux's disk-utils/fdisk-list.c.
import { exactSizeText } from '../lsblk/size-text.ts';
import type { Label } from './label.ts';
import { GRAIN, SECTOR } from './label.ts';

export interface DiskFacts {
  readonly path: string;
  /** Whether there is a file of that name. */
  readonly isThere: (path: string) => boolean;
  /** In sectors. */
  readonly capacity: number;
  /** As INQUIRY has it; null for what is no SCSI disk. */
  readonly model: string | null;
  /** The sizes of its blocks and of its I/O, in bytes; 0 for an optimum that it does not tell. */
  readonly logical: number;
  readonly physical: number;
  readonly ioMin: number;
  readonly ioOpt: number;
}

const spelledOut = (size: string): string =>
  size.endsWith('B') ? `${size.slice(0, -1)} B` : `${size.slice(0, -1)} ${size.slice(-1)}iB`;

/** A size as a sentence has it: `8 MiB`. */
export const longSize = (sectors: number, sizeText: (bytes: number) => string): string =>
  spelledOut(sizeText(sectors * SECTOR));

/** The lines about units, which stand in several places. */
export const diskUnits = ({ logical, physical }: DiskFacts): string =>
  `Units: sectors of 1 * ${logical} = ${logical} bytes
Sector size (logical/physical): ${logical} bytes / ${physical} bytes
`;

/** The lines about a disk, above its table. */
export function diskHead(facts: DiskFacts): string {
  const { path, capacity, model, ioMin, ioOpt } = facts;
  const size = `${longSize(capacity, exactSizeText)}, ${capacity * SECTOR} bytes, ${capacity} sectors`;
  return `Disk ${path}: ${size}
${model === null ? '' : `Disk model: ${model}\n`}${diskUnits(facts)}I/O size (minimum/optimal): ${ioMin} bytes / ${ioOpt > 0 ? ioOpt : ioMin} bytes
`;
}

/** The lines about a table, above its partitions. */
export const labelHead = ({ kind, id }: Label): string =>
  `Disklabel type: ${kind}\nDisk identifier: ${id}\n`;

/** `/dev/sda1`, `/dev/loop0p1`; for a link of udev's the name that is there, or `/dev/mapper/mpatha-part1` (fdisk_partname). */
export function partPath({ path, isThere }: DiskFacts, number: number): string {
  if (!/^\/dev\/(mapper|disk\/by-(id|path))/.test(path))
    return `${path}${/\d$/.test(path) ? 'p' : ''}${number}`;
  const names = ['', 'p'].map((separator) => `${path}${separator}${number}`);
  return names.find(isThere) ?? `${path}-part${number}`;
}

/** The table as -d prints it: a script that sfdisk reads again. */
export function dump(facts: DiskFacts, label: Label): string {
  const { path, logical } = facts;
  const usable =
    label.kind === 'gpt' ? `first-lba: ${label.firstUsable}\nlast-lba: ${label.lastUsable}\n` : '';
  const grain = label.grain === GRAIN ? '' : `grain: ${label.grain * SECTOR}\n`;
  const lines = label.parts.map(({ number, start, sectors, type, uuid, name, bootable }) => {
    const place = `start=${String(start).padStart(12)}, size=${String(sectors).padStart(12)}`;
    const more = [
      `type=${type}`,
      ...(uuid === '' ? [] : [`uuid=${uuid}`]),
      ...(name === '' ? [] : [`name="${name}"`]),
      ...(bootable ? ['bootable'] : []),
    ];
    return `${partPath(facts, number)} : ${place}, ${more.join(', ')}\n`;
  });
  return `label: ${label.kind}
label-id: ${label.id}
device: ${path}
unit: sectors
${usable}${grain}sector-size: ${logical}

${lines.join('')}`;
}

/** The table as -J prints it. */
export function json(facts: DiskFacts, label: Label): string {
  const { path, logical } = facts;
  const gpt = label.kind === 'gpt';
  const head = [
    `"label": "${label.kind}"`,
    `"id": "${label.id}"`,
    `"device": "${path}"`,
    '"unit": "sectors"',
    ...(gpt ? [`"firstlba": ${label.firstUsable}`, `"lastlba": ${label.lastUsable}`] : []),
    `"sectorsize": ${logical}`,
  ];
  const parts = label.parts.map(({ number, start, sectors, type, uuid, name, bootable }) => {
    const members = [
      `"node": "${partPath(facts, number)}"`,
      `"start": ${start}`,
      `"size": ${sectors}`,
      `"type": "${type}"`,
      ...(uuid === '' ? [] : [`"uuid": "${uuid}"`]),
      ...(name === '' ? [] : [`"name": "${name}"`]),
      ...(bootable ? ['"bootable": true'] : []),
    ];
    return `{\n            ${members.join(',\n            ')}\n         }`;
  });
  const list = parts.length === 0 ? '' : `         ${parts.join(',')}\n`;
  return `{
   "partitiontable": {
      ${head.join(',\n      ')},
      "partitions": [
${list}      ]
   }
}
`;
}
