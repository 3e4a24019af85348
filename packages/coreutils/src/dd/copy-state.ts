// copy-state.ts — One run of dd: its files, and what it has counted so far.
import type { Nanos } from '@dmsim/sim';
import type { OpenFile } from '@dmsim/vfs';

import type { Tool } from '../tool.ts';
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
  /** Input that is less than an output block. */
  held: Uint8Array;
}
