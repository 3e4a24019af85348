// part-table.ts — The columns of sfdisk(8): those of partitions, and those of the free space between them. Mirrors util-linux's disk-utils/fdisk-list.c.
import { exactSizeText } from '../lsblk/size-text.ts';
import type { Label, Part } from './label.ts';
import { SECTOR, typeName } from './label.ts';
import type { DiskFacts } from './print.ts';
import { diskUnits, longSize, partPath } from './print.ts';

type SizeText = (bytes: number) => string;

interface Column {
  readonly title: string;
  /** How wide it is at least, if its widest cell is no narrower than its title. */
  readonly hint: number;
  readonly right: boolean;
  readonly text: (part: Part) => string;
}

const column = (title: string, text: Column['text'], right = true, hint = 0): Column => ({
  title,
  hint,
  right,
  text,
});

const START = column('Start', ({ start }) => String(start));
const END = column('End', (part) => String(endOf(part)), true, 5);
const SECTORS = column('Sectors', ({ sectors }) => String(sectors));

/** The columns of a kind of label, those that are shown without -o first. */
function columnsOf(facts: DiskFacts, { kind }: Label, sizeText: SizeText): readonly Column[] {
  const dos = kind === 'dos';
  return [
    column('Device', ({ number }) => partPath(facts, number), false, 10),
    ...(dos ? [column('Boot', ({ bootable }) => (bootable ? '*' : ''), false)] : []),
    START,
    END,
    SECTORS,
    column('Size', ({ sectors }) => sizeText(sectors * SECTOR), true, 5),
    ...(dos ? [column('Id', ({ type }) => type)] : []),
    column('Type', ({ type }) => typeName(kind, type) ?? '', false),
    ...(dos
      ? [column('Attrs', ({ bootable }) => (bootable ? '80' : ''))]
      : [
          column('Type-UUID', ({ type }) => type, false),
          column('Name', ({ name }) => name, false),
          column('UUID', ({ uuid }) => uuid, false),
        ]),
  ];
}

const USUAL = { dos: 8, gpt: 6 } as const;

/** Columns that sfdisk has, and this one lacks. */
const LACKING = {
  dos: ['cylinders', 'start-c/h/s', 'end-c/h/s'],
  gpt: ['attrs'],
} as const;

/** The columns that -o asks for, or the usual ones; or the first word that names none here, and whether sfdisk has such a column (`lacking`). */
export function chooseColumns(
  facts: DiskFacts,
  label: Label,
  asked: string | undefined,
  sizeText: SizeText,
): readonly Column[] | { readonly unknown: string; readonly lacking: boolean } {
  const all = columnsOf(facts, label, sizeText);
  const usual = all.slice(0, USUAL[label.kind]);
  if (asked === undefined) return usual;
  const chosen = asked.startsWith('+') ? [...usual] : [];
  for (const word of asked.replace(/^\+/, '').split(',')) {
    const found = all.find(({ title }) => title.toLowerCase() === word.toLowerCase());
    const lacks: readonly string[] = LACKING[label.kind];
    if (found === undefined) return { unknown: word, lacking: lacks.includes(word.toLowerCase()) };
    chosen.push(found);
  }
  return chosen;
}

/** The partitions in columns, below their titles; empty without partitions. */
export function partTable(columns: readonly Column[], parts: readonly Part[]): string {
  if (parts.length === 0) return '';
  const rows = parts.map((part) => columns.map(({ text }) => text(part)));
  const titles = columns.map(({ title }) => title);
  const widths = columns.map(({ title, hint }, i) => {
    const widest = Math.max(...rows.map((cells) => cells[i]?.length ?? 0));
    return widest < title.length ? title.length : Math.max(widest, hint);
  });
  return [titles, ...rows]
    .map((cells) => {
      const shown = cells.map((cell, i) => {
        const width = widths[i] ?? 0;
        if (i === cells.length - 1 && (cell === '' || columns[i]?.right !== true)) return cell;
        if (columns[i]?.right === true) return cell.padStart(width);
        return cell.padEnd(width);
      });
      return `${shown.join(' ')}\n`;
    })
    .join('');
}

/** The partitions in the columns that are shown without -o. */
export const usualTable = (facts: DiskFacts, label: Label, sizeText: SizeText): string =>
  partTable(columnsOf(facts, label, sizeText).slice(0, USUAL[label.kind]), label.parts);

const endOf = ({ start, sectors }: Part): number => start + sectors - 1;

const rangeOf = (start: number, end: number): Part => {
  const none = { number: 0, type: '', bootable: false, uuid: '', name: '' };
  return { ...none, start, sectors: end - start + 1 };
};

/** The gaps of at least one grain; before the first partition, of two sectors. Mirrors libfdisk's fdisk_get_freespaces. */
function freeRanges({ parts, firstUsable, lastUsable, grain }: Label): Part[] {
  const free: Part[] = [];
  const add = (from: number, end: number): void => {
    const aligned = Math.ceil(from / grain) * grain;
    const start = aligned < Math.floor(end / grain) * grain ? aligned : from;
    free.push(rangeOf(start, end));
  };
  const [first, ...others] = parts.toSorted((a, b) => a.start - b.start);
  if (first === undefined) return [rangeOf(firstUsable, lastUsable)];
  if (first.start > firstUsable + 1) add(firstUsable, first.start - 1);
  let last = endOf(first);
  for (const part of others) {
    if (last + grain < part.start) add(last + 1, part.start - 1);
    last = Math.max(last, endOf(part));
  }
  if (last + grain < lastUsable - 1) add(last + 1, lastUsable);
  return free;
}

/** The free space of a disk as -F prints it. */
export function freeSpace(
  facts: DiskFacts,
  label: Label,
  { sizeText, quiet }: { readonly sizeText: SizeText; readonly quiet: boolean },
): string {
  const free = freeRanges(label);
  const sectors = free.reduce((sum, range) => sum + range.sectors, 0);
  const size = `${longSize(sectors, exactSizeText)}, ${sectors * SECTOR} bytes, ${sectors} sectors`;
  const head = `Unpartitioned space ${facts.path}: ${size}\n${diskUnits(facts)}`;
  const columns = [
    START,
    END,
    SECTORS,
    column('Size', (one) => sizeText(one.sectors * SECTOR), true, 5),
  ];
  const table = partTable(columns, free);
  return quiet ? table : `${head}${table === '' ? '' : `\n${table}`}`;
}
