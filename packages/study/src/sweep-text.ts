// sweep-text.ts — A sweep on a terminal: a table of one or two variables, the boundary drawn between its cells.
import { measureFormat } from './figure-text.ts';
import type { Sweep } from './sweep.ts';
import { valueAt } from './sweep.ts';
import { textTable } from './text-table.ts';
import type { Variable } from './vary.ts';

export interface SweepTextOptions {
  readonly measure: string;
  readonly boundary: number;
}

const SHADES = ' ░▒▓█';
/** More columns than this are drawn as shades, a character each. */
const MOST_NUMBERS = 16;

/** One variable: a table. Two: a map, rows of the first, columns of the second. More: a table of all points. */
export function sweepText(sweep: Sweep, options: SweepTextOptions): string {
  const [rows, columns, third] = sweep.variables;
  if (rows === undefined || columns === undefined || third !== undefined)
    return pointTable(sweep, options) + shareNote(sweep, options);
  return heatMap(sweep, { rows, columns }, options) + shareNote(sweep, options);
}

const shareNote = ({ shares, seeds }: Sweep, { measure }: SweepTextOptions): string =>
  shares.includes(measure) ? `${measure}: the share of the ${seeds} runs in which it is 1.\n` : '';

function pointTable(sweep: Sweep, { measure, boundary }: SweepTextOptions): string {
  const { variables, points } = sweep;
  const format = measureFormat(sweep, measure);
  const rows = points.map((point, i) => {
    const value = valueAt(point, measure);
    const before = points[i - 1];
    const crossed =
      before !== undefined &&
      isAbove(valueAt(before, measure), boundary) !== isAbove(value, boundary);
    const cells = variables.map(({ name }) => point.point[name] ?? '');
    return cells.concat(format(value), crossed ? '<- boundary' : '');
  });
  const columns = variables.map(({ name }) => ({ title: name }));
  return textTable([...columns, { title: measure }, { title: '', align: 'left' }], rows);
}

const isAbove = (value: number, boundary: number): boolean => value > boundary;

interface Axes {
  readonly rows: Variable;
  readonly columns: Variable;
}

function heatMap(sweep: Sweep, { rows, columns }: Axes, options: SweepTextOptions): string {
  const { measure, boundary } = options;
  const width = columns.values.length;
  const values = rows.values.map((_, y) =>
    columns.values.map((_column, x) => valueAt(sweep.points[y * width + x] ?? NO_POINT, measure)),
  );
  const all = values.flat().filter(Number.isFinite);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const shaded = width > MOST_NUMBERS;
  const format = measureFormat(sweep, measure);
  const cells = values.map((row) =>
    row.map((value) => (shaded ? shade(value, low, high) : format(value))),
  );
  const titles = shaded ? columns.values.map(() => '') : columns.values;
  const head = `${measure}: rows ${rows.name}, columns ${columns.name}${shaded ? ` ${columns.values[0]} to ${columns.values.at(-1)}, ' ' is ${format(low)}, '█' is ${format(high)}` : ''}\n`;
  const drawn = drawCells({ names: rows.values, titles, cells, values }, boundary);
  return `${head}${drawn}${legend(all, { boundary, format })}\n`;
}

function legend(
  values: readonly number[],
  { boundary, format }: { readonly boundary: number; readonly format: (value: number) => string },
): string {
  const above = values.filter((value) => isAbove(value, boundary)).length;
  if (above > 0 && above < values.length)
    return `The lines are where it crosses ${format(boundary)}.`;
  return values.every((value) => value === values[0])
    ? 'It is the same at every point: nothing that varies makes a difference to it.'
    : `It is ${above === 0 ? 'nowhere' : 'everywhere'} above ${format(boundary)}.`;
}

const NO_POINT = { point: {}, measures: {} };

function shade(value: number, low: number, high: number): string {
  if (!Number.isFinite(value)) return '?';
  const part = high === low ? 0 : (value - low) / (high - low);
  return SHADES[Math.round(part * (SHADES.length - 1))] ?? '?';
}

interface Drawing {
  readonly names: readonly string[];
  readonly titles: readonly string[];
  readonly cells: readonly (readonly string[])[];
  readonly values: readonly (readonly number[])[];
}

function drawCells({ names, titles, cells, values }: Drawing, boundary: number): string {
  const left = Math.max(...names.map(({ length }) => length));
  const width = Math.max(
    ...titles.map(({ length }) => length),
    ...cells.flat().map((c) => c.length),
  );
  const lines = [
    ` ${' '.repeat(left)} ${titles.map((title) => title.padStart(width + 1)).join('')}`,
  ];
  for (const [y, row] of cells.entries()) {
    const above = values[y - 1];
    if (y > 0 && above !== undefined) {
      const rule = rowRule(above, values[y] ?? [], { width, boundary });
      if (rule.trim() !== '') lines.push(` ${' '.repeat(left)} ${rule}`);
    }
    const drawn = row.map((cell, x) => {
      const before = values[y]?.[x - 1];
      const here = values[y]?.[x] ?? NaN;
      const edge = before !== undefined && isAbove(before, boundary) !== isAbove(here, boundary);
      return `${edge ? '│' : ' '}${cell.padStart(width)}`;
    });
    lines.push(` ${(names[y] ?? '').padStart(left)} ${drawn.join('')}`);
  }
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function rowRule(
  above: readonly number[],
  below: readonly number[],
  { width, boundary }: { readonly width: number; readonly boundary: number },
): string {
  return above
    .map((value, x) =>
      isAbove(value, boundary) === isAbove(below[x] ?? NaN, boundary)
        ? ' '.repeat(width + 1)
        : ` ${'─'.repeat(width)}`,
    )
    .join('');
}
