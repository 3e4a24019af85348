// chart.ts — A picture of a report, the table that says the same, and how the picture is made (library Vega).
import type { Spec } from 'vega';

export interface Chart {
  readonly title: string;
  /** A sentence that says what to look for. */
  readonly note: string;
  readonly spec: Spec;
  readonly table: ChartTable;
  /** The data that the picture is drawn from, kept in the file. */
  readonly data: unknown;
}

export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Lines below it. */
  readonly notes?: readonly string[];
}

/** Vega is loaded when a report is made, and not before. */
export async function renderSvg(spec: Spec): Promise<string> {
  const { parse, View } = await import('vega');
  const view = new View(parse(spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  // A hundredth of a pixel can't be seen, and takes a third of the space.
  return svg.replaceAll(/\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2))));
}
