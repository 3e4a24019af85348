// refuse.ts — What the real program can and this one can't ends the lab, loudly.
import { textOf } from '@dmsim/libc';
import { NotSupported } from '@dmsim/sim';

import type { Tool } from './tool.ts';

/** `what` is the option or construct as the user wrote it; the lab ends with `NAME: not supported: WHAT`. */
export function refuse(t: Tool, what: string): never {
  const error = new NotSupported(textOf(t.name), 0, textOf(what));
  error.message = `${error.file}: not supported: ${error.what}`;
  throw error;
}
