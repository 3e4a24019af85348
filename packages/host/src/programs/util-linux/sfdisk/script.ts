// script.ts — Parses what sfdisk(8) reads: headers and lines of partitions. Mirrors util-linux's libfdisk/src/script.c.

export interface PartLine {
  /** In sectors, as is the next; undefined: the default. */
  readonly start: number | undefined;
  readonly sectors: number | undefined;
  readonly type: string | undefined;
  readonly bootable: boolean;
  readonly uuid: string | undefined;
  readonly name: string;
  /** The number in front of the colon. */
  readonly number: number | undefined;
}

export type ScriptLine =
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  | { readonly kind: 'partition'; readonly part: PartLine }
  | { readonly kind: 'nothing' }
  /** Something that is not known here. */
  | { readonly kind: 'unknown' };

const HEADERS = new Set([
  'label',
  'label-id',
  'device',
  'unit',
  'first-lba',
  'last-lba',
  'sector-size',
]);

/** Reads a line of a script. */
export function parseLine(line: string): ScriptLine {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return { kind: 'nothing' };
  const [, name = '', value = ''] = /^([a-z][a-z-]*)\s*:\s*(\S+)$/.exec(text) ?? [];
  return HEADERS.has(name) ? { kind: 'header', name, value } : parsePartition(text);
}

/** `/dev/sda1 : start=…`; the part before the colon may be missing. */
function parsePartition(text: string): ScriptLine {
  const [, path = '', rest = ''] = /^(?:(\S*)\s*:)?\s*(.*)$/.exec(text) ?? [];
  const digits = /(\d+)$/.exec(path)?.[1];
  const number = digits === undefined ? undefined : Number(digits);
  const part = /^[a-z]+\s*=|^bootable/.test(rest) ? named(rest) : positional(rest);
  return part === null ? { kind: 'unknown' } : { kind: 'partition', part: { ...part, number } };
}

const NOTHING: Omit<PartLine, 'number'> = {
  start: undefined,
  sectors: undefined,
  type: undefined,
  bootable: false,
  uuid: undefined,
  name: '',
};

const UNITS: Readonly<Record<string, number>> = { K: 2, M: 2048, G: 2097152, T: 2147483648 };

/** A number is of sectors, unless it has a unit. */
function sectorsOf(word: string): number | undefined | null {
  if (word === '' || word === '+' || word === '-') return undefined;
  const [, digits, unit = ''] = /^(\d+)\s*(?:([KMGT])(?:iB)?)?$/.exec(word) ?? [];
  if (digits === undefined) return null;
  return Number(digits) * (UNITS[unit] ?? 1);
}

type Fields = { -readonly [K in keyof typeof NOTHING]: (typeof NOTHING)[K] };

/** The fields of a line by their names. Each function sets one, and returns false for a value that is none. */
const FIELDS: ReadonlyMap<string, (fields: Fields, value: string) => boolean> = new Map([
  ['start', (fields, value) => takeSectors(value, (sectors) => (fields.start = sectors))],
  ['size', (fields, value) => takeSectors(value, (sectors) => (fields.sectors = sectors))],
  ['type', (fields, value) => take(fields, { type: value })],
  ['id', (fields, value) => take(fields, { type: value })],
  ['uuid', (fields, value) => take(fields, { uuid: value.toUpperCase() })],
  ['name', (fields, value) => take(fields, { name: value })],
  ['bootable', (fields) => take(fields, { bootable: true })],
]);

/** Sets what has no wrong value. */
function take(fields: Fields, found: Partial<Fields>): boolean {
  Object.assign(fields, found);
  return true;
}

function takeSectors(word: string, take: (sectors: number | undefined) => void): boolean {
  const sectors = sectorsOf(word);
  if (sectors === null) return false;
  take(sectors);
  return true;
}

/** `start=2048, size=8M, type=83` */
function named(text: string): Omit<PartLine, 'number'> | null {
  const fields: Fields = { ...NOTHING };
  for (const word of text.split(/\s*,\s*/)) {
    const [, key = '', value = ''] = /^([a-z]+)\s*(?:=\s*"?([^"]*)"?)?$/.exec(word) ?? [];
    if (word !== '' && FIELDS.get(key)?.(fields, value) !== true) return null;
  }
  return fields;
}

/** `2048,8M,L,*`: commas or blanks are between the fields. */
function positional(text: string): Omit<PartLine, 'number'> | null {
  const words = text.split(/\s*[,;]\s*|\s+/);
  const [start = '', size = '', type = '', flag = '', ...rest] = words;
  const from = sectorsOf(start);
  const sectors = sectorsOf(size);
  if (from === null || sectors === null || rest.length > 0) return null;
  if (flag !== '' && flag !== '*' && flag !== '-') return null;
  return {
    ...NOTHING,
    start: from,
    sectors,
    type: type === '' ? undefined : type,
    bootable: flag === '*',
  };
}
