// columns.ts — Formats with wildcards: what each stands for, and how wide its column is. Mirrors libmultipath/print.c: struct path_data, snprint_path.

/** A wildcard of a format. */
export interface Column<T> {
  readonly wildcard: string;
  readonly header: string;
  readonly print: (of: T) => string;
}

export type Columns<T> = readonly Column<T>[];

/** By wildcard; a column is as wide as its widest entry, up to this. */
const MAX_WIDTH = 64;

export type Widths = ReadonlyMap<string, number>;

interface Measured {
  readonly format: string;
  /** The headings count, too. */
  readonly header: boolean;
}

/** Measures the columns that `format` names, as the rows are now: a row may have changed by the time it is printed. */
export function widthsOf<T>(
  columns: Columns<T>,
  rows: readonly T[],
  { format, header }: Measured,
): Widths {
  const widths = new Map<string, number>();
  for (const column of columns) {
    if (!format.includes(`%${column.wildcard}`)) continue;
    const widest = Math.max(0, ...rows.map((row) => column.print(row).length));
    const heading = header ? column.header.length : 0;
    widths.set(column.wildcard, Math.max(heading, Math.min(widest, MAX_WIDTH)));
  }
  return widths;
}

/** Replaces the wildcards of `format`: a percent sign and the character after it, whatever it is. One at the end goes. */
const expand = (format: string, replace: (wildcard: string) => string): string =>
  format.replaceAll(/%([\s\S]?)/g, (_, wildcard: string) => replace(wildcard));

/** A line, padded if there are widths. */
export function formatRow<T>(
  columns: Columns<T>,
  row: T,
  { format, widths }: { readonly format: string; readonly widths?: Widths | undefined },
): string {
  const line = expand(format, (wildcard) => {
    const column = columns.find((c) => c.wildcard === wildcard);
    return column === undefined ? '' : column.print(row).padEnd(widths?.get(wildcard) ?? 0);
  });
  return `${line}\n`;
}

export function formatHeader<T>(columns: Columns<T>, format: string, widths: Widths): string {
  const line = expand(format, (wildcard) => {
    const column = columns.find((c) => c.wildcard === wildcard);
    return column === undefined ? '' : column.header.padEnd(widths.get(wildcard) ?? 0);
  });
  return `${line}\n`;
}

/** A header and rows in columns, or rows alone and unpadded. */
export function formatTable<T>(
  columns: Columns<T>,
  rows: readonly T[],
  { format, raw }: { readonly format: string; readonly raw: boolean },
): string {
  if (raw) return rows.map((row) => formatRow(columns, row, { format })).join('');
  const widths = widthsOf(columns, rows, { format, header: true });
  const header = formatHeader(columns, format, widths);
  return header + rows.map((row) => formatRow(columns, row, { format, widths })).join('');
}
