// course-chart.ts — Throughput over time, with what was done to the machine drawn in.
import type { Mark as VegaMark, Spec } from 'vega';

import { formatFigure } from '../format-figure.ts';
import type { VariantRuns } from '../summarize.ts';
import type { Course } from '../timeline.ts';
import { mergedTimeline } from '../timeline.ts';
import { lineLegend, lineScales, variantLines, WIDTH } from './chart-parts.ts';
import type { Chart } from './chart.ts';
import { LOOK } from './palette.ts';

const MEGABYTE = 1e6;

interface NumberedMark {
  readonly number: string;
  readonly at: number;
  readonly text: string;
}

export function courseChart(variants: readonly VariantRuns[]): Chart {
  const courses = variants.map(({ name, runs }) => ({ name, course: mergedTimeline(runs) }));
  const marks = marksOf(variants);
  const points = courses.flatMap(({ name, course }) =>
    course.rates.map((rate, i) => ({
      variant: name,
      seconds: Number((i * course.seconds).toPrecision(6)),
      rate: Number((rate / MEGABYTE).toPrecision(5)),
    })),
  );
  const drawnIn = ' Dashed lines are what was done to the machine, by number.';
  return {
    title: 'Throughput over time',
    note: `The mean over the seeds; time runs from the first I/O.${marks.length === 0 ? '' : drawnIn}`,
    data: { points, marks },
    table: {
      columns: ['variant', 'mean', 'lowest', 'highest', 'ends after'],
      rows: courses.map(({ name, course }) => courseRow(name, course)),
      notes: marks.map(
        ({ number, at, text }) => `${number}: after ${formatFigure(at, 'seconds')}, ${text}`,
      ),
    },
    spec: courseSpec({ points, marks, variants }),
  };
}

function courseRow(name: string, { rates, seconds }: Course): string[] {
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  return [
    name,
    formatFigure(mean, 'bytes'),
    formatFigure(Math.min(...rates), 'bytes'),
    formatFigure(Math.max(...rates), 'bytes'),
    formatFigure(rates.length * seconds, 'seconds'),
  ];
}

interface CourseData {
  readonly points: object[];
  readonly marks: readonly NumberedMark[];
  readonly variants: readonly VariantRuns[];
}

const courseSpec = ({ points, marks, variants }: CourseData): Spec => ({
  width: WIDTH,
  height: 260,
  padding: 8,
  config: LOOK,
  data: [
    { name: 'points', values: points },
    { name: 'marks', values: [...marks] },
  ],
  scales: [
    { name: 'x', type: 'linear', domain: { data: 'points', field: 'seconds' }, range: 'width' },
    {
      name: 'y',
      type: 'linear',
      domain: { data: 'points', field: 'rate' },
      range: 'height',
      nice: true,
      zero: true,
    },
    ...lineScales(variants),
  ],
  axes: [
    {
      orient: 'bottom',
      scale: 'x',
      title: 'time since the first I/O (s)',
      grid: true,
      labelOverlap: true,
    },
    { orient: 'left', scale: 'y', title: 'throughput (MB/s)', grid: true },
  ],
  legends: [lineLegend],
  marks: [markRule, markNumber, variantLines({ x: 'seconds', y: 'rate', interpolate: 'linear' })],
});

const markRule: VegaMark = {
  type: 'rule',
  from: { data: 'marks' },
  encode: {
    enter: {
      x: { scale: 'x', field: 'at' },
      y: { value: 0 },
      y2: { signal: 'height' },
      stroke: { value: '#666' },
      strokeDash: { value: [4, 3] },
    },
  },
};

const markNumber: VegaMark = {
  type: 'text',
  from: { data: 'marks' },
  encode: {
    enter: {
      x: { scale: 'x', field: 'at', offset: 3 },
      y: { value: 10 },
      text: { field: 'number' },
      fill: { value: '#444' },
      fontSize: { value: 11 },
    },
  },
};

/** Takes the marks of the first run: a lab does by the clock the same in all runs. */
function marksOf(variants: readonly VariantRuns[]): NumberedMark[] {
  const marks = variants[0]?.runs[0]?.marks ?? [];
  return marks
    .filter(({ at }) => at >= 0)
    .map(({ at, text }, i) => ({ number: String(i + 1), at, text }));
}
