// latency-charts.ts — Latencies of each variant: their distribution, and percentiles with their intervals.
import type { Mark, Spec } from 'vega';

import { formatFigure } from '../format-figure.ts';
import type { VariantRuns, VariantSummary } from '../summarize.ts';
import {
  colourScale,
  latencyAxis,
  lineLegend,
  lineScales,
  pointLegend,
  variantLines,
  WIDTH,
} from './chart-parts.ts';
import type { Chart } from './chart.ts';
import { LOOK } from './palette.ts';

interface CdfPoint {
  readonly variant: string;
  readonly seconds: number;
  readonly part: number;
}

/** Steps of the curve up to where its tail begins, and for each further nine of the tail (0.99, 0.999, ...). */
const STEPS = 200;
const TAIL = 0.98;
const STEPS_A_NINE = 60;

const stepOf = (part: number): number =>
  part < TAIL
    ? Math.floor(part * STEPS)
    : STEPS + Math.floor(-Math.log10(Math.max(1 - part, 1e-9)) * STEPS_A_NINE);

function cdfOf({ name, runs }: VariantRuns): CdfPoint[] {
  const counts = new Map<number, number>();
  let total = 0;
  for (const { latencies } of runs)
    for (const [ns, count] of latencies) {
      counts.set(ns, (counts.get(ns) ?? 0) + count);
      total += count;
    }
  const points: CdfPoint[] = [];
  let sum = 0;
  let shown = -1;
  for (const [ns, count] of [...counts].toSorted(([a], [b]) => a - b)) {
    sum += count;
    const step = stepOf(sum / total);
    if (step === shown && sum < total) continue;
    shown = step;
    points.push({ variant: name, seconds: Math.max(ns, 1) / 1e9, part: sum / total });
  }
  return points;
}

export function cdfChart(variants: readonly VariantRuns[]): Chart {
  const points = variants.flatMap(cdfOf);
  return {
    title: 'Latency distribution',
    note: 'A curve further left is better; where curves cross, one policy is better for most I/O and worse for the rest.',
    data: compact(points),
    table: {
      columns: ['variant', '50 %', '90 %', '99 %', '99.9 %', '100 %'],
      rows: variants.map(cdfRow),
    },
    spec: {
      width: WIDTH,
      height: 300,
      padding: 8,
      config: LOOK,
      data: [{ name: 'points', values: points }],
      scales: [
        {
          name: 'x',
          type: 'log',
          domain: { data: 'points', field: 'seconds' },
          range: 'width',
          nice: true,
        },
        { name: 'y', type: 'linear', domain: [0, 1], range: 'height' },
        ...lineScales(variants),
      ],
      axes: [
        latencyAxis,
        {
          orient: 'left',
          scale: 'y',
          title: 'part of the I/O done by then',
          grid: true,
          format: '%',
        },
      ],
      legends: [lineLegend],
      marks: [variantLines({ x: 'seconds', y: 'part', interpolate: 'step-after' })],
    },
  };
}

/** By variant: pairs of seconds and part. */
function compact(points: readonly CdfPoint[]): Record<string, number[][]> {
  const curves: Record<string, number[][]> = {};
  for (const { variant, seconds, part } of points)
    (curves[variant] ??= []).push([Number(seconds.toPrecision(4)), Number(part.toPrecision(6))]);
  return curves;
}

function cdfRow(variant: VariantRuns): string[] {
  const points = cdfOf(variant);
  const at = (part: number): string => {
    const point = points.find((candidate) => candidate.part >= part) ?? points.at(-1);
    return formatFigure(point?.seconds ?? NaN, 'seconds');
  };
  return [variant.name, at(0.5), at(0.9), at(0.99), at(0.999), at(1)];
}

const PERCENTILES = ['p50', 'p95', 'p99', 'p99.9', 'max'] as const;

interface PercentileValue {
  readonly percentile: string;
  readonly variant: string;
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** A point for the median over the seeds, a line for its interval of 95 %. */
export function percentileChart(summaries: readonly VariantSummary[]): Chart {
  const values = PERCENTILES.flatMap((percentile) =>
    summaries.map(({ name, figures }): PercentileValue => {
      const { median = NaN, interval = null } = figures[percentile] ?? {};
      const [low, high] = interval ?? [median, median];
      return { percentile, variant: name, median, low, high };
    }),
  ).filter(({ median, low }) => median > 0 && low > 0);
  return {
    title: 'Percentiles',
    note: 'Points are medians over the seeds, lines their intervals of 95 %.',
    data: values,
    table: {
      columns: ['variant', ...PERCENTILES],
      rows: summaries.map(({ name, figures }) =>
        [name].concat(PERCENTILES.map((p) => formatFigure(figures[p]?.median ?? NaN, 'seconds'))),
      ),
    },
    spec: percentileSpec(
      values,
      summaries.map(({ name }) => name),
    ),
  };
}

function percentileSpec(values: readonly PercentileValue[], names: readonly string[]): Spec {
  const domain = { data: 'values', fields: ['low', 'high'] };
  return {
    width: WIDTH,
    height: 44 + names.length * 14 * PERCENTILES.length,
    padding: 8,
    config: LOOK,
    data: [{ name: 'values', values: [...values] }],
    scales: [
      { name: 'x', type: 'log', domain, range: 'width', nice: true },
      { name: 'group', type: 'band', domain: [...PERCENTILES], range: 'height', padding: 0.2 },
      colourScale(names),
    ],
    axes: [latencyAxis, { orient: 'left', scale: 'group', title: 'percentile', ticks: false }],
    legends: [pointLegend],
    marks: [
      {
        type: 'group',
        from: { facet: { name: 'row', data: 'values', groupby: 'percentile' } },
        encode: {
          enter: {
            y: { scale: 'group', field: 'percentile' },
            height: { scale: 'group', band: 1 },
            width: { signal: 'width' },
          },
        },
        signals: [{ name: 'height', update: "bandwidth('group')" }],
        scales: [{ name: 'y', type: 'point', domain: [...names], range: 'height', padding: 0.5 }],
        marks: [intervalRule, medianPoint],
      },
    ],
  };
}

const intervalRule: Mark = {
  type: 'rule',
  from: { data: 'row' },
  encode: {
    enter: {
      x: { scale: 'x', field: 'low' },
      x2: { scale: 'x', field: 'high' },
      y: { scale: 'y', field: 'variant' },
      stroke: { scale: 'colour', field: 'variant' },
      strokeWidth: { value: 2 },
    },
  },
};

const medianPoint: Mark = {
  type: 'symbol',
  from: { data: 'row' },
  encode: {
    enter: {
      x: { scale: 'x', field: 'median' },
      y: { scale: 'y', field: 'variant' },
      fill: { scale: 'colour', field: 'variant' },
      size: { value: 42 },
    },
  },
};
