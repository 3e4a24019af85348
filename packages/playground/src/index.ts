export { outcomeText } from './engine/outcome-text.ts';
export { recordRun } from './engine/record-run.ts';

export type { RecordLimits } from './engine/record-run.ts';
export type {
  Interference,
  LogPiece,
  OutputPiece,
  RequeueName,
  RunResult,
  RunSpec,
} from './engine/run.ts';
