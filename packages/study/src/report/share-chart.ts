// share-chart.ts — Draws how each variant shared the I/O out among the paths.
import type { VariantSummary } from '../summarize.ts';
import { colourScale, WIDTH } from './chart-parts.ts';
import type { Chart } from './chart.ts';
import { LOOK } from './palette.ts';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

export function shareChart(summaries: readonly VariantSummary[]): Chart {
  const disks = [...new Set(summaries.flatMap(({ shares }) => Object.keys(shares)))];
  const values = summaries.flatMap(({ name, shares }) =>
    disks.map((disk) => ({ variant: name, disk, share: shares[disk] ?? 0 })),
  );
  return {
    title: 'Share per path',
    note: 'The part of all I/O that each path served, as a median over the seeds.',
    data: values,
    table: {
      columns: ['variant', ...disks],
      rows: summaries.map(({ name, shares }) =>
        [name].concat(disks.map((disk) => percent(shares[disk] ?? 0))),
      ),
    },
    spec: {
      width: WIDTH,
      height: Math.max(60, summaries.length * 34),
      padding: 8,
      config: LOOK,
      data: [
        {
          name: 'values',
          values,
          transform: [{ type: 'stack', groupby: ['variant'], field: 'share' }],
        },
      ],
      scales: [
        { name: 'x', type: 'linear', domain: [0, 1], range: 'width' },
        {
          name: 'y',
          type: 'band',
          domain: summaries.map(({ name }) => name),
          range: 'height',
          padding: 0.25,
        },
        colourScale(disks),
      ],
      axes: [
        { orient: 'bottom', scale: 'x', title: 'part of the I/O', format: '%', grid: true },
        { orient: 'left', scale: 'y', ticks: false, labelLimit: 400 },
      ],
      legends: [{ fill: 'colour', orient: 'top', direction: 'horizontal', title: 'path' }],
      marks: [
        {
          type: 'rect',
          from: { data: 'values' },
          encode: {
            enter: {
              x: { scale: 'x', field: 'y0' },
              x2: { scale: 'x', field: 'y1' },
              y: { scale: 'y', field: 'variant' },
              height: { scale: 'y', band: 1 },
              fill: { scale: 'colour', field: 'disk' },
              stroke: { value: 'white' },
            },
          },
        },
      ],
    },
  };
}
