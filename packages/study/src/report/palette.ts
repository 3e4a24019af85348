// palette.ts — Colours that people with any kind of colour vision tell apart (Okabe and Ito), and the look of all charts.
import type { Config } from 'vega';

export const PALETTE: readonly string[] = [
  '#0072B2',
  '#D55E00',
  '#009E73',
  '#CC79A7',
  '#E69F00',
  '#56B4E9',
  '#000000',
  '#8C8C00',
];

const FONT = 'system-ui, sans-serif';

/** Vega's config: quiet axes, letters that can be read. */
export const LOOK: Config = {
  background: 'white',
  axis: {
    labelFont: FONT,
    titleFont: FONT,
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 500,
    gridColor: '#e5e5e5',
    domainColor: '#888',
    tickColor: '#888',
  },
  legend: {
    labelFont: FONT,
    titleFont: FONT,
    labelFontSize: 12,
    symbolStrokeWidth: 2,
    labelLimit: 0,
  },
};

/** Lines that lie on one another can still be told apart. */
export const DASHES: readonly (readonly number[])[] = [
  [1, 0],
  [7, 3],
  [2, 3],
  [10, 3, 2, 3],
  [4, 4],
  [12, 4],
  [2, 6],
  [6, 2, 2, 2],
];
