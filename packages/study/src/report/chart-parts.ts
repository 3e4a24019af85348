// chart-parts.ts — The parts that charts share: scales by variant, axes, legends, lines.
import type { Axis, Legend, Mark, Scale } from 'vega';

import { DASHES, PALETTE } from './palette.ts';

interface Named {
  readonly name: string;
}

export const WIDTH = 560;

export const colourScale = (domain: readonly string[]): Scale => ({
  name: 'colour',
  type: 'ordinal',
  domain: [...domain],
  range: [...PALETTE],
});

const dashScale = (domain: readonly string[]): Scale => ({
  name: 'dash',
  type: 'ordinal',
  domain: [...domain],
  range: DASHES.map((dash) => Array.from(dash)),
});

export const lineScales = (variants: readonly Named[]): Scale[] => {
  const names = variants.map(({ name }) => name);
  return [colourScale(names), dashScale(names)];
};

export const latencyAxis: Axis = {
  orient: 'bottom',
  scale: 'x',
  title: 'latency (s, logarithmic)',
  grid: true,
  format: '~s',
  tickCount: 6,
  labelOverlap: true,
};

const ABOVE = { orient: 'top', direction: 'horizontal', columns: 2 } as const;

export const lineLegend: Legend = {
  stroke: 'colour',
  strokeDash: 'dash',
  symbolType: 'stroke',
  ...ABOVE,
};

export const pointLegend: Legend = { fill: 'colour', symbolType: 'circle', ...ABOVE };

export interface LineFields {
  readonly x: string;
  readonly y: string;
  readonly interpolate: 'linear' | 'step-after';
}

/** A line for each variant of the data set `points`. */
export const variantLines = ({ x, y, interpolate }: LineFields): Mark => ({
  type: 'group',
  from: { facet: { name: 'lines', data: 'points', groupby: 'variant' } },
  marks: [
    {
      type: 'line',
      from: { data: 'lines' },
      encode: {
        enter: {
          x: { scale: 'x', field: x },
          y: { scale: 'y', field: y },
          stroke: { scale: 'colour', field: 'variant' },
          strokeDash: { scale: 'dash', field: 'variant' },
          strokeWidth: { value: 2 },
          interpolate: { value: interpolate },
        },
      },
    },
  ],
});
