export { findBreak } from './breakpoints/breakpoint.ts';
export { outcomeText } from './engine/outcome-text.ts';
export { recordRun } from './engine/record-run.ts';
export { savedLab } from './model/save-as-lab.ts';
export { layOut } from './picture/layout.ts';
export { decodeAddress, encodeAddress } from './share/address.ts';
export { rowsOf, rowWords } from './model/rows.ts';
export { spaceTimeOf } from './space-time/lanes.ts';
export { foldTime } from './timeline/fold.ts';

export type { RecordLimits } from './engine/record-run.ts';
export type {
  Deed,
  Interference,
  LogPiece,
  OutputPiece,
  RequeueName,
  RunResult,
  RunSpec,
} from './engine/run.ts';
