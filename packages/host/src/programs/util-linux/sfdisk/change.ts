// change.ts — Makes a table from the lines of a script. Mirrors util-linux's libfdisk/src/label.c: fdisk_add_partition.
import type { Label, Part } from './label.ts';
import { defaultType, MOST_PARTS, parseType } from './label.ts';
import type { PartLine } from './script.ts';

/** Why a partition can't be added, in words of this simulator. */
export interface NotAdded {
  readonly why: string;
}

/** Where a partition of unknown place begins: at the first whole grain that is free; null: nothing is. */
function firstFree({ parts, firstUsable, lastUsable, grain }: Label): number | null {
  let start = Math.ceil(firstUsable / grain) * grain;
  for (const part of parts.toSorted((a, b) => a.start - b.start)) {
    if (part.start > start) return start;
    start = Math.max(start, Math.ceil((part.start + part.sectors) / grain) * grain);
  }
  return start > lastUsable ? null : start;
}

/** The last free sector of the range that begins at `start`. */
function freeEnd({ parts, lastUsable }: Label, start: number): number {
  const next = parts.filter((part) => part.start >= start).map((part) => part.start - 1);
  return Math.min(lastUsable, ...next);
}

const freeNumber = ({ kind, parts }: Label): number | null => {
  for (let number = 1; number <= MOST_PARTS[kind]; number++)
    if (!parts.some((part) => part.number === number)) return number;
  return null;
};

type Place = Pick<Part, 'start' | 'sectors'>;

/** In a GUID table a partition of unknown size ends at a whole grain. */
function defaultEnd({ kind, grain }: Label, start: number, end: number): number {
  const aligned = Math.floor((end + 1) / grain) * grain - 1;
  return kind === 'gpt' && aligned > start ? aligned : end;
}

function placeOf(label: Label, { start: asked, sectors }: PartLine): Place | NotAdded {
  const start = asked ?? firstFree(label);
  if (start === null) return { why: 'no room for a partition' };
  const end = freeEnd(label, start);
  const overlaps = label.parts.some(
    (part) => start >= part.start && start < part.start + part.sectors,
  );
  if (overlaps || start > end || start < 1) return { why: `a partition at sector ${start}` };
  if (sectors !== undefined && start + sectors - 1 > end)
    return { why: `a partition of ${sectors} sectors at sector ${start}` };
  return { start, sectors: sectors ?? defaultEnd(label, start, end) - start + 1 };
}

/** The facts of a partition that only one kind of table keeps. */
const ownFacts = (
  { kind }: Label,
  { bootable, uuid, name }: PartLine,
  makeUuid: () => string,
): Pick<Part, 'bootable' | 'uuid' | 'name'> =>
  kind === 'gpt'
    ? { bootable: false, uuid: uuid ?? makeUuid(), name }
    : { bootable, uuid: '', name: '' };

/** A copy of the table with a partition more, at the place that its line names or at the first free one. */
export function addPart(
  label: Label,
  line: PartLine,
  makeUuid: () => string,
): { readonly label: Label; readonly part: Part } | NotAdded {
  const number = line.number ?? freeNumber(label);
  const place = placeOf(label, line);
  if (number === null) return { why: 'no number for another partition' };
  if ('why' in place) return place;
  const type = line.type === undefined ? defaultType(label.kind) : parseType(label.kind, line.type);
  if (type === null) return { why: `the type ${line.type}` };
  const part: Part = { number, ...place, type, ...ownFacts(label, line, makeUuid) };
  const parts = [...label.parts, part].toSorted((a, b) => a.number - b.number);
  return { label: { ...label, parts }, part };
}
