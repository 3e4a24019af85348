// partition-properties.ts — What udev says of a partition table and of a partition. Mirrors systemd's udev-builtin-blkid.c; util-linux's libblkid/src/partitions.
import type { BlockDevice } from '@dmsim/block';

import { labelOn, tableTags } from '../programs/util-linux/partition-tags.ts';
import type { Label, Part } from '../programs/util-linux/sfdisk/label.ts';

type Property = readonly [name: string, value: string];

export function setAll(properties: Map<string, string>, more: readonly Property[]): void {
  for (const [name, value] of more) properties.set(name, value);
}

/** Of a disk with a table. */
export function diskTags(dev: BlockDevice): Property[] {
  const label = labelOn(dev);
  if (label === null) return [];
  return tableTags(label).map(([tag, value]) => [TABLE[tag] ?? tag, value]);
}

const TABLE: Readonly<Record<string, string>> = {
  PTUUID: 'ID_PART_TABLE_UUID',
  PTTYPE: 'ID_PART_TABLE_TYPE',
};

/** The entry of a partition in the table of its disk. */
interface Entry {
  readonly label: Label;
  readonly part: Part;
}

function entryOf({ partition }: BlockDevice): Entry | null {
  const label = partition === null ? null : labelOn(partition.disk);
  const part = label?.parts.find(({ number }) => number === partition?.number);
  return label === null || part === undefined ? null : { label, part };
}

/** `PART_ENTRY_…` of libblkid. A DOS table without an identifier gives its partitions none. */
export function entryTags(dev: BlockDevice): Property[] {
  const entry = entryOf(dev);
  if (entry === null || dev.partition === null) return [];
  const { label, part } = entry;
  const { major, minor } = dev.partition.disk;
  const uuid = partUuidOf(entry);
  const isGpt = label.kind === 'gpt';
  return [
    ['PART_ENTRY_SCHEME', label.kind],
    ...named('PART_ENTRY_NAME', part.name),
    ...named('PART_ENTRY_UUID', uuid),
    ['PART_ENTRY_TYPE', isGpt ? part.type.toLowerCase() : `0x${part.type}`],
    ...named('PART_ENTRY_FLAGS', part.bootable ? '0x80' : ''),
    ['PART_ENTRY_NUMBER', String(part.number)],
    ['PART_ENTRY_OFFSET', String(part.start)],
    ['PART_ENTRY_SIZE', String(part.sectors)],
    ['PART_ENTRY_DISK', `${major}:${minor}`],
  ];
}

const named = (name: string, value: string): Property[] => (value === '' ? [] : [[name, value]]);

/** Empty if it has none. */
function partUuidOf({ label, part }: Entry): string {
  if (label.kind === 'gpt') return part.uuid.toLowerCase();
  const id = label.id.replace(/^0x/, '').toLowerCase();
  return /[^0]/.test(id) ? `${id}-${part.number.toString(16).padStart(2, '0')}` : '';
}

/** The links that its entry gives a partition. */
export function entryLinks(dev: BlockDevice): string[] {
  const entry = entryOf(dev);
  if (entry === null) return [];
  const uuid = partUuidOf(entry);
  const name = entry.part.name.replaceAll(' ', String.raw`\x20`);
  return [
    ...(name === '' ? [] : [`disk/by-partlabel/${name}`]),
    ...(uuid === '' ? [] : [`disk/by-partuuid/${uuid}`]),
  ];
}
