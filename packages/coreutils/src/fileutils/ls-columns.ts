// ls-columns.ts — Several names in a line: ls -C, -x and -m. Mirrors coreutils' ls.c: calculate_columns, print_with_separator.

export type ManyFormat = 'down' | 'across' | 'commas';

/** `width` is that of a line; 0: a line has no end. */
export function inColumns(names: readonly string[], format: ManyFormat, width: number): string {
  if (names.length === 0) return '';
  const lineWidth = width === 0 ? Infinity : width;
  if (format === 'commas') return withCommas(names, lineWidth);
  const widths = columnWidths(names, format, lineWidth);
  const rows = Math.ceil(names.length / widths.length);
  const lines = Array.from({ length: rows }, (_, row) =>
    format === 'down'
      ? widths.flatMap((_width, column) => names[column * rows + row] ?? [])
      : names.slice(row * widths.length, (row + 1) * widths.length),
  );
  return lines.map((line) => lineOf(line, widths)).join('');
}

const NARROWEST = 3;
const GAP = 2;

/** The widths of as many columns as a line has room for. */
function columnWidths(
  names: readonly string[],
  format: ManyFormat,
  lineWidth: number,
): readonly number[] {
  const most = Math.min(names.length, Math.ceil(Math.max(lineWidth, 1) / NARROWEST));
  for (let columns = most; columns > 1; columns--) {
    const rows = Math.ceil(names.length / columns);
    const widths = Array.from({ length: columns }, () => NARROWEST);
    for (const [i, name] of names.entries()) {
      const column = format === 'down' ? Math.floor(i / rows) : i % columns;
      const gap = column === columns - 1 ? 0 : GAP;
      widths[column] = Math.max(widths[column] ?? 0, name.length + gap);
    }
    const total = widths.reduce((sum, one) => sum + one, 0);
    if (total < lineWidth) return widths;
  }
  return [names.reduce((most, { length }) => Math.max(most, length), 0)];
}

function lineOf(names: readonly string[], widths: readonly number[]): string {
  let line = '';
  let at = 0;
  for (const [i, name] of names.entries()) {
    line += name;
    if (i === names.length - 1) break;
    const next = at + (widths[i] ?? 0);
    line += indent(at + name.length, next);
    at = next;
  }
  return `${line}\n`;
}

const TAB = 8;

/** Tabs where they fit, then blanks. */
function indent(from: number, to: number): string {
  let text = '';
  for (let at = from; at < to;) {
    const tab = Math.floor(to / TAB) > Math.floor((at + 1) / TAB);
    text += tab ? '\t' : ' ';
    at += tab ? TAB - (at % TAB) : 1;
  }
  return text;
}

function withCommas(names: readonly string[], lineWidth: number): string {
  let text = '';
  let at = 0;
  for (const [i, name] of names.entries()) {
    if (i > 0) {
      const fits = at + name.length + GAP < lineWidth;
      text += fits ? ', ' : ',\n';
      at = fits ? at + GAP : 0;
    }
    text += name;
    at += name.length;
  }
  return `${text}\n`;
}
