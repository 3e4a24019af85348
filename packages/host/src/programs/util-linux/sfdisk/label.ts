// label.ts — A partition table as sfdisk(8) handles it, and the names of its types. Mirrors util-linux's libfdisk.

export interface Part {
  readonly number: number;
  /** In sectors. */
  readonly start: number;
  readonly sectors: number;
  /** `83`, or a GUID in capitals. */
  type: string;
  bootable: boolean;
  /** Of a GUID table only. */
  readonly uuid: string;
  readonly name: string;
}

export interface Label {
  readonly kind: 'dos' | 'gpt';
  /** `0x12345678`, or a GUID in capitals. */
  readonly id: string;
  /** The first and the last sector that a partition may have. */
  readonly firstUsable: number;
  readonly lastUsable: number;
  /** Partitions of unknown place begin at a multiple of so many sectors. */
  readonly grain: number;
  readonly parts: readonly Part[];
}

/** Bytes. Disks with other sectors are refused. */
export const SECTOR = 512;
/** A MiB, in sectors. */
export const GRAIN = 2048;
/** Sectors of the header and the array of a GUID table, at each end. */
export const GPT_SECTORS = 33;

/** On a disk of more than 4 MiB partitions begin at whole MiB. */
export const grainOf = (capacity: number): number => (capacity <= 4 * GRAIN ? 1 : GRAIN);

/** The first sector that a partition may have. */
export function firstUsableOf(kind: Label['kind'], capacity: number): number {
  const grain = grainOf(capacity);
  return kind === 'gpt' ? Math.max(grain, GPT_SECTORS + 1) : grain;
}

/** How many partitions a table holds. */
export const MOST_PARTS = { dos: 4, gpt: 128 } as const;

/** An empty table for a disk of that size. */
export const emptyLabel = (kind: Label['kind'], id: string, capacity: number): Label => ({
  kind,
  id,
  firstUsable: firstUsableOf(kind, capacity),
  grain: grainOf(capacity),
  lastUsable: kind === 'dos' ? capacity - 1 : capacity - GPT_SECTORS - 1,
  parts: [],
});

/** Types by what the kinds of tables call them; the first one of each is the default. */
const TYPES = [
  {
    dos: '83',
    gpt: '0FC63DAF-8483-4772-8E79-3D69D8477DE4',
    letter: 'L',
    alias: 'linux',
    text: ['Linux', 'Linux filesystem'],
  },
  {
    dos: '82',
    gpt: '0657FD6D-A4AB-43C4-84E5-0933C84B4F4F',
    letter: 'S',
    alias: 'swap',
    text: ['Linux swap / Solaris', 'Linux swap'],
  },
  { dos: '5', gpt: '', letter: 'E', alias: 'extended', text: ['Extended', ''] },
  {
    dos: 'ef',
    gpt: 'C12A7328-F81F-11D2-BA4B-00C04FC7B74D',
    letter: 'U',
    alias: 'uefi',
    text: ['EFI (FAT-12/16/32)', 'EFI System'],
  },
  {
    dos: 'fd',
    gpt: 'A19D880F-05FC-4D3B-A006-743F0F84911E',
    letter: 'R',
    alias: 'raid',
    text: ['Linux raid autodetect', 'Linux RAID'],
  },
  {
    dos: '8e',
    gpt: 'E6D6D379-F507-44C2-A23C-238F2A3DF928',
    letter: 'V',
    alias: 'lvm',
    text: ['Linux LVM', 'Linux LVM'],
  },
  { dos: 'c', gpt: '', letter: '', alias: '', text: ['W95 FAT32 (LBA)', ''] },
  { dos: '7', gpt: '', letter: '', alias: '', text: ['HPFS/NTFS/exFAT', ''] },
] as const;

/** The type of a partition whose line names none. */
export const defaultType = (kind: Label['kind']): string => TYPES[0][kind];

/** The type that a word of a script means; null if it is not known here. */
export function parseType(kind: Label['kind'], word: string): string | null {
  const known = TYPES.find(
    ({ letter, alias }) => word !== '' && (letter === word || alias === word.toLowerCase()),
  );
  if (known !== undefined) return known[kind] === '' ? null : known[kind];
  const found = TYPES.find((one) => one[kind].toLowerCase() === word.toLowerCase());
  return found?.[kind] ?? null;
}

/** The name of a type for people; null if it is not known here. */
export function typeName(kind: Label['kind'], type: string): string | null {
  const found = TYPES.find((one) => one[kind] === type);
  return found === undefined ? null : found.text[kind === 'dos' ? 0 : 1];
}
