// refuse.ts — Ends the lab with an error if it uses a feature that a simulated program lacks.
import { textOf } from '@dmsim/libc';
import { NotSupported } from '@dmsim/sim';

import type { Tool } from './tool.ts';

/** Ends the lab with `NAME: not supported: WHAT`. `what` is the option or construct as the user wrote it. */
export function refuse(t: Tool, what: string): never {
  const error = new NotSupported(textOf(t.name), 0, textOf(what));
  error.message = `${error.file}: not supported: ${error.what}`;
  throw error;
}
