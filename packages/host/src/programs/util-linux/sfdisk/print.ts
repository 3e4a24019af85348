// print.ts — What sfdisk(8) prints of a disk and its table. Mirrors util-linux's disk-utils/fdisk-list.c.
import type { Label, Part } from './label.ts';
import { GRAIN, SECTOR, typeName } from './label.ts';

export interface DiskFacts {
  readonly path: string;
  readonly isThere: (path: string) => boolean;
  /** In sectors. */
  readonly capacity: number;
  /** As INQUIRY has it; null for what is no SCSI disk. */
  readonly model: string | null;
  readonly logical: number;
  readonly physical: number;
  readonly ioMin: number;
  readonly ioOpt: number;
}

const spelledOut = (size: string): string =>
  size.endsWith('B') ? `${size.slice(0, -1)} B` : `${size.slice(0, -1)} ${size.slice(-1)}iB`;

export const longSize = (sectors: number, sizeText: (bytes: number) => string): string =>
  spelledOut(sizeText(sectors * SECTOR));

type SizeText = (bytes: number) => string;

export function diskHead(
  { path, capacity, model, logical, physical, ioMin, ioOpt }: DiskFacts,
  sizeText: SizeText,
): string {
  const size = `${longSize(capacity, sizeText)}, ${capacity * SECTOR} bytes, ${capacity} sectors`;
  return `Disk ${path}: ${size}
${model === null ? '' : `Disk model: ${model}\n`}Units: sectors of 1 * ${logical} = ${logical} bytes
Sector size (logical/physical): ${logical} bytes / ${physical} bytes
I/O size (minimum/optimal): ${ioMin} bytes / ${ioOpt > 0 ? ioOpt : ioMin} bytes
`;
}

export const labelHead = ({ kind, id }: Label): string =>
  `Disklabel type: ${kind}\nDisk identifier: ${id}\n`;

/** `/dev/sda1`, `/dev/loop0p1`; for a link of udev's the name that is there, or `/dev/mapper/mpatha-part1` (fdisk_partname). */
export function partPath({ path, isThere }: DiskFacts, number: number): string {
  if (!/^\/dev\/(mapper|disk\/by-(id|path))/.test(path))
    return `${path}${/\d$/.test(path) ? 'p' : ''}${number}`;
  const names = ['', 'p'].map((separator) => `${path}${separator}${number}`);
  return names.find(isThere) ?? `${path}-part${number}`;
}

interface Column {
  readonly title: string;
  readonly least: number;
  readonly right: boolean;
  readonly text: (part: Part) => string;
}

const column = (title: string, text: Column['text'], right = true, least = 0): Column => ({
  title,
  least,
  right,
  text,
});

/** Empty without partitions. */
export function partTable(facts: DiskFacts, label: Label, sizeText: SizeText): string {
  const dos = label.kind === 'dos';
  const columns: Column[] = [
    column('Device', ({ number }) => partPath(facts, number), false, 10),
    ...(dos ? [column('Boot', ({ bootable }) => (bootable ? '*' : ''), false)] : []),
    column('Start', ({ start }) => String(start)),
    column('End', ({ start, sectors }) => String(start + sectors - 1)),
    column('Sectors', ({ sectors }) => String(sectors)),
    column('Size', ({ sectors }) => sizeText(sectors * SECTOR)),
    ...(dos ? [column('Id', ({ type }) => type)] : []),
    column('Type', ({ type }) => typeName(label.kind, type) ?? '', false),
  ];
  if (label.parts.length === 0) return '';
  const rows = [
    columns.map(({ title }) => title),
    ...label.parts.map((part) => columns.map(({ text }) => text(part))),
  ];
  const widths = columns.map(({ least }, i) =>
    Math.max(least, ...rows.map((cells) => cells[i]?.length ?? 0)),
  );
  return rows
    .map((cells) => {
      const shown = cells.map((cell, i) => {
        const width = widths[i] ?? 0;
        if (columns[i]?.right === true) return cell.padStart(width);
        return i === cells.length - 1 ? cell : cell.padEnd(width);
      });
      return `${shown.join(' ')}\n`;
    })
    .join('');
}

/** -d */
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

/** -J */
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
