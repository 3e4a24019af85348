// error-lines.ts — Finds the lines of the lab at which the shell, or dmsim itself, reported an error.
import type { RunResult } from '../engine/run.ts';
import { LAB_NAME } from '../engine/run.ts';

const WHERE = new RegExp(`^${LAB_NAME.replace('.', String.raw`\.`)}:(?: line)? ?(\\d+):`, 'gm');

export function errorLines(result: RunResult | undefined): readonly number[] {
  if (result === undefined) return [];
  const { output, outcome } = result;
  const said = output.filter(({ fd, from }) => fd === 2 && from === 'lab').map(({ text }) => text);
  if (outcome.kind === 'refused') said.push(outcome.message);
  const lines = [...said.join('\n').matchAll(WHERE)].map(([, line]) => Number(line));
  return [...new Set(lines)];
}
