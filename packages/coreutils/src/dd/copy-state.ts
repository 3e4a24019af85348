// copy-state.ts — The state of one run of dd: its files and counters.
import type { Nanos } from '@dmsim/sim';
import type { OpenFile } from '@dmsim/vfs';

import type { Tool } from '../tool.ts';
import type { Conversion } from './convert.ts';
import type { Operands } from './operands.ts';

export interface Copy {
  readonly t: Tool;
  readonly o: Operands;
  readonly input: OpenFile;
  readonly output: OpenFile;
  readonly inputName: string;
  readonly outputName: string;
  readonly started: Nanos;
  fullIn: number;
  partialIn: number;
  fullOut: number;
  partialOut: number;
  bytes: number;
  status: number;
  /** conv=sparse skipped the last block that was written. */
  endsInHole: boolean;
  readonly conversion: Conversion;
  /** Input that does not yet fill an output block. */
  held: Uint8Array;
  /** How many bytes the last read brought, and whether a short one was mentioned. */
  lastRead: number;
  /** The length of the last block read, if it was short. */
  partOfBlock: number;
  warned: boolean;
}
