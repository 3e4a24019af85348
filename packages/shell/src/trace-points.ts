// trace-points.ts — The trace points of a shell. Codes 70–79.
import { record, traceName } from '@dmsim/sim';

import type { Shell } from './shell.ts';

export const SHELL_TRACE = {
  /** A simple command is about to run: the shell's pid, the line, and the number in `sim.traceNames` of the file it is in. */
  sh_command: { code: 70, fields: ['pid', 'line', 'file'] },
} as const;

export function traceLine({ sim, process, line, file }: Shell): void {
  if (sim.trace === null) return;
  const point = SHELL_TRACE.sh_command.code;
  record(sim, point, process.pid, line, traceName(sim, file));
}
