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

export interface Widths {
  readonly get: (wildcard: string) => number | undefined;
}

/** With `header` the heading counts, too. A column is looked at when somebody asks for it. */
export function widthsOf<T>(
  columns: Columns<T>,
  rows: readonly T[],
  { header }: { readonly header: boolean },
): Widths {
  const known = new Map<string, number>();
  const width = (column: Column<T>): number => {
    const widest = Math.max(0, ...rows.map((row) => column.print(row).length));
    return Math.max(header ? column.header.length : 0, Math.min(widest, MAX_WIDTH));
  };
  return {
    get(wildcard) {
      const column = columns.find((c) => c.wildcard === wildcard);
      if (column !== undefined && !known.has(wildcard)) known.set(wildcard, width(column));
      return known.get(wildcard);
    },
  };
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
  const widths = widthsOf(columns, rows, { header: !raw });
  if (raw) return rows.map((row) => formatRow(columns, row, { format })).join('');
  const header = formatHeader(columns, format, widths);
  return header + rows.map((row) => formatRow(columns, row, { format, widths })).join('');
}
