// report-html.ts — A report in one file: pictures as SVG, tables beside them, their data as JSON; no script, nothing from a network.
import type { Chart, ChartTable } from './chart.ts';
import { renderSvg } from './chart.ts';

export interface Report {
  readonly title: string;
  /** Paragraphs: how it was made. */
  readonly intro: readonly string[];
  /** Tables without a picture, above the pictures. */
  readonly tables: readonly Pick<Chart, 'title' | 'note' | 'table'>[];
  readonly charts: readonly Chart[];
  /** Files that it was made of, by name: shown at the end. */
  readonly sources: readonly { readonly name: string; readonly text: string }[];
}

const STYLE = `
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; margin: 0 auto; padding: 1.5rem; max-width: 1180px; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
h2 { font-size: 1.15rem; margin: 0 0 .25rem; }
section { border-top: 1px solid #ddd; padding: 1.25rem 0; }
.pair { display: grid; grid-template-columns: minmax(360px, 1fr) minmax(0, max-content); gap: 1.5rem; align-items: start; }
.pair > * { min-width: 0; }
figure { margin: 0; overflow-x: auto; }
figure svg { max-width: 100%; min-width: 480px; height: auto; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .5rem; text-align: right; white-space: nowrap; border-bottom: 1px solid #eee; }
th:first-child, td:first-child { text-align: left; }
.note { color: #444; margin: 0 0 .75rem; }
ul { padding-left: 1.1rem; font-size: 13px; }
pre { font-size: 12px; background: #f6f6f6; padding: .75rem; overflow-x: auto; }
@media (max-width: 900px) { .pair { grid-template-columns: minmax(0, 1fr); } body { padding: 1rem; } }
`;

export async function reportHtml({
  title,
  intro,
  tables,
  charts,
  sources,
}: Report): Promise<string> {
  const sections = await Promise.all(charts.map(sectionOf));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escape(title)}</h1>
${intro.map((text) => `<p>${escape(text)}</p>`).join('\n')}
${[...tables.map(tableSection), ...sections].join('\n')}
${sourcesHtml(sources)}
</body>
</html>
`;
}

const tableSection = ({ title, note, table }: Report['tables'][number]): string => `<section>
<h2>${escape(title)}</h2>
<p class="note">${escape(note)}</p>
${tableHtml(table)}
</section>`;

async function sectionOf(chart: Chart, index: number): Promise<string> {
  const svg = await renderSvg(chart.spec);
  const label = `role="img" aria-label="${escape(`${chart.title}. ${chart.note}`)}"`;
  return `<section>
<h2>${escape(chart.title)}</h2>
<p class="note">${escape(chart.note)}</p>
<div class="pair">
<figure>${svg.replace('<svg ', `<svg ${label} `)}</figure>
${tableHtml(chart.table)}
</div>
<script type="application/json" id="data-${index + 1}">${dataText(chart.data)}</script>
</section>`;
}

function tableHtml({ columns, rows, notes = [] }: ChartTable): string {
  const head = columns.map((column) => `<th scope="col">${escape(column)}</th>`).join('');
  const body = rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`)
    .join('\n');
  const list = notes.map((note) => `<li>${escape(note)}</li>`).join('\n');
  const below = notes.length === 0 ? '' : `\n<ul>\n${list}\n</ul>`;
  return `<div class="table"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${body}
</tbody>
</table>${below}</div>`;
}

function sourcesHtml(sources: Report['sources']): string {
  const parts = sources.map(
    ({ name, text }) =>
      `<details><summary>${escape(name)}</summary><pre>${escape(text)}</pre></details>`,
  );
  return parts.length === 0 ? '' : `<section>\n<h2>Made of</h2>\n${parts.join('\n')}\n</section>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escape = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

/** JSON that cannot end the element that it stands in. */
const dataText = (data: unknown): string =>
  JSON.stringify(data).replaceAll('<', String.raw`\u003c`);
