// refuse.ts — What the real program can and this one can't ends the lab, loudly.
import { NotSupported } from '@dmsim/shell';

import { decodeUtf8 } from './bytes.ts';
import type { Tool } from './tool.ts';

/** `what` is the option or construct as the user wrote it; the lab ends with `NAME: not supported: WHAT`. */
export function refuse(t: Tool, what: string): never {
  const error = new NotSupported(decodeUtf8(t.name), 0, decodeUtf8(what));
  error.message = `${error.file}: not supported: ${error.what}`;
  throw error;
}
