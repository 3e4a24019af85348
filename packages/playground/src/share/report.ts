// report.ts — Writes a bug report: everything that is needed to repeat the run, and its output.
import { outcomeText } from '../engine/outcome-text.ts';
import type { RunResult, RunSpec } from '../engine/run.ts';
import { savedLab } from '../model/save-as-lab.ts';
import { timeText } from '../timeline/time-text.ts';

export function bugReport(spec: RunSpec, result: RunResult): string {
  const { seed, order, requeue } = spec;
  const lab = savedLab(spec, result);
  const printed = result.output.map(({ text }) => text).join('');
  const broken = result.violations.map(
    ({ invariant, message }) => `broken: ${invariant}: ${message}`,
  );
  const { outcome } = result;
  const waits = outcome.kind === 'hung' || outcome.kind === 'limit' ? outcome.report : [];
  return [
    `dmsim run --seed ${seed} --order ${order} --requeue ${requeue} lab.sh`,
    '',
    '--- lab.sh',
    lab.trimEnd(),
    '',
    '--- what it printed',
    printed.trimEnd(),
    '',
    `--- ${outcomeText(outcome)}, after ${timeText(result.end)}`,
    ...waits,
    ...(broken.length === 0 ? ['every invariant held'] : broken),
    '',
  ].join('\n');
}
