import { describe, expect, it } from 'vitest';

import { summarize } from '../summarize.ts';
import { sweepOf } from '../sweep.ts';
import { gridOf } from '../vary.ts';
import { reportHtml } from './report-html.ts';
import { comparisonReport, sweepReport } from './study-reports.ts';

const file = { name: 'lab.sh', text: 'echo "a < b" && true' };
const study = { lab: file, workload: file, fault: null, files: [], checkInvariants: true };

const runOf = (scale: number) => ({
  figures: {
    iops: 100 / scale,
    p50: 1e-3 * scale,
    p99: 5e-3 * scale,
    blocked: 0.1,
    failed: Number(scale > 2.02),
  },
  shares: { sda: 0.25, sdb: 0.75 },
  latencies: [
    [1e6 * scale, 90],
    [5e6 * scale, 10],
  ] as const,
  timeline: { seconds: 0.5, bytes: [1e6, 2e6, 1e6], worst: [1e6, 2e6, 3e6] },
  marks: [{ at: 0.7, text: 'echo offline </sys>' }],
});

describe('a report of a comparison', async () => {
  const variants = ['round-robin', '</script><b>'].map((name, i) => ({
    name,
    runs: [1, 2, 3, 4, 5].map((seed) => runOf((i + 1) * (1 + seed / 100))),
  }));
  const comparison = {
    title: 'selector',
    baseline: 'round-robin',
    seeds: 5,
    variants,
    summaries: summarize(variants, 'round-robin'),
    wanted: null,
  };
  const html = await reportHtml(comparisonReport(comparison, { study, command: 'dmsim compare' }));

  it('has four pictures, each with its table and its data, below the table of all figures', () => {
    expect(html.match(/<svg /g)).toHaveLength(4);
    expect(html.match(/<table>/g)).toHaveLength(5);
    const [figures = ''] = /<h2>Figures.*?<\/table>/s.exec(html) ?? [];
    expect(figures).toContain('<td>round-robin</td><td>97.1</td>');
    expect(figures).toContain('<th scope="col">failed</th>');
    const data = [...html.matchAll(/<script type="application\/json"[^>]*>(.*?)<\/script>/gs)];
    expect(data.map(([, text]) => typeof JSON.parse(text ?? ''))).toEqual(Array(4).fill('object'));
  });

  it('asks nothing of a network and runs no script', () => {
    expect(html.replaceAll('http://www.w3.org/', '')).not.toMatch(/https?:|src=|@import|url\(/);
    expect(html).not.toMatch(/<script(?! type="application\/json")/);
  });

  it('lets no name out of its place', () => {
    expect(html).not.toContain('<b>');
    expect(html).toContain('&lt;b&gt;');
    expect(html).toContain('a &lt; b');
  });

  it('labels its axes with units, draws in what was done, and says which difference is real', () => {
    for (const words of [
      'latency (s, logarithmic)',
      'throughput (MB/s)',
      'time since the first I/O (s)',
    ])
      expect(html).toContain(words);
    expect(html).toContain('echo offline');
    expect(html).toMatch(/p99 10\.\d+ms \(\+100 %, .*real\)/);
    expect(html).toMatch(/failed 80 % \(\+80 points, \+\d+ points to \+100 points, real\)/);
  });
});

it('draws a sweep as a map, and the boundary as lines between cells', async () => {
  const variables = [
    { name: 'outage', values: ['1', '2', '3'] },
    { name: 'patience', values: ['1', '2'] },
  ];
  const points = gridOf(variables);
  const figures = points.map((p) => ({
    survived: Number(Number(p['patience']) > Number(p['outage'])),
  }));
  const sweep = sweepOf(variables, points, figures);
  const html = await reportHtml(
    sweepReport(sweep, {
      study,
      command: 'dmsim sweep',
      measure: 'survived',
      boundary: 0.5,
      units: { outage: 's' },
    }),
  );
  expect(html.match(/<svg /g)).toHaveLength(1);
  // Between the one cell that survived and its two neighbours.
  expect(html.match(/stroke-width="2\.5"/g)).toHaveLength(2);
  expect(html).toContain('outage');
});

it('shows a measure that is 0 or 1 as the share of the runs', async () => {
  const variables = [{ name: 'outage', values: ['1', '2'] }];
  const figures = [1, 1, 0, 0].map((survived) => ({ survived }));
  const sweep = sweepOf(variables, gridOf(variables), figures);
  const options = { study, command: 'dmsim sweep', measure: 'survived', boundary: 0.5, units: {} };
  const html = await reportHtml(sweepReport(sweep, options));
  expect(html).toContain('survived, share of the runs');
  expect(html).toContain('crosses 50 %');
  expect(html).toContain('<td>100 %</td>');
});
