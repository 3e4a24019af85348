// report.ts — Tables of fields, as `info -c` and `splitname` print them. Mirrors libdm/libdm-report.c.

/** A column, for rows made from an `R`. */
export interface Field<R> {
  readonly id: string;
  /** The kind of data that it needs, and the group whose `…_all` includes it. */
  readonly type: 'name' | 'info' | 'deps' | 'tree' | 'splitname' | 'stats' | 'region' | 'special';
  readonly heading: string;
  readonly width: number;
  readonly numeric?: boolean;
  readonly show: (row: R) => string | FieldProblem;
}

/** A message for standard error. Without a `value` the row can't be made. */
export interface FieldProblem {
  readonly error: string;
  readonly value?: string;
}

interface SortKey {
  /** Index into the fields of a row. */
  readonly column: number;
  readonly descending: boolean;
}

export interface Column {
  readonly id: string;
  readonly heading: string;
  readonly width: number;
  readonly numeric: boolean;
  /** It is only sorted by, not shown. */
  readonly hidden: boolean;
}

export interface ReportStyle {
  readonly headings: boolean;
  /** Undefined: columns are aligned if possible. */
  readonly separator: string | undefined;
  readonly prefixes: boolean;
  readonly quoted: boolean;
  /** One line per field instead of one line per device. */
  readonly asRows: boolean;
}

export interface Report {
  readonly columns: readonly Column[];
  readonly types: ReadonlySet<string>;
  readonly style: ReportStyle;
  readonly sort: readonly SortKey[];
  readonly rows: (readonly string[])[];
}

/** The columns of a report: the first `visible` fields are shown, the others are only sorted by. */
export const columnsOf = <R>(fields: readonly Field<R>[], visible: number): Column[] =>
  fields.map(({ id, heading, width, numeric = false }, i) => ({
    id,
    heading,
    width,
    numeric,
    hidden: i >= visible,
  }));

/** The style that options ask for. */
export function styleOf(options: {
  has(key: string): boolean;
  value(key: string): string | undefined;
}): ReportStyle {
  const prefixes = options.has('nameprefixes');
  const asRows = options.has('rows');
  const headings = !options.has('noheadings');
  const plain = (prefixes || asRows) && headings ? ' ' : undefined;
  return {
    headings,
    separator: options.value('separator') ?? plain,
    prefixes,
    quoted: !options.has('unquoted'),
    asRows,
  };
}

/** `readahead` is read_ahead, and so is `Read_Ahead`. */
export const canonical = (id: string): string => id.replaceAll('_', '').toLowerCase();

/** The fields that a list names, in its order; `unknown` is the first word that names none. */
export function chooseFields<R>(
  list: string,
  known: readonly Field<R>[],
): readonly Field<R>[] | { readonly unknown: string } {
  const chosen: Field<R>[] = [];
  const words = list.split(',');
  for (const [i, word] of words.entries()) {
    // An extra comma is accepted in the middle only.
    if (word === '' && i > 0 && i < words.length - 1) continue;
    const group = known.filter(
      (f) => canonical(word) === `${f.type}all` || canonical(word) === 'all',
    );
    const one = known.find((f) => canonical(f.id) === canonical(word));
    if (one !== undefined && word !== '') chosen.push(one);
    else if (group.length > 0) chosen.push(...group);
    else return { unknown: word };
  }
  return chosen;
}

/** `-name,+minor`. A field that isn't shown is added as a hidden column. */
export function chooseSort<R>(
  list: string,
  known: readonly Field<R>[],
  fields: Field<R>[],
): readonly SortKey[] | { readonly unknown: string } {
  const keys: SortKey[] = [];
  for (const word of list.split(',').filter((part) => part !== '')) {
    const id = word.replace(/^[+-]/, '');
    const field = known.find((f) => canonical(f.id) === canonical(id));
    if (field === undefined) return { unknown: id };
    if (!fields.includes(field)) fields.push(field);
    keys.push({ column: fields.indexOf(field), descending: word.startsWith('-') });
  }
  return keys;
}

export function formatReport({ columns, style, sort, rows }: Report): string {
  if (rows.length === 0) return '';
  const sorted = rows.toSorted((a, b) => compareRows(a, b, columns, sort));
  const shown = columns.flatMap((column, i) => (column.hidden ? [] : [{ ...column, i }]));
  const cells = sorted.map((row) =>
    shown.map(({ i, id }) => decorate(id, row[i] as string, style)),
  );
  const headings = shown.map(({ heading }) => heading);
  const separator = style.separator ?? (style.headings ? ' ' : ':');
  if (style.asRows) {
    const lines = shown.map(({ heading }, k) =>
      [...(style.headings ? [heading] : []), ...cells.map((row) => row[k] as string)].join(
        separator,
      ),
    );
    return lines.map((line) => `${line}\n`).join('');
  }
  const lines = style.headings ? [headings, ...cells] : cells;
  const aligned = style.separator === undefined && style.headings && !style.prefixes;
  if (!aligned) return lines.map((line) => `${line.join(separator)}\n`).join('');
  const widths = shown.map(({ width }, k) =>
    Math.max(width, ...lines.map((line) => (line[k] as string).length)),
  );
  const pad = (text: string, k: number, right: boolean): string =>
    right ? text.padStart(widths[k] as number) : text.padEnd(widths[k] as number);
  return lines
    .map((line, n) => line.map((text, k) => pad(text, k, n > 0 && shown[k]?.numeric === true)))
    .map((line) => `${line.join(separator)}\n`)
    .join('');
}

function decorate(id: string, value: string, { prefixes, quoted }: ReportStyle): string {
  if (!prefixes) return value;
  const quote = quoted ? "'" : '';
  return `DM_${id.toUpperCase()}=${quote}${value}${quote}`;
}

function compareRows(
  a: readonly string[],
  b: readonly string[],
  columns: readonly Column[],
  sort: readonly SortKey[],
): number {
  for (const { column, descending } of sort) {
    const x = a[column] as string;
    const y = b[column] as string;
    const numeric = columns[column]?.numeric === true;
    const order = numeric ? Number(x) - Number(y) : x < y ? -1 : x > y ? 1 : 0;
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
}
