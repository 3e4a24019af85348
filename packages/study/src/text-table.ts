// text-table.ts — Aligned tables and sparklines for a terminal.

export interface Column {
  readonly title: string;
  /** @defaultValue right */
  readonly align?: 'left' | 'right';
}

/** A line for the titles, one for each row; two spaces between columns. */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const widths = columns.map(({ title }, i) =>
    Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, i) => {
        const cell = cells[i] ?? '';
        return align === 'left' ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0);
      })
      .join('  ')
      .trimEnd();
  return `${[columns.map(({ title }) => title), ...rows].map(line).join('\n')}\n`;
}

const BARS = '▁▂▃▄▅▆▇█';

/** A character for each of at most `width` windows; 0 is the lowest bar, the largest value the highest. */
export function sparkline(values: readonly number[], width: number, most: number): string {
  if (values.length === 0 || most <= 0) return '';
  const count = Math.min(width, values.length);
  let text = '';
  for (let i = 0; i < count; i++) {
    const [from, to] = [(i * values.length) / count, ((i + 1) * values.length) / count];
    const part = values.slice(Math.floor(from), Math.max(Math.floor(from) + 1, Math.floor(to)));
    const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
    text += BARS[Math.min(BARS.length - 1, Math.round((mean / most) * (BARS.length - 1)))] ?? '';
  }
  return text;
}
