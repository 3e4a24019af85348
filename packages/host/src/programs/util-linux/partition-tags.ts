// partition-tags.ts — What libblkid says of partition tables and partitions. Mirrors util-linux's libblkid/src/partitions.
import type { BlockDevice } from '@dmsim/block';

import { GPT_SECTORS } from './sfdisk/label.ts';
import type { Label } from './sfdisk/label.ts';
import { readLabel } from './sfdisk/table-on-disk.ts';

/** The partition table on a disk, as it is on the medium. */
export function labelOn({ peek, capacity }: BlockDevice): Label | null {
  if (peek === null || capacity <= 2 * GPT_SECTORS) return null;
  return readLabel(peek(0, GPT_SECTORS + 1), capacity);
}

const idOf = ({ id }: Label): string => id.replace(/^0x/, '').toLowerCase();

/** The identifier 0 of a DOS table counts as none. */
const hasId = (label: Label): boolean => /[^0]/.test(idOf(label));

type Tag = readonly [tag: string, value: string];

/** Of a disk with a table. */
export const tableTags = (label: Label): readonly Tag[] => [
  ...(hasId(label) ? [['PTUUID', idOf(label)] as const] : []),
  ['PTTYPE', label.kind],
];

/** Of a partition, whatever is on it. */
export function partitionTags({ partition }: BlockDevice): readonly Tag[] {
  const label = partition === null ? null : labelOn(partition.disk);
  const part = label?.parts.find(({ number }) => number === partition?.number);
  if (label === null || part === undefined) return [];
  if (label.kind === 'gpt') {
    const name: readonly Tag[] = part.name === '' ? [] : [['PARTLABEL', part.name]];
    return [...name, ['PARTUUID', part.uuid.toLowerCase()]];
  }
  if (!hasId(label)) return [];
  return [['PARTUUID', `${idOf(label)}-${part.number.toString(16).padStart(2, '0')}`]];
}
