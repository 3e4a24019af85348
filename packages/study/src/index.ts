export { compareJson } from './compare-json.ts';
export { compareText } from './compare-text.ts';
export { sweepCsv } from './csv.ts';
export { reportHtml } from './report/report-html.ts';
export { comparisonReport, sweepReport } from './report/study-reports.ts';
export { placeVariables, runOnce } from './run-once.ts';
export { summarize } from './summarize.ts';
export { sweepText } from './sweep-text.ts';
export { boundaryOf, sweepOf } from './sweep.ts';
export { gridOf, namesFile, parseVary, pointName, unreadVariables } from './vary.ts';

export type { Comparison } from './compare-text.ts';
export type { RunOutcome, RunTask, Study, StudyFile } from './run-once.ts';
export type { RunResult } from './run-result.ts';
export type { VariantRuns } from './summarize.ts';
export type { Sweep } from './sweep.ts';
export type { Point, Variable } from './vary.ts';
