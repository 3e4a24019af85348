// heat-chart.ts — A measure over two variables, the boundary drawn between cells.
import type { Mark, Spec } from 'vega';

import { measureFormat } from '../figure-text.ts';
import type { Sweep } from '../sweep.ts';
import { valueAt } from '../sweep.ts';
import type { Variable } from '../vary.ts';
import type { Chart } from './chart.ts';
import { LOOK } from './palette.ts';

const CELL = { least: 14, most: 56 };

export interface HeatOptions {
  /** NaN: none is drawn. */
  readonly boundary: number;
  /** The units of variables and measures, by name. */
  readonly units: Readonly<Record<string, string>>;
}

/** Rows are the first variable of the sweep, columns the second; with one variable there is one row. */
export function heatChart(sweep: Sweep, measure: string, { boundary, units }: HeatOptions): Chart {
  const [first, second] = sweep.variables;
  const columns = second ?? first ?? { name: '', values: [] };
  const rows = second === undefined || first === undefined ? { name: '', values: [''] } : first;
  const cells = sweep.points.map((point) => ({
    x: point.point[columns.name] ?? '',
    y: rows.name === '' ? '' : (point.point[rows.name] ?? ''),
    value: valueAt(point, measure),
  }));
  const format = measureFormat(sweep, measure);
  return {
    title: withUnit(measure, units) + (sweep.shares.includes(measure) ? ', share of the runs' : ''),
    note: Number.isNaN(boundary)
      ? 'The same runs, another measure.'
      : `Black lines are where it crosses ${format(boundary)}.`,
    data: cells,
    table: {
      columns: [rows.name === '' ? measure : `${rows.name} \\ ${columns.name}`, ...columns.values],
      rows: rows.values.map((row, y) =>
        [row].concat(
          columns.values.map((_, x) => format(cells[y * columns.values.length + x]?.value ?? NaN)),
        ),
      ),
    },
    spec: heatSpec({
      cells,
      edges: edgesOf(cells, columns.values.length, boundary),
      columns,
      rows,
      titles: [columns.name, rows.name, measure].map((name) => withUnit(name, units)),
    }),
  };
}

interface HeatData {
  readonly cells: object[];
  readonly edges: readonly Edge[];
  readonly columns: Variable;
  readonly rows: Variable;
  /** The titles of the axis below, the axis on the left, and the legend. */
  readonly titles: readonly string[];
}

const withUnit = (name: string, units: HeatOptions['units']): string =>
  units[name] === undefined ? name : `${name} (${units[name]})`;

function heatSpec({ cells, edges, columns, rows, titles }: HeatData): Spec {
  const [below = '', left = '', legend = ''] = titles;
  const size = Math.max(CELL.least, Math.min(CELL.most, Math.floor(640 / columns.values.length)));
  const [wide, high] = [columns.values.length, rows.values.length];
  return {
    width: size * wide,
    height: Math.max(30, 34 * high),
    padding: 8,
    config: LOOK,
    data: [
      { name: 'cells', values: cells },
      { name: 'edges', values: [...edges] },
    ],
    scales: [
      { name: 'x', type: 'band', domain: [...columns.values], range: 'width' },
      { name: 'y', type: 'band', domain: [...rows.values], range: 'height' },
      // Between cells: by number, from 0 to as many as there are.
      { name: 'column', type: 'linear', domain: [0, wide], range: 'width' },
      { name: 'row', type: 'linear', domain: [0, high], range: [0, { signal: 'height' }] },
      {
        name: 'colour',
        type: 'linear',
        domain: { data: 'cells', field: 'value' },
        range: { scheme: 'viridis' },
      },
    ],
    axes: [
      { orient: 'bottom', scale: 'x', title: below, labelOverlap: true, labelAngle: 0 },
      { orient: 'left', scale: 'y', title: left, ticks: false, labelOverlap: true },
    ],
    legends: [{ fill: 'colour', title: legend, type: 'gradient', gradientLength: 120 }],
    marks: [cellRect, edgeRule],
  };
}

const cellRect: Mark = {
  type: 'rect',
  from: { data: 'cells' },
  encode: {
    enter: {
      x: { scale: 'x', field: 'x' },
      y: { scale: 'y', field: 'y' },
      width: { scale: 'x', band: 1 },
      height: { scale: 'y', band: 1 },
      fill: { scale: 'colour', field: 'value' },
    },
  },
};

const edgeRule: Mark = {
  type: 'rule',
  from: { data: 'edges' },
  encode: {
    enter: {
      x: { scale: 'column', field: 'x' },
      x2: { scale: 'column', field: 'x2' },
      y: { scale: 'row', field: 'y' },
      y2: { scale: 'row', field: 'y2' },
      stroke: { value: 'black' },
      strokeWidth: { value: 2.5 },
    },
  },
};

interface Edge {
  readonly x: number;
  readonly x2: number;
  readonly y: number;
  readonly y2: number;
}

/** Sides between two cells of which one is above the boundary and one is not. */
function edgesOf(
  cells: readonly { readonly value: number }[],
  width: number,
  boundary: number,
): readonly Edge[] {
  const isAbove = (i: number): boolean => (cells[i]?.value ?? NaN) > boundary;
  const edges: Edge[] = [];
  for (let i = 0; i < cells.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    if (x > 0 && isAbove(i) !== isAbove(i - 1)) edges.push({ x, x2: x, y, y2: y + 1 });
    if (y > 0 && isAbove(i) !== isAbove(i - width)) edges.push({ x, x2: x + 1, y, y2: y });
  }
  return edges;
}
