// csv.ts — A sweep as comma-separated values (RFC 4180): a line a point, the variables first.
import type { Sweep } from './sweep.ts';

/** A measure has a column; with five seeds or more its interval has two more, `NAME_low` and `NAME_high`. */
export function sweepCsv({ variables, seeds, points, measures }: Sweep): string {
  const intervals = points.some((point) =>
    Object.values(point.measures).some(({ interval }) => interval !== null),
  );
  const titles = [
    ...variables.map(({ name }) => name),
    'seeds',
    ...measures.flatMap((name) => (intervals ? [name, `${name}_low`, `${name}_high`] : [name])),
  ];
  const rows = points.map(({ point, measures: found }) => {
    const cells = variables.map(({ name }) => point[name] ?? '').concat(String(seeds));
    for (const name of measures) {
      const { median = NaN, share, interval = null } = found[name] ?? {};
      cells.push(numberCell(share ?? median));
      if (intervals) cells.push(numberCell(interval?.[0] ?? NaN), numberCell(interval?.[1] ?? NaN));
    }
    return cells;
  });
  return [titles, ...rows].map((cells) => `${cells.map(quote).join(',')}\r\n`).join('');
}

const numberCell = (value: number): string => (Number.isFinite(value) ? String(value) : '');

const quote = (cell: string): string =>
  /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
